package renown.app;

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
  /** From the ground up: a floor uses itself and those below it. */
  private static final List<String> FLOORS =
      List.of(
          "tables", "run", "kernels", "lake", "dumps", "engine", "night", "ask", "operate", "lab",
          "app");

  /**
   * Rooms of one floor that may use others of it; all other rooms of a floor know nothing of one
   * another. So the stages of a night meet only at tables.
   */
  private static final Map<String, Set<String>> NEIGHBOURS =
      Map.ofEntries(
          Map.entry("kernels.accounts", Set.of("kernels.keys")),
          Map.entry("kernels.topics", Set.of("kernels.keys", "kernels.rank", "kernels.rarity")),
          Map.entry("lake.s3", Set.of("lake")),
          Map.entry("dumps.formats", Set.of("dumps")),
          Map.entry("night", Set.of()),
          Map.entry("night.ingest", Set.of("night")),
          Map.entry(
              "night.score.accounts", Set.of("night", "night.score.model", "night.score.points")),
          Map.entry("night.score.points", Set.of("night", "night.score.model")),
          Map.entry("night.score.response", Set.of("night")),
          Map.entry("night.score.persons", Set.of("night")),
          Map.entry("night.topics", Set.of("night")),
          Map.entry("night.spread", Set.of("night")),
          Map.entry("night.audience", Set.of("night")),
          Map.entry("night.publish.marts", Set.of("night")),
          Map.entry("night.publish.validation", Set.of("night")),
          Map.entry("night.publish.audit", Set.of("night")),
          Map.entry("ask.account", Set.of("ask.sql")),
          Map.entry("ask.top", Set.of("ask.sql")),
          Map.entry("ask.topics", Set.of("ask.sql")),
          Map.entry("ask.campaign", Set.of("ask.sql", "ask.top")),
          Map.entry("ask.report", Set.of("ask.sql")),
          Map.entry("ask.export", Set.of("ask.sql")),
          Map.entry("ask.connect", Set.of("ask.sql")),
          Map.entry("ask.trino", Set.of("ask.sql")),
          Map.entry("lab.calibrate", Set.of("lab.evaluate")),
          Map.entry("app", Set.of("app.demo")));

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

  /**
   * Who takes the lake commits only on what it has seen or left itself, whatever it does with it.
   */
  @Test
  void whoTakesTheLakeHoldsIt() {
    Map<String, Boolean> holds = new HashMap<>();
    for (JavaClass each : ours) {
      if (calls(each, "renown.lake.LakeLock", "take")
          && !each.getName().contains("lake.LakeLock")) {
        holds.put(each.getSimpleName(), calls(each, "renown.lake.Lake", "held"));
      }
    }
    assertThat(holds)
        .containsOnlyKeys("NightlyJob", "MaintainJob", "EraseJob", "RescoreJob")
        .doesNotContainValue(false);
  }

  private static boolean calls(JavaClass caller, String owner, String method) {
    return caller.getMethodCallsFromSelf().stream()
        .anyMatch(
            call -> call.getTargetOwner().getName().equals(owner) && call.getName().equals(method));
  }

  /** A class's package under {@code renown}. */
  private static String room(JavaClass type) {
    return type.getPackageName().substring("renown.".length());
  }

  private static String floor(String room) {
    return room.split("\\.")[0];
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("renown.");
  }

  private static boolean mayUse(String from, String to) {
    int height = FLOORS.indexOf(floor(from));
    int depth = FLOORS.indexOf(floor(to));
    return from.equals(to)
        || depth < height
        || depth == height && NEIGHBOURS.getOrDefault(from, Set.of()).contains(to);
  }

  @Test
  void arrowsPointDown() {
    Set<String> wrong = new TreeSet<>();
    Set<String> usedFloors = new TreeSet<>();
    for (JavaClass from : ours) {
      assertThat(isOurs(from)).as(from.getName()).isTrue();
      assertThat(FLOORS).as(from.getName()).contains(floor(room(from)));
      usedFloors.add(floor(room(from)));
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(ArchitectureTest::isOurs)
          .filter(to -> !mayUse(room(from), room(to)))
          .forEach(to -> wrong.add(from.getName() + " -> " + to.getName()));
    }
    assertThat(wrong).isEmpty();
    assertThat(usedFloors).containsExactlyInAnyOrderElementsOf(FLOORS);
  }

  /** Who asks a published lake sees its tables, and nothing of how a night makes them. */
  @Test
  void whoAsksKnowsNothingOfTheNight() {
    noClasses()
        .that()
        .resideInAPackage("renown.ask..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("renown.night..", "renown.dumps..")
        .check(ours);
  }

  @Test
  void everyPackageSaysWhatItIs() throws Exception {
    Set<String> packages =
        ours.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages.stream().map(name -> name.substring("renown.".length())))
        .containsAll(NEIGHBOURS.keySet());
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
        .doNotHaveFullyQualifiedName("renown.app.Main")
        .and()
        // Stamps commits, as Delta itself does.
        .doNotHaveFullyQualifiedName("renown.lake.TableSnapshot")
        .should()
        .accessTargetWhere(clock)
        .check(ours);
    // The rule must see what it forbids.
    assertThat(
            ours.get("renown.app.Main").getAccessesFromSelf().stream()
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
    // Credentials of the embedded server, the name of a lock's holder, names of data files, the
    // salt
    // of the hashes of who was erased: nothing is computed from any.
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("renown.lake.s3.EmbeddedS3")
        .and()
        .doNotHaveFullyQualifiedName("renown.lake.LakeLock")
        .and()
        .doNotHaveFullyQualifiedName("renown.lake.HeldVersions")
        .and()
        .doNotHaveFullyQualifiedName("renown.lake.TableFileWriter")
        .and()
        .doNotHaveFullyQualifiedName("renown.operate.erase.EraseJob")
        .should()
        .accessTargetWhere(dice)
        .check(ours);
  }

  @Test
  void kernelsKnowNothingOfSpark() {
    noClasses()
        .that()
        .resideInAPackage("renown.kernels..")
        .or()
        .haveNameMatching(
            "renown\\.night\\.audience\\.PostingModel"
                + "|renown\\.lab\\.calibrate\\.(WeightFit|Pair|Folds)(\\$.*)?")
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
