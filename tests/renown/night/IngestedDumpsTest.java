package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.ingest.IngestStage;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.WaitingInteractions;
import renown.testing.SparkTest;

/** Dumps through the whole ingest stage: what stands in the tables afterwards. */
class IngestedDumpsTest extends SparkTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));
  private static final List<Stage> INGEST = List.of(new IngestStage());

  private NightRuns nights(String formats) {
    return new NightRuns(folder.resolve("raw"), folder.resolve("lake"))
        .without("score.reference-accounts-min")
        .with("ingest.formats", formats);
  }

  private void write(String file, String... lines) throws Exception {
    Path path = folder.resolve("raw").resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private static Dataset<Row> read(NightRuns runs, TableSchema table) {
    return runs.lake().read(table);
  }

  /** Acts as {@code verb record actor target}, with account ids. */
  private static List<String> acts(NightRuns runs) {
    Dataset<Row> ids = read(runs, Accounts.TABLE).select("account_key", "account_id");
    return read(runs, Interactions.TABLE)
        .join(ids.toDF("actor_key", "actor"), "actor_key")
        .join(ids.toDF("target_key", "target"), "target_key")
        .selectExpr(
            "concat_ws(' ', verb, record_id, actor, target, coalesce(object_id, '-'),"
                + " IF(change = 1, '', 'undone'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0).strip())
        .sorted()
        .toList();
  }

  private static String like(String id, String actor, String object) {
    return "{\"type\":\"interaction\",\"verb\":\"like\",\"account_id\":\""
        + actor
        + "\",\"record_id\":\""
        + id
        + "\",\"object_id\":\""
        + object
        + "\",\"at\":\"2024-03-01T08:00:00Z\"}";
  }

  private static String post(String id, String author) {
    return "{\"type\":\"post\",\"account_id\":\""
        + author
        + "\",\"record_id\":\""
        + id
        + "\",\"at\":\"2024-02-01T08:00:00Z\",\"text\":\"x\"}";
  }

  @Test
  void actsFindTheAuthorsOfPostsBeforeBesideAndAfterThem() throws Exception {
    NightRuns runs = nights("n=neutral").with("ingest.waiting-days", "2");
    write("n/dt=2024-03-01/a.jsonl", post("p1", "ann"));
    runs.run(INGEST, "2024-03-01");
    write(
        "n/dt=2024-03-02/a.jsonl",
        like("l1", "bob", "p1"),
        like("l2", "bob", "p2"),
        like("l3", "bob", "p3"),
        like("l4", "bob", "p4"),
        like("l5", "bob", "p5"),
        post("p2", "eve"));
    runs.run(INGEST, "2024-03-02");
    assertThat(acts(runs)).containsExactly("like l1 bob ann p1", "like l2 bob eve p2");
    assertThat(read(runs, WaitingInteractions.TABLE).count()).isEqualTo(3);

    // What was taken back while it waited is done and undone when its post comes.
    write(
        "n/dt=2024-03-03/a.jsonl",
        post("p3", "ann"),
        like("l1", "bob", "p1"),
        like("l4", "bob", "p4"),
        "{\"type\":\"deletion\",\"account_id\":\"bob\",\"record_id\":\"l4\","
            + "\"at\":\"2024-03-03T08:00:00Z\",\"record_at\":\"2024-03-01T08:00:00Z\"}");
    runs.run(INGEST, "2024-03-03");
    assertThat(acts(runs))
        .containsExactly("like l1 bob ann p1", "like l2 bob eve p2", "like l3 bob ann p3");
    // A night is missed, and caught up with on the next.
    write("n/dt=2024-03-04/a.jsonl", post("p4", "ann"));
    write("n/dt=2024-03-05/a.jsonl", post("p5", "ann"));
    runs.run(INGEST, "2024-03-05");
    assertThat(runs.said())
        .contains("Night 2024-03-04 is published", "Night 2024-03-05 is published");
    assertThat(acts(runs))
        .containsExactly(
            "like l1 bob ann p1",
            "like l2 bob eve p2",
            "like l3 bob ann p3",
            "like l4 bob ann p4",
            "like l4 bob ann p4 undone");
    // Two nights are over: nobody waits for the fifth any more.
    assertThat(read(runs, WaitingInteractions.TABLE).count()).isZero();
  }

  private static String profile(String handle, String witnessed, int followers) {
    return "{\"type\":\"account\",\"account_id\":\"7\",\"handle\":\""
        + handle
        + "\",\"witnessed_at\":\""
        + witnessed
        + "\",\"follower_count\":"
        + followers
        + "}";
  }

  /** The profiles as they stood when a night was published. */
  private static List<String> profilesOn(NightRuns runs, String night) throws Exception {
    long version =
        Publications.of(runs.lake())
            .of(LocalDate.parse(night))
            .orElseThrow()
            .versions()
            .get(Accounts.TABLE.path());
    return texts(
        runs.lake()
            .readAt(Accounts.TABLE, version)
            .selectExpr("concat_ws(' ', account_key, account_id, handle, follower_count)"));
  }

  @Test
  void whatAProfileWasOnANightCanBeAskedLater() throws Exception {
    NightRuns runs = nights("n=neutral");
    write("n/dt=2024-03-01/a.jsonl", profile("ann", "2024-03-01T10:00:00Z", 10));
    runs.run(INGEST, "2024-03-01");
    write("n/dt=2024-03-02/a.jsonl", profile("anna", "2024-03-02T10:00:00Z", 20));
    runs.run(INGEST, "2024-03-02");
    // Came late, and was seen before what is known: it changes nothing.
    write("n/dt=2024-03-01/late.jsonl", profile("anne", "2024-03-01T12:00:00Z", 15));
    runs.run(INGEST, "2024-03-03");
    assertThat(profilesOn(runs, "2024-03-01")).containsExactly("0 7 ann 10");
    assertThat(profilesOn(runs, "2024-03-02")).containsExactly("0 7 anna 20");
    assertThat(profilesOn(runs, "2024-03-03")).containsExactly("0 7 anna 20");
  }

  private interface XmlRow {
    String get(String attribute);
  }

  private static List<XmlRow> xmlRows(Path file) throws Exception {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    XMLStreamReader reader =
        factory.createXMLStreamReader(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<XmlRow> rows = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT
          && reader.getLocalName().equals("row")) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
          attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        rows.add(attributes::get);
      }
    }
    return rows;
  }

  /**
   * Two whole sites, each a network; the files in two nights, so that votes wait for their posts.
   */
  @Test
  void sitesOfStackExchange() throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
    List<String> sites = List.of("conlang", "fr");
    NightRuns runs = nights("conlang=stack-exchange,fr=stack-exchange");
    for (String site : sites) {
      try (var files = Files.list(DATA.resolve("stackexchange-" + site + "-meta"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".xml")).toList()) {
          String name = file.getFileName().toString();
          String day = name.equals("Posts.xml") ? "2025-01-02" : "2025-01-01";
          Path copy = folder.resolve("raw/" + site + "/dt=" + day + "/" + name);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    runs.run(INGEST, "2025-01-01");
    assertThat(read(runs, Posts.TABLE).where("NOT post_id LIKE 'comment:%'").isEmpty()).isTrue();
    runs.run(INGEST, "2025-01-02");

    TreeSet<String> posts = new TreeSet<>();
    TreeSet<String> acts = new TreeSet<>();
    TreeSet<String> accounts = new TreeSet<>();
    TreeSet<String> lists = new TreeSet<>();
    for (String site : sites) {
      Path dump = DATA.resolve("stackexchange-" + site + "-meta");
      Map<String, String> authors = new HashMap<>();
      List<XmlRow> rows = xmlRows(dump.resolve("Posts.xml"));
      for (XmlRow row : rows) {
        boolean question = row.get("PostTypeId").equals("1");
        if (row.get("OwnerUserId") != null && (question || row.get("PostTypeId").equals("2"))) {
          authors.put(row.get("Id"), row.get("OwnerUserId"));
          posts.add(site + " " + row.get("Id"));
          accounts.add(site + " " + row.get("OwnerUserId"));
        }
      }
      for (XmlRow row : rows) {
        String author = authors.get(row.get("Id"));
        String asker = authors.get(row.get("ParentId"));
        String accepted = authors.get(row.get("AcceptedAnswerId"));
        if (author != null && asker != null) {
          acts.add(site + " reply " + row.get("Id") + " " + author + " " + asker);
        }
        if (author != null && accepted != null) {
          String id = "accept:" + row.get("Id") + ":" + row.get("AcceptedAnswerId");
          acts.add(site + " like " + id + " " + author + " " + accepted);
        }
      }
      for (XmlRow row : xmlRows(dump.resolve("Comments.xml"))) {
        if (row.get("UserId") != null) {
          String id = "comment:" + row.get("Id");
          posts.add(site + " " + id);
          accounts.add(site + " " + row.get("UserId"));
          String target = authors.get(row.get("PostId"));
          if (target != null) {
            acts.add(site + " reply " + id + " " + row.get("UserId") + " " + target);
          }
        }
      }
      for (XmlRow row : xmlRows(dump.resolve("Votes.xml"))) {
        String target = authors.get(row.get("PostId"));
        if (row.get("UserId") != null) {
          accounts.add(site + " " + row.get("UserId"));
          if (target != null) {
            acts.add(site + " like vote:" + row.get("Id") + " " + row.get("UserId") + " " + target);
          }
        }
      }
      for (XmlRow row : xmlRows(dump.resolve("Users.xml"))) {
        accounts.add(site + " " + row.get("Id"));
      }
      for (XmlRow row : xmlRows(dump.resolve("Badges.xml"))) {
        if (row.get("TagBased").equals("True")) {
          lists.add(site + " tag:" + row.get("Name"));
          accounts.add(site + " -1");
          accounts.add(site + " " + row.get("UserId"));
          acts.add(site + " list badge:" + row.get("Id") + " -1 " + row.get("UserId"));
        }
      }
    }
    Dataset<Row> ids = read(runs, Accounts.TABLE).select("account_key", "account_id");
    assertThat(
            texts(
                read(runs, Interactions.TABLE)
                    .join(ids.toDF("actor_key", "actor"), "actor_key")
                    .join(ids.toDF("target_key", "target"), "target_key")
                    .selectExpr("concat_ws(' ', network, verb, record_id, actor, target)")))
        .containsExactlyElementsOf(acts);
    assertThat(texts(read(runs, Posts.TABLE).selectExpr("concat_ws(' ', network, post_id)")))
        .containsExactlyElementsOf(posts);
    assertThat(texts(read(runs, Accounts.TABLE).selectExpr("concat_ws(' ', network, account_id)")))
        .containsExactlyElementsOf(accounts);
    assertThat(texts(read(runs, AccountLists.TABLE).selectExpr("concat(network, ' ', list_id)")))
        .containsExactlyElementsOf(lists);
    assertThat(read(runs, Rejects.TABLE).isEmpty()).isTrue();
    // The rows as grep counts them, and three lines around those of each file.
    assertThat(
            read(runs, LoadedFiles.TABLE)
                .agg(org.apache.spark.sql.functions.sum("line_count"))
                .head()
                .getLong(0))
        .isEqualTo(15_319 + 3 * 15);
    assertThat(acts).hasSizeGreaterThan(1_500);
  }

  private static List<String> texts(Dataset<Row> column) {
    return column.collectAsList().stream().map(row -> row.getString(0)).sorted().toList();
  }
}
