package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.app.Jobs;
import renown.run.Job;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** What the policies say, beside what the jobs declare; {@code PolicyOnS3Test} has what they do. */
class PolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Actions of S3 on objects and on buckets, as AWS's service authorization reference has them. */
  private static final Set<String> ACTIONS =
      Set.of(
          "s3:AbortMultipartUpload",
          "s3:BypassGovernanceRetention",
          "s3:CreateBucket",
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:DeleteObject",
          "s3:DeleteObjectTagging",
          "s3:DeleteObjectVersion",
          "s3:DeleteObjectVersionTagging",
          "s3:GetAccelerateConfiguration",
          "s3:GetBucketAcl",
          "s3:GetBucketCORS",
          "s3:GetBucketLocation",
          "s3:GetBucketLogging",
          "s3:GetBucketNotification",
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketPolicy",
          "s3:GetBucketPolicyStatus",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketTagging",
          "s3:GetBucketVersioning",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration",
          "s3:GetObject",
          "s3:GetObjectAcl",
          "s3:GetObjectAttributes",
          "s3:GetObjectRetention",
          "s3:GetObjectTagging",
          "s3:GetObjectVersion",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionTagging",
          "s3:ListAllMyBuckets",
          "s3:ListBucket",
          "s3:ListBucketMultipartUploads",
          "s3:ListBucketVersions",
          "s3:ListMultipartUploadParts",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutLifecycleConfiguration",
          "s3:PutObject",
          "s3:PutObjectAcl",
          "s3:PutObjectRetention",
          "s3:PutObjectTagging",
          "s3:RestoreObject");

  /** Those that S3 knows of a bucket; the others are of objects. */
  private static final Set<String> OF_BUCKETS =
      Set.of("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads");

  @ParameterizedTest
  @ValueSource(strings = {"reader", "job", "operator"})
  void itIsWellFormedAndNamesEveryAction(String name) throws Exception {
    JsonNode policy = JSON.readTree(Policy.FOLDER.resolve(name + ".json").toFile());
    assertThat(names(policy)).containsExactlyInAnyOrder("Version", "Statement");
    assertThat(policy.get("Version").asText()).isEqualTo("2012-10-17");
    Set<String> labels = new TreeSet<>();
    for (JsonNode statement : policy.get("Statement")) {
      assertThat(names(statement))
          .containsExactlyInAnyOrder("Sid", "Effect", "Action", "Resource", "Condition");
      assertThat(statement.get("Sid").asText()).matches("[A-Za-z0-9]+");
      assertThat(labels.add(statement.get("Sid").asText())).isTrue();
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("true");
    }
    for (Policy.Statement statement : Policy.read(name).statements()) {
      assertThat(statement.actions()).isNotEmpty().isSubsetOf(ACTIONS);
      boolean isOfBucket = OF_BUCKETS.contains(statement.actions().get(0));
      assertThat(statement.actions()).allMatch(action -> OF_BUCKETS.contains(action) == isOfBucket);
      assertThat(statement.resources())
          .isNotEmpty()
          .allMatch(
              resource ->
                  resource.matches(
                      isOfBucket
                          ? "arn:aws:s3:::(my-dumps|my-lake)"
                          : "arn:aws:s3:::((my-dumps/raw|my-lake/renown)(/.*)?|my-lake/_delta_log)"));
      assertThat(statement.prefixes().isEmpty()).isNotEqualTo(isOfBucket);
    }
    // Why each is there, beside it.
    assertThat(Files.readString(Policy.FOLDER.resolve("README.md")))
        .contains("(" + name + ".json)")
        .contains(
            Policy.read(name).statements().stream()
                .flatMap(statement -> statement.actions().stream())
                .filter(action -> !action.equals("s3:ListBucket"))
                .distinct()
                .map(action -> "`" + action + "`")
                .toArray(String[]::new));
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean mayRead(Policy policy, TableSchema table) {
    String file = "my-lake/renown/" + table.path() + "/part-0.parquet";
    return policy.allows("s3:GetObject", file, null);
  }

  @Test
  void readersReadWhatIsPublishedAndNothingElse() throws Exception {
    Policy reader = Policy.read("reader");
    Set<String> readable =
        Tables.ALL.stream()
            .filter(table -> mayRead(reader, table))
            .map(TableSchema::path)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> published =
        Tables.ALL.stream()
            .filter(TableSchema::isPublished)
            .map(TableSchema::path)
            .collect(Collectors.toCollection(TreeSet::new));
    published.add("runs/publications");
    assertThat(readable).isEqualTo(published);
    assertThat(reader.allows("s3:GetObject", "my-dumps/raw/x/dt=2026-01-05/a.jsonl", null))
        .isFalse();
    assertThat(reader.statements())
        .allMatch(one -> one.actions().stream().allMatch(a -> a.matches("s3:(Get|List).*")));
  }

  /** Every job that touches a lake; each role may do what stands before its own as well. */
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "reader",
          List.of("sql", "account", "compare", "top", "report", "connect", "trino-views"),
          "job",
          List.of("nightly", "doctor"),
          "operator",
          List.of(
              "status",
              "rejects",
              "topics",
              "campaign",
              "export",
              "maintain",
              "erase",
              "calibrate",
              "rescore"));

  /** They make lakes and dumps of their own, for trials. */
  private static final Set<String> OF_TRIALS =
      Set.of("demo", "generate", "evaluate", "benchmark", "classes");

  private static Map<String, Job> jobs() {
    return Jobs.all().stream().collect(Collectors.toMap(PolicyTest::name, job -> job));
  }

  @Test
  void everyJobHasARole() {
    Set<String> named = new TreeSet<>(OF_TRIALS);
    COMMANDS.values().forEach(named::addAll);
    assertThat(named).isEqualTo(new TreeSet<>(jobs().keySet()));
  }

  /** What a job declares that it reads and writes, its role may. */
  @Test
  void everyRoleMayDoWhatItsCommandsDeclare() throws Exception {
    Map<String, Job> jobs = jobs();
    String readme = Files.readString(Policy.FOLDER.resolve("README.md"));
    Policy reader = Policy.read("reader");
    Policy operator = Policy.read("operator");
    for (Map.Entry<String, List<String>> role : COMMANDS.entrySet()) {
      Policy policy = Policy.read(role.getKey());
      String ofRole =
          readme.lines().filter(line -> line.startsWith("| [" + role.getKey())).findAny().get();
      for (String command : role.getValue()) {
        assertThat(ofRole).contains("`" + command + "`");
        mayDo(policy, jobs.get(command));
        mayDo(operator, jobs.get(command));
      }
    }
    // Who may read more than what is published, or write, is no reader.
    for (String role : List.of("job", "operator")) {
      for (String command : COMMANDS.get(role)) {
        Job job = jobs.get(command);
        assertThat(
                job.inputs().stream().allMatch(table -> mayRead(reader, table))
                    && job.outputs().isEmpty()
                    && !command.equals("doctor"))
            .as(command)
            .isFalse();
      }
    }
  }

  private static void mayDo(Policy policy, Job job) {
    for (TableSchema table : job.inputs()) {
      assertThat(mayRead(policy, table)).as("%s: %s", name(job), table.path()).isTrue();
    }
    for (TableSchema table : job.outputs()) {
      assertThat(policy.allows("s3:PutObject", "my-lake/renown/" + table.path() + "/a", null))
          .as("%s: %s", name(job), table.path())
          .isTrue();
    }
  }

  private static String name(Job job) {
    return job.getClass().getAnnotation(picocli.CommandLine.Command.class).name();
  }

  @Test
  void onlyTheOperatorDeletesData() throws Exception {
    for (String name : List.of("reader", "job", "operator")) {
      Policy policy = Policy.read(name);
      boolean isOperator = name.equals("operator");
      assertThat(policy.allows("s3:DeleteObject", "my-lake/renown/core/posts/part-0.parquet", null))
          .isEqualTo(isOperator);
      assertThat(policy.allows("s3:DeleteObject", "my-dumps/raw/x/a.jsonl", null)).isFalse();
      assertThat(policy.allows("s3:PutObject", "my-dumps/raw/x/a.jsonl", null)).isFalse();
      // Where an object is missing, the store says so only to who may list.
      assertThat(policy.allows("s3:ListBucket", "my-lake", null)).isTrue();
    }
  }

  @Test
  void requestsAreReadAsS3ReadsThem() throws Exception {
    Policy reader = Policy.read("reader");
    assertThat(reader.allows("GET /my-lake/renown/marts/mart_topics/a%20b HTTP/1.1")).isTrue();
    assertThat(reader.allows("HEAD /my-lake/renown HTTP/1.1")).isTrue();
    assertThat(reader.allows("GET /my-lake/renown/core/posts/a HTTP/1.1")).isFalse();
    assertThat(reader.allows("PUT /my-lake/renown/marts/mart_topics/a HTTP/1.1")).isFalse();
    assertThat(reader.allows("GET /my-lake?list-type=2&prefix=renown%2Fmarts%2Fx HTTP/1.1"))
        .isTrue();
    assertThat(reader.allows("GET /my-lake/?prefix=renown/core/posts/&list-type=2 HTTP/1.1"))
        .isFalse();
    assertThat(reader.allows("POST /my-lake?delete HTTP/1.1")).isFalse();
    Policy job = Policy.read("job");
    assertThat(job.allows("POST /my-lake/renown/core/posts/a?uploads HTTP/1.1")).isTrue();
    assertThat(job.allows("DELETE /my-lake/renown/core/posts/a?uploadId=7 HTTP/1.1")).isTrue();
    assertThat(job.allows("DELETE /my-lake/renown/core/posts/a HTTP/1.1")).isFalse();
    assertThat(job.allows("DELETE /my-lake/renown/core/posts/_delta_log/0.json HTTP/1.1")).isTrue();
  }
}
