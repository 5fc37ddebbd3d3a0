package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.kernels.keys.RecordPrint;
import renown.night.ingest.IngestStage;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.WaitingInteractions;
import renown.testing.NightRuns;
import renown.testing.PrintedIds;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/**
 * Dumps through the whole ingest stage: what stands in the tables afterwards. Each test looks at
 * networks of its own; five nights take in those of all of them.
 */
class IngestedDumpsTest extends SparkTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));
  private static final List<Stage> INGEST = List.of(new IngestStage());

  private static final List<String> NIGHTS =
      List.of("2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05");
  private static final String FORMATS =
      "again=neutral,conlang=stack-exchange,fr=stack-exchange,generated=bluesky-jetstream,moved=neutral,"
          + "profiles=neutral,threads=youtube,waiting=neutral,withdrawn=x-v2";

  @TempDir static Path home;
  private static NightRuns runs;

  /** What the last of the runs said, which caught up with a night that was missed. */
  private static String said;

  private static long plantedLikes;

  @BeforeAll
  static void fiveNights() throws Exception {
    runs =
        new NightRuns(home.resolve("raw"), home.resolve("lake"))
            .without("score.reference-accounts-min")
            .with("ingest.formats", FORMATS)
            .with("ingest.waiting-days", "2")
            // Some lines are none, in files of a few lines.
            .with("ingest.rejected-share-max", "0.5");
    waiting();
    again();
    profiles();
    moved();
    threads();
    withdrawn();
    sites();
    generated();
    for (String night : NIGHTS) {
      // What comes late is there from the night on which it is found.
      Path late = home.resolve("late-" + night);
      if (Files.exists(late)) {
        NightRuns.copy(late, home.resolve("raw"));
      }
      if (!night.equals(NIGHTS.get(3))) {
        // Some nights on one shard, and some on dozens; the second has the sites' posts.
        String bytes =
            switch (NIGHTS.indexOf(night)) {
              case 1 -> "65536";
              case 4 -> "4096";
              default -> "67108864";
            };
        runs.with("ingest.shard-bytes", bytes);
        runs.run(INGEST, night);
      }
    }
    said = runs.said();
  }

  private static void write(String file, String... lines) throws Exception {
    writeBelow("raw", file, lines);
  }

  /** A file of an earlier day that is not there before a night. */
  private static void writeLate(String night, String file, String... lines) throws Exception {
    writeBelow("late-" + night, file, lines);
  }

  private static void writeBelow(String folder, String file, String... lines) throws Exception {
    Path path = home.resolve(folder).resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
    List.of(lines).forEach(PrintedIds::ofLine);
  }

  /** A network's rows of a table as a night left them. */
  private static Dataset<Row> read(TableSchema table, String network, int night) throws Exception {
    return all(table, night).where("network = '" + network + "'");
  }

  private static Dataset<Row> all(TableSchema table, int night) throws Exception {
    return runs.lake().readOf(runs.publication(NIGHTS.get(night - 1)), table);
  }

  /** Acts as {@code verb record actor target object}, with account ids. */
  private static List<String> acts(String network, int night) throws Exception {
    Dataset<Row> ids = all(Accounts.TABLE, night).select("account_key", "account_id");
    return read(Interactions.TABLE, network, night)
        .join(ids.toDF("actor_key", "actor"), "actor_key")
        .join(ids.toDF("target_key", "target"), "target_key")
        .selectExpr(
            "verb",
            "record_print_high",
            "record_print_low",
            "trim(concat_ws(' ', actor, target, coalesce(object_id, '-'),"
                + " IF(change = 1, '', 'undone')))")
        .collectAsList()
        .stream()
        .map(
            act ->
                act.getString(0)
                    + " "
                    + PrintedIds.id(act.get(1), act.get(2))
                    + " "
                    + act.getString(3))
        .sorted()
        .toList();
  }

  /** Whatever a night holds: files are written by tasks, and each table is committed once. */
  @Test
  void aNightAsksNoQueryAndCommitsATableOnce() throws Exception {
    List<Row> stages =
        runs.lake()
            .read(renown.tables.StageRuns.TABLE)
            .select("night", "sql_execution_count", "job_count", "commit_count", "snapshot_count")
            .distinct()
            .sort("night")
            .collectAsList();
    assertThat(stages).hasSize(NIGHTS.size());
    for (Row stage : stages) {
      assertThat(stage.getLong(1)).as("queries of %s", stage.get(0)).isZero();
      assertThat(stage.getLong(2)).as("jobs of %s", stage.get(0)).isBetween(4L, 14L);
      assertThat(stage.getLong(3))
          .as("commits of %s", stage.get(0))
          .isBetween(3L, (long) new IngestStage().outputs().size());
    }
  }

  private static String like(String id, String actor, String object) {
    return "{\"type\":\"interaction\",\"verb\":\"like\",\"account_id\":\""
        + actor
        + "\",\"record_id\":\""
        + id
        + "\",\"object_id\":\""
        + object
        + "\",\"at\":\"2025-01-01T08:00:00Z\"}";
  }

  private static String post(String id, String author) {
    return "{\"type\":\"post\",\"account_id\":\""
        + author
        + "\",\"record_id\":\""
        + id
        + "\",\"at\":\"2024-12-01T08:00:00Z\",\"text\":\"x\"}";
  }

  private static void waiting() throws Exception {
    write("waiting/dt=2025-01-01/a.jsonl", post("p1", "ann"));
    write(
        "waiting/dt=2025-01-02/a.jsonl",
        like("l1", "bob", "p1"),
        like("l2", "bob", "p2"),
        like("l3", "bob", "p3"),
        like("l4", "bob", "p4"),
        like("l5", "bob", "p5"),
        post("p2", "eve"));
    write(
        "waiting/dt=2025-01-03/a.jsonl",
        post("p3", "ann"),
        like("l1", "bob", "p1"),
        like("l4", "bob", "p4"),
        "{\"type\":\"deletion\",\"account_id\":\"bob\",\"record_id\":\"l4\","
            + "\"at\":\"2025-01-03T08:00:00Z\",\"record_at\":\"2025-01-01T08:00:00Z\"}");
    write("waiting/dt=2025-01-04/a.jsonl", post("p4", "ann"));
    write("waiting/dt=2025-01-05/a.jsonl", post("p5", "ann"));
  }

  @Test
  void actsFindTheAuthorsOfPostsBeforeBesideAndAfterThem() throws Exception {
    assertThat(acts("waiting", 2)).containsExactly("like l1 bob ann p1", "like l2 bob eve p2");
    assertThat(read(WaitingInteractions.TABLE, "waiting", 2).count()).isEqualTo(3);
    // What was taken back while it waited is done and undone when its post comes.
    assertThat(acts("waiting", 3))
        .containsExactly("like l1 bob ann p1", "like l2 bob eve p2", "like l3 bob ann p3");
    // A night is missed, and caught up with on the next.
    assertThat(said).contains("Night 2025-01-04 is published", "Night 2025-01-05 is published");
    assertThat(acts("waiting", 5))
        .containsExactly(
            "like l1 bob ann p1",
            "like l2 bob eve p2",
            "like l3 bob ann p3",
            "like l4 bob ann p4",
            "like l4 bob ann p4 undone");
    // Two nights are over: nobody waits for the fifth any more.
    assertThat(read(WaitingInteractions.TABLE, "waiting", 5).count()).isZero();
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

  private static void profiles() throws Exception {
    write("profiles/dt=2025-01-01/a.jsonl", profile("ann", "2025-01-01T10:00:00Z", 10));
    write("profiles/dt=2025-01-02/a.jsonl", profile("anna", "2025-01-02T10:00:00Z", 20));
    // Came late, and was seen before what is known: it changes nothing.
    writeLate(
        "2025-01-03",
        "profiles/dt=2025-01-01/late.jsonl",
        profile("anne", "2025-01-01T12:00:00Z", 15));
  }

  /** The profiles as they stood when a night was published. */
  private static List<String> profilesOn(int night) throws Exception {
    return texts(
        read(Accounts.TABLE, "profiles", night)
            .selectExpr("concat_ws(' ', account_id, handle, follower_count)"));
  }

  @Test
  void whatAProfileWasOnANightCanBeAskedLater() throws Exception {
    assertThat(profilesOn(1)).containsExactly("7 ann 10");
    assertThat(profilesOn(2)).containsExactly("7 anna 20");
    assertThat(profilesOn(3)).containsExactly("7 anna 20");
    assertThat(read(LoadedFiles.TABLE, "profiles", 3).count()).isEqualTo(3);
    List<Row> keys = new ArrayList<>();
    for (int night = 1; night <= 3; night++) {
      keys.add(read(Accounts.TABLE, "profiles", night).select("account_key").head());
    }
    assertThat(keys).containsOnly(keys.get(0));
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

  private static final List<String> SITES = List.of("conlang", "fr");

  private static void sites() throws Exception {
    for (String site : Files.isDirectory(DATA) ? SITES : List.<String>of()) {
      try (var files = Files.list(DATA.resolve("stackexchange-" + site + "-meta"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".xml")).toList()) {
          String name = file.getFileName().toString();
          String day = name.equals("Posts.xml") ? "2025-01-02" : "2025-01-01";
          Path copy = home.resolve("raw/" + site + "/dt=" + day + "/" + name);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** The two sites' rows of a table as a night left them. */
  private static Dataset<Row> ofSites(TableSchema table, int night) throws Exception {
    return all(table, night).where("network IN ('conlang', 'fr')");
  }

  /**
   * Two whole sites, each a network; the files in two nights, so that votes wait for their posts.
   */
  @Test
  void sitesOfStackExchange() throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
    assertThat(ofSites(Posts.TABLE, 1).where("NOT post_id LIKE 'comment:%'").isEmpty()).isTrue();

    TreeSet<String> posts = new TreeSet<>();
    TreeSet<String> acts = new TreeSet<>();
    TreeSet<String> accounts = new TreeSet<>();
    TreeSet<String> lists = new TreeSet<>();
    for (String site : SITES) {
      Path dump = DATA.resolve("stackexchange-" + site + "-meta");
      Map<String, String> authors = new HashMap<>();
      List<XmlRow> rows = xmlRows(dump.resolve("Posts.xml"));
      for (XmlRow row : rows) {
        boolean question = row.get("PostTypeId").equals("1");
        if (question || row.get("PostTypeId").equals("2")) {
          String author = row.get("OwnerUserId") == null ? "deleted" : row.get("OwnerUserId");
          authors.put(row.get("Id"), author);
          posts.add(site + " " + row.get("Id"));
          accounts.add(site + " " + author);
        }
      }
      for (XmlRow row : rows) {
        String author = row.get("OwnerUserId");
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
      acts.addAll(mentions(site, dump, authors));
      for (XmlRow row : xmlRows(dump.resolve("Votes.xml"))) {
        String target = authors.get(row.get("PostId"));
        if (row.get("UserId") != null) {
          accounts.add(site + " " + row.get("UserId"));
          if (target != null) {
            acts.add(site + " like vote:" + row.get("Id") + " " + row.get("UserId") + " " + target);
          }
        } else if (row.get("VoteTypeId").equals("2") && target != null) {
          acts.add(site + " vote vote:" + row.get("Id") + " -1 " + target);
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
    Dataset<Row> ids = ofSites(Accounts.TABLE, 2).select("account_key", "account_id");
    assertThat(
            texts(
                ofSites(Interactions.TABLE, 2)
                    .join(ids.toDF("actor_key", "actor"), "actor_key")
                    .join(ids.toDF("target_key", "target"), "target_key")
                    .selectExpr(
                        "concat_ws(' ', network, verb, record_print_high, record_print_low, actor,"
                            + " target)")))
        .containsExactlyElementsOf(acts.stream().map(IngestedDumpsTest::printed).sorted().toList());
    assertThat(texts(ofSites(Posts.TABLE, 2).selectExpr("concat_ws(' ', network, post_id)")))
        .containsExactlyElementsOf(posts);
    assertThat(texts(ofSites(Accounts.TABLE, 2).selectExpr("concat_ws(' ', network, account_id)")))
        .containsExactlyElementsOf(accounts);
    assertThat(texts(ofSites(AccountLists.TABLE, 2).selectExpr("concat(network, ' ', list_id)")))
        .containsExactlyElementsOf(lists);
    assertThat(ofSites(Rejects.TABLE, 2).isEmpty()).isTrue();
    // The rows as grep counts them, and three lines around those of each file.
    assertThat(
            ofSites(LoadedFiles.TABLE, 2)
                .agg(org.apache.spark.sql.functions.sum("line_count"))
                .head()
                .getLong(0))
        .isEqualTo(15_319 + 3 * 15);
    assertThat(acts).hasSizeGreaterThan(1_500);
  }

  /** An act, {@code network verb record actor target}, with the fingerprint of its record's id. */
  private static String printed(String act) {
    String[] words = act.split(" ");
    RecordPrint print = RecordPrint.of(words[2]);
    words[2] = print.high() + " " + print.low();
    return String.join(" ", words);
  }

  /** Somebody who talked below a post, and since when. */
  private record Voice(String time, String account) {}

  /** Whom comments address with {@code @}, looked for one by one. */
  private static TreeSet<String> mentions(String site, Path dump, Map<String, String> authors)
      throws Exception {
    Map<String, String> names = new HashMap<>();
    for (XmlRow user : xmlRows(dump.resolve("Users.xml"))) {
      names.put(user.get("Id"), lettersOf(user.get("DisplayName")));
    }
    Map<String, List<Voice>> voices = new HashMap<>();
    List<XmlRow> all = new ArrayList<>(xmlRows(dump.resolve("Posts.xml")));
    all.removeIf(post -> !authors.containsKey(post.get("Id")));
    List<XmlRow> comments = xmlRows(dump.resolve("Comments.xml"));
    comments.removeIf(comment -> comment.get("UserId") == null);
    all.addAll(comments);
    for (XmlRow row : all) {
      boolean isComment = row.get("PostId") != null;
      Voice voice =
          new Voice(row.get("CreationDate"), row.get(isComment ? "UserId" : "OwnerUserId"));
      for (String post : isComment ? new String[] {"PostId"} : new String[] {"Id", "ParentId"}) {
        voices.computeIfAbsent(row.get(post), any -> new ArrayList<>()).add(voice);
      }
    }
    TreeSet<String> mentions = new TreeSet<>();
    for (XmlRow comment : comments) {
      if (!authors.containsKey(comment.get("PostId"))) {
        continue;
      }
      for (String name : addressed(comment.get("Text"))) {
        Voice last = null;
        for (Voice voice : voices.get(comment.get("PostId"))) {
          String has = names.getOrDefault(voice.account, "");
          boolean fits = name.length() < 3 ? has.equals(name) : has.startsWith(name);
          if (fits
              && !voice.account.equals(comment.get("UserId"))
              && voice.time.compareTo(comment.get("CreationDate")) <= 0
              && (last == null || last.time.compareTo(voice.time) < 0)) {
            last = voice;
          }
        }
        if (last != null) {
          mentions.add(
              site
                  + " mention comment:"
                  + comment.get("Id")
                  + " "
                  + comment.get("UserId")
                  + " "
                  + last.account);
        }
      }
    }
    assertThat(mentions).hasSizeGreaterThan(20);
    return mentions;
  }

  private static String lettersOf(String name) {
    StringBuilder letters = new StringBuilder();
    name.codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letter -> letters.appendCodePoint(Character.toLowerCase(letter)));
    return letters.toString();
  }

  private static List<String> addressed(String text) {
    List<String> names = new ArrayList<>();
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i += parts.length % 2 == 0 && i + 2 == parts.length ? 1 : 2) {
      for (String word : parts[i].split("[\\s,;:!?()\\[\\]\"*]+")) {
        if (word.startsWith("@")) {
          String name = lettersOf(word.replaceFirst("['\u2019]s[.]*$", ""));
          if (!name.isEmpty()) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private static String follow(String actor, String target, String day) {
    return "{\"type\":\"interaction\",\"verb\":\"follow\",\"account_id\":\""
        + actor
        + "\",\"record_id\":\"follow:"
        + actor
        + "\",\"target_account_id\":\""
        + target
        + "\",\"at\":\""
        + day
        + "T08:00:00Z\"}";
  }

  private static void again() throws Exception {
    String follow = follow("ann", "bob", "2025-01-01");
    write("again/dt=2025-01-01/a.jsonl", follow, follow.replace("T08", "T10"));
    write("again/dt=2025-01-02/a.jsonl", follow("carl", "bob", "2025-01-02"));
    write(
        "again/dt=2025-01-03/a.jsonl",
        "{\"type\":\"deletion\",\"account_id\":\"ann\",\"record_id\":\"follow:ann\","
            + "\"at\":\"2025-01-01T09:00:00Z\",\"record_at\":\"2025-01-01T08:00:00Z\"}");
  }

  @Test
  void whoFollowedAgainStillFollowsWhenTheUnfollowInBetweenIsLoadedLast() throws Exception {
    for (int night = 1; night <= 2; night++) {
      assertThat(acts("again", night)).contains("follow follow:ann ann bob -").hasSize(night);
      assertThat(read(WaitingInteractions.TABLE, "again", night).count()).isEqualTo(1);
    }
    assertThat(acts("again", 5))
        .containsExactly(
            "follow follow:ann ann bob -",
            "follow follow:ann ann bob -",
            "follow follow:ann ann bob - undone",
            "follow follow:carl carl bob -");
    assertThat(read(WaitingInteractions.TABLE, "again", 3).count()).isZero();
  }

  private static void moved() throws Exception {
    String old =
        "{\"type\":\"account\",\"account_id\":\"old\",\"witnessed_at\":\"2025-01-01T09:00:00Z\"";
    write(
        "moved/dt=2025-01-01/a.jsonl",
        follow("ann", "old", "2025-01-01"),
        old + ",\"moved_to_account_id\":\"new\"}");
    write(
        "moved/dt=2025-01-02/a.jsonl",
        follow("bob", "old", "2025-01-02"),
        "{\"type\":\"account\",\"account_id\":\"new\",\"witnessed_at\":\"2025-01-02T09:00:00Z\","
            + "\"alias_account_ids\":[\"old\"]}");
    write(
        "moved/dt=2025-01-03/a.jsonl",
        follow("ann", "old", "2025-01-01"),
        follow("bob", "old", "2025-01-02"),
        follow("carl", "old", "2025-01-03"),
        follow("dora", "old", "2025-01-02"),
        // The author of the post is found, and has moved.
        post("p1", "old"),
        like("l1", "bob", "p1").replace("01-01T", "01-03T"));
    // It is back: what comes again stays where it was.
    write(
        "moved/dt=2025-01-04/a.jsonl",
        follow("carl", "old", "2025-01-03"),
        follow("eve", "old", "2025-01-04"),
        old.replace("01-01T", "01-04T") + ",\"moved_to_account_id\":\"old\"}");
    write(
        "moved/dt=2025-01-05/a.jsonl",
        follow("carl", "old", "2025-01-03"),
        follow("eve", "old", "2025-01-04"),
        follow("fred", "old", "2025-01-05"));
  }

  @Test
  void attentionFollowsWhoMovesAndActsThatComeAgainCountOnce() throws Exception {
    String[] acts = {
      "follow follow:ann ann old -",
      "follow follow:bob bob old -",
      "follow follow:carl carl new -",
      "follow follow:dora dora old -",
      "like l1 bob new p1"
    };
    assertThat(acts("moved", 3)).containsExactly(acts);
    assertThat(acts("moved", 5))
        .containsExactly(
            acts[0],
            acts[1],
            acts[2],
            acts[3],
            "follow follow:eve eve new -",
            "follow follow:fred fred old -",
            acts[4]);
  }

  private static String comment(String id, String parent, String author, String text) {
    return "{\"kind\":\"youtube#comment\",\"id\":\""
        + id
        + "\",\"snippet\":{\"videoId\":\"v\",\"textOriginal\":\""
        + text
        + "\",\"authorDisplayName\":\"@"
        + author
        + "\",\"authorChannelId\":{\"value\":\"UC"
        + author
        + "\"},\"publishedAt\":\"2025-01-01T08:00:00Z\""
        + (parent == null ? "" : ",\"parentId\":\"" + parent + "\"")
        + "}}";
  }

  private static void threads() throws Exception {
    // The comment that begins the thread comes a night later.
    write(
        "threads/dt=2025-01-01/a.jsonl",
        comment("c2", "c1", "bob", "no"),
        comment("c3", "c1", "carl", "@BOB yes, @dora and @nobody"),
        comment("d1", null, "dora", "@bob"));
    write(
        "threads/dt=2025-01-02/a.jsonl",
        comment("c1", null, "dora", "hello"),
        // Was decided; that Bob has come to the thread changes nothing.
        comment("d1", null, "dora", "@bob"),
        comment("d2", "d1", "bob", "yes?"));
  }

  @Test
  void namesAreLookedForInTheThread() throws Exception {
    assertThat(acts("threads", 1)).isEmpty();
    // The other thread is there and Bob is not in it.
    assertThat(ignored("threads", 1))
        .containsExactly("2025-01-01 mention of a name that nobody there has 1");
    assertThat(acts("threads", 2))
        .containsExactly(
            "mention c3 UCcarl UCbob -",
            "mention c3 UCcarl UCdora -",
            "reply c2 UCbob UCdora c1",
            "reply c3 UCcarl UCdora c1",
            "reply d2 UCbob UCdora d1");
    assertThat(ignored("threads", 2))
        .containsExactly(
            "2025-01-01 mention of a name that nobody there has 1",
            "2025-01-02 duplicate line 1",
            "2025-01-02 mention of a name that nobody there has 1");
  }

  private static List<String> ignored(String network, int night) throws Exception {
    return texts(
        read(IgnoredKinds.TABLE, network, night)
            .selectExpr("concat_ws(' ', cast(night AS STRING), rule, statement_count)"));
  }

  private static String tweet(String id, String author, String mentioned) {
    return "{\"data\":[{\"id\":\""
        + id
        + "\",\"author_id\":\""
        + author
        + "\",\"text\":\"x\",\"created_at\":\"2024-03-01T08:00:00.000Z\","
        + "\"entities\":{\"mentions\":[{\"start\":0,\"end\":2,\"username\":\"b\",\"id\":\""
        + mentioned
        + "\"}]}}]}";
  }

  private static void withdrawn() throws Exception {
    String first = tweet("1763474000000000001", "1", "2");
    String second = tweet("1763474000000000002", "1", "3");
    write("withdrawn/dt=2025-01-01/a.jsonl", first, second, first, "{\"meta\":{}}", "{");
    // The line names no author; it is the network's own word.
    String compliance =
        "{\"id\":\"1763474000000000001\",\"type\":\"tweets\",\"action\":\"delete\","
            + "\"redacted_at\":\"2025-01-02T08:00:00.000Z\",\"reason\":\"deleted\"}";
    write("withdrawn/dt=2025-01-02/a.jsonl", compliance, second);
    // The author says so too, later; the tweet comes once more: neither changes anything.
    String delete =
        "{\"data\":{\"delete\":{\"tweet\":{\"id\":\"1763474000000000001\",\"author_id\":\"1\"},"
            + "\"event_at\":\"2025-01-03T08:00:00.000Z\"}}}";
    write("withdrawn/dt=2025-01-03/a.jsonl", delete, first, compliance);
  }

  @Test
  void whatTheNetworkTakesBackStaysGoneAndRepeatedLinesAreCounted() throws Exception {
    String[] mentions = {
      "mention 1763474000000000001 1 2 -",
      "mention 1763474000000000001 1 2 - undone",
      "mention 1763474000000000002 1 3 -"
    };
    assertThat(acts("withdrawn", 1)).containsExactly(mentions[0], mentions[2]);
    assertThat(acts("withdrawn", 2)).containsExactly(mentions);
    assertThat(acts("withdrawn", 3)).containsExactly(mentions);
    assertThat(ignored("withdrawn", 3))
        .contains(
            "2025-01-01 duplicate line 1",
            "2025-01-02 duplicate line 1",
            "2025-01-03 duplicate line 2");
    TableAssert.assertThat(read(Posts.TABLE, "withdrawn", 3).select("post_id"))
        .hasRows(row("1763474000000000002"));
    List<Row> files = read(LoadedFiles.TABLE, "withdrawn", 3).collectAsList();
    assertThat(files).hasSize(3);
    for (Row file : files) {
      assertThat(
              file.<Long>getAs("accepted_count")
                  + file.<Long>getAs("ignored_count")
                  + file.<Long>getAs("rejected_count"))
          .isEqualTo(file.<Long>getAs("line_count"));
    }
  }

  /** Three days of a small society, the first of which comes three nights late. */
  private static void generated() throws Exception {
    Path made = home.resolve("generated");
    Path truth = home.resolve("truth");
    NightRuns.generate(made, truth, 60, 3, 0.01, LocalDate.parse(NIGHTS.get(0)));
    for (String line : Files.readAllLines(truth.resolve("events.jsonl"))) {
      JsonNode day = new ObjectMapper().readTree(line);
      plantedLikes += day.get("network").asText().equals("bluesky") ? day.get("likes").asLong() : 0;
    }
    Path raw = home.resolve("raw/generated");
    for (String night : NIGHTS.subList(0, 3)) {
      Path day = made.resolve("bluesky/dt=" + night);
      boolean isLate = night.equals(NIGHTS.get(0));
      NightRuns.copy(
          day,
          isLate
              ? home.resolve("late-" + NIGHTS.get(4)).resolve("generated/dt=" + night)
              : raw.resolve("dt=" + night));
    }
    Files.createDirectories(raw.resolve("dt=" + NIGHTS.get(3) + "/empty"));
    write("generated/dt=" + NIGHTS.get(3) + "/empty.jsonl");
  }

  @Test
  void lateFilesAndMissingAndEmptyDaysAreTaken() throws Exception {
    assertThat(likes(3)).isPositive().isLessThan(plantedLikes);
    assertThat(likes(5)).isEqualTo(plantedLikes);
    assertThat(said).contains("profiles has no file of 2025-01-05");
  }

  private static long likes(int night) throws Exception {
    return read(Interactions.TABLE, "generated", night)
        .where("verb = 'like' AND change = 1")
        .count();
  }

  private static List<String> texts(Dataset<Row> column) {
    return column.collectAsList().stream().map(row -> row.getString(0)).sorted().toList();
  }
}
