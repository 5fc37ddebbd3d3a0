package renown;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import renown.night.Stage;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Which way the arrows point: rooms meet only at tables, so a night can go on at any door. */
class ArchitectureTest {
  private static final Set<String> OF_A_STAGE =
      Set.of(
          "night",
          "io",
          "run",
          "tables",
          "checks",
          "rank",
          "decay",
          "rarity",
          "model",
          "bootstrap",
          "coverage",
          "reach",
          "taxonomy");

  /** For each package under {@code renown}, the others that it may use. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("tables", Set.of()),
          Map.entry("run", Set.of("tables")),
          Map.entry("decay", Set.of()),
          Map.entry("rarity", Set.of()),
          Map.entry("model", Set.of("run")),
          Map.entry("bootstrap", Set.of("run", "rank")),
          Map.entry("rank", Set.of("run")),
          Map.entry("taxonomy", Set.of("run")),
          Map.entry("coverage", Set.of()),
          Map.entry("reach", Set.of("coverage", "run", "tables")),
          Map.entry("io", Set.of("run", "tables")),
          Map.entry("checks", Set.of("tables")),
          Map.entry("night", Set.of("decay", "io", "run", "tables")),
          Map.entry("ingest", OF_A_STAGE),
          Map.entry("graph", OF_A_STAGE),
          Map.entry("credibility", OF_A_STAGE),
          Map.entry("influence", OF_A_STAGE),
          Map.entry("attention", OF_A_STAGE),
          Map.entry("scores", OF_A_STAGE),
          Map.entry("reachability", OF_A_STAGE),
          Map.entry("persons", OF_A_STAGE),
          Map.entry("topics", OF_A_STAGE),
          Map.entry("spread", OF_A_STAGE),
          Map.entry("audience", OF_A_STAGE),
          Map.entry("marts", OF_A_STAGE),
          Map.entry("validation", OF_A_STAGE),
          Map.entry("audit", OF_A_STAGE),
          Map.entry("s3", Set.of("io", "run")),
          Map.entry("sql", Set.of("night", "io", "run", "tables")),
          Map.entry("top", Set.of("sql", "io", "run", "tables", "taxonomy")),
          Map.entry(
              "campaign",
              Set.of("top", "sql", "night", "io", "run", "tables", "taxonomy", "reach")),
          Map.entry("report", Set.of("sql", "night", "io", "run", "tables")),
          Map.entry("trino", Set.of("sql", "io", "run", "tables")),
          Map.entry("operations", Set.of("sql", "night", "io", "run", "tables")),
          Map.entry("erase", Set.of("io", "run", "tables")),
          Map.entry("generate", Set.of("io", "run")),
          Map.entry(
              "evaluate",
              Set.of("model", "sql", "night", "io", "run", "tables", "rank", "validation")),
          Map.entry(
              "calibrate",
              Set.of("evaluate", "model", "sql", "night", "io", "run", "tables", "validation")),
          Map.entry("rescore", Set.of("scores", "model", "night", "io", "run", "tables")),
          Map.entry("benchmark", Set.of("rank", "ingest", "io", "run", "coverage", "reach")),
          Map.entry("demo", Set.of("s3", "sql", "io", "run", "tables")));

  /** In the order of a night. */
  private static final List<Stage> STAGES = Jobs.stages();

  private static JavaClasses ours;

  @AfterAll
  static void forget() {
    ours = null;
  }

  @BeforeAll
  static void read() {
    ours = new ClassFileImporter().importPath(Path.of("target/classes"));
    assertThat(ours.size()).isGreaterThan(100);
  }

  /** The first part of a class's package under {@code renown}; empty for {@code renown} itself. */
  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length == 1 ? "" : parts[1];
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals("renown") || type.getPackageName().startsWith("renown.");
  }

  @Test
  void arrowsPointAsTheyShould() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : ours) {
      String room = room(from);
      if (room.isEmpty()) {
        continue;
      }
      assertThat(ALLOWED)
          .as("the arrows of a new package have to be written down")
          .containsKey(room);
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(ArchitectureTest::isOurs)
          .filter(to -> !room(to).equals(room) && !ALLOWED.get(room).contains(room(to)))
          .forEach(to -> wrong.add(from.getName() + " -> " + to.getName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() throws Exception {
    Set<String> packages =
        ours.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals("renown"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages.stream().map(name -> name.split("\\.")[1]).collect(Collectors.toSet()))
        .containsAll(ALLOWED.keySet());
    for (String name : packages) {
      assertThat(Path.of("jobs", name.split("\\.")).resolve("package-info.java")).exists();
    }
  }

  // ---- Tables

  @Test
  void everyTableOfANightHasOneWriterWhichItNames() {
    Map<String, List<String>> writers = new HashMap<>();
    for (Stage stage : STAGES) {
      for (TableSchema table : stage.outputs()) {
        writers.computeIfAbsent(table.path(), path -> new ArrayList<>()).add(stage.name());
      }
    }
    for (TableSchema table : Tables.OF_A_NIGHT) {
      assertThat(writers.get(table.path())).as(table.path()).containsExactly(table.writer());
    }
    assertThat(writers).hasSameSizeAs(Tables.OF_A_NIGHT);
  }

  @Test
  void aStageReadsOnlyWhatItOrOneBeforeItWrites() {
    Set<TableSchema> written = new HashSet<>();
    Tables.ALL.stream().filter(t -> !Tables.OF_A_NIGHT.contains(t)).forEach(written::add);
    for (Stage stage : STAGES) {
      written.addAll(stage.outputs());
      assertThat(written).as(stage.name()).containsAll(stage.inputs());
    }
  }

  /** Else what a stage says of itself would drift away from what it does. */
  @Test
  void aStageUsesTheTablesThatItDeclaresAndNoOthers() throws Exception {
    for (Stage stage : STAGES) {
      Set<String> declared = new TreeSet<>();
      stage.inputs().forEach(table -> declared.add(table.path()));
      stage.inputsOfNightBefore().forEach(table -> declared.add(table.path()));
      stage.outputs().forEach(table -> declared.add(table.path()));
      String room = stage.getClass().getPackageName();
      Set<String> used = new TreeSet<>();
      for (JavaClass from : ours.that(resideInAPackage(room + ".."))) {
        for (var dependency : from.getDirectDependenciesFromSelf()) {
          JavaClass to = dependency.getTargetClass();
          if (to.getPackageName().equals("renown.tables") && to.tryGetField("TABLE").isPresent()) {
            used.add(((TableSchema) to.reflect().getField("TABLE").get(null)).path());
          }
        }
      }
      assertThat(declared).as(stage.name()).containsAll(used);
    }
  }

  // ---- Determinism

  @Test
  void nobodyButMainAsksForTheTime() {
    DescribedPredicate<JavaAccess<?>> clock =
        DescribedPredicate.describe(
            "the time without a Clock",
            access -> {
              String owner = access.getTargetOwner().getName();
              String name = access.getName();
              boolean withClock =
                  access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
                      && call.getRawParameterTypes().stream()
                          .anyMatch(type -> type.getName().equals("java.time.Clock"));
              return owner.startsWith("java.time.") && name.equals("now") && !withClock
                  || owner.equals("java.time.Clock") && name.startsWith("system")
                  || owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                  || owner.equals("java.util.Date")
                      && name.equals("<init>")
                      && access.getTarget() instanceof AccessTarget.CodeUnitCallTarget made
                      && made.getRawParameterTypes().isEmpty()
                  || owner.equals("org.apache.spark.sql.functions")
                      && Set.of("now", "current_timestamp", "current_date", "localtimestamp")
                          .contains(name);
            });
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("renown.Main")
        .should()
        .accessTargetWhere(clock)
        .check(ours);
    // The rule must see what it forbids.
    assertThat(
            ours.get("renown.Main").getAccessesFromSelf().stream()
                .anyMatch(access -> clock.test(access)))
        .isTrue();
  }

  @Test
  void nobodyThrowsDice() {
    DescribedPredicate<JavaAccess<?>> dice =
        DescribedPredicate.describe(
            "a source of chance without a seed",
            access -> {
              String owner = access.getTargetOwner().getName();
              String name = access.getName();
              return owner.equals("java.util.UUID") && name.equals("randomUUID")
                  || owner.equals("java.lang.Math") && name.equals("random")
                  || owner.equals("java.util.concurrent.ThreadLocalRandom")
                  || owner.equals("java.security.SecureRandom")
                  || owner.equals("org.apache.spark.sql.functions")
                      && Set.of("rand", "randn", "uuid", "monotonically_increasing_id")
                          .contains(name);
            });
    // Credentials of the embedded server, the name of a lock's holder, the salt of the hashes of
    // who was erased: nothing is computed from any.
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("renown.s3.EmbeddedS3")
        .and()
        .doNotHaveFullyQualifiedName("renown.io.LakeLock")
        .and()
        .doNotHaveFullyQualifiedName("renown.erase.EraseJob")
        .should()
        .accessTargetWhere(dice)
        .check(ours);
  }

  @Test
  void kernelsKnowNothingOfSpark() {
    Pattern kernels =
        Pattern.compile(
            "renown\\.rank\\.(EdgeBlock|RankStep|\\w*RowSums|ExactSums|LocalRanking"
                + "|PoissonMultiplier)(\\$.*)?|renown\\.taxonomy\\.(Taxonomy|Topic\\w*|Words)(\\$.*)?|renown\\.rarity\\..*"
                + "|renown\\.spread\\.(LabelPropagation|Cascade|CascadeTree|AuthorPrior)(\\$.*)?"
                + "|renown\\.coverage\\..*|renown\\.audience\\.PostingModel"
                + "|renown\\.calibrate\\.(WeightFit|Pair|Folds)(\\$.*)?");
    assertThat(ours.stream().filter(c -> kernels.matcher(c.getName()).matches()).count())
        .isGreaterThanOrEqualTo(9);
    noClasses()
        .that()
        .haveNameMatching(kernels.pattern())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..")
        .check(ours);
  }

  // ---- Names

  @Test
  void noClassIsAGrabBag() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(ours);
    classes().that().implement(Stage.class).should().haveSimpleNameEndingWith("Stage").check(ours);
  }

  /**
   * The word means the damping factor in one paper, one minus it in another. What stands behind a
   * dot is somebody else's, or ours and found where it is declared.
   */
  @Test
  void nothingIsNamedByTheGreekLetter() throws Exception {
    Set<String> wrong = new TreeSet<>();
    int files = 0;
    for (String root : List.of("jobs", "tests")) {
      try (Stream<Path> paths = Files.walk(Path.of(root))) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".java")).toList()) {
          files++;
          identifiers(Files.readString(path)).stream()
              .filter(ArchitectureTest::hasTheGreekLetter)
              .forEach(name -> wrong.add(path + ": " + name));
        }
      }
    }
    assertThat(files).isGreaterThan(100);
    assertThat(wrong).isEmpty();
    String letter = "al" + "pha";
    assertThat(identifiers("int " + letter + "Sum; // c").stream())
        .anyMatch(ArchitectureTest::hasTheGreekLetter);
    assertThat(identifiers("x." + letter + " = \"" + letter + "\"; boolean " + letter + "betic;"))
        .noneMatch(ArchitectureTest::hasTheGreekLetter);
  }

  private static boolean hasTheGreekLetter(String identifier) {
    return Arrays.stream(identifier.split("_|(?<=[a-z0-9])(?=[A-Z])"))
        .anyMatch(word -> word.toLowerCase(Locale.ROOT).equals("al" + "pha"));
  }

  /** The identifiers of a source that do not stand behind a dot; comments and texts left out. */
  private static Set<String> identifiers(String source) {
    String code =
        Pattern.compile(
                "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'"
                    + "|//[^\n]*|/\\*.*?\\*/",
                Pattern.DOTALL)
            .matcher(source)
            .replaceAll(" ");
    Set<String> identifiers = new HashSet<>();
    Matcher matcher = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*").matcher(code);
    while (matcher.find()) {
      identifiers.add(matcher.group());
    }
    return identifiers;
  }
}
