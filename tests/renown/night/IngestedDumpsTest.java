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
import renown.lake.PublishedNights;
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
        PublishedNights.of(runs.lake())
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

  @Test
  void attentionFollowsWhoMovesAndActsThatComeAgainCountOnce() throws Exception {
    NightRuns runs = nights("n=neutral");
    String old =
        "{\"type\":\"account\",\"account_id\":\"old\",\"witnessed_at\":\"2024-03-01T09:00:00Z\"";
    write(
        "n/dt=2024-03-01/a.jsonl",
        follow("ann", "old", "2024-03-01"),
        old + ",\"moved_to_account_id\":\"new\"}");
    runs.run(INGEST, "2024-03-01");
    write(
        "n/dt=2024-03-02/a.jsonl",
        follow("bob", "old", "2024-03-02"),
        "{\"type\":\"account\",\"account_id\":\"new\",\"witnessed_at\":\"2024-03-02T09:00:00Z\","
            + "\"alias_account_ids\":[\"old\"]}");
    runs.run(INGEST, "2024-03-02");
    write(
        "n/dt=2024-03-03/a.jsonl",
        follow("ann", "old", "2024-03-01"),
        follow("bob", "old", "2024-03-02"),
        follow("carl", "old", "2024-03-03"),
        follow("dora", "old", "2024-03-02"),
        // The author of the post is found, and has moved.
        post("p1", "old"),
        like("l1", "bob", "p1").replace("03-01T", "03-03T"));
    runs.run(INGEST, "2024-03-03");
    String[] acts = {
      "follow follow:ann ann old -",
      "follow follow:bob bob old -",
      "follow follow:carl carl new -",
      "follow follow:dora dora old -",
      "like l1 bob new p1"
    };
    assertThat(acts(runs)).containsExactly(acts);
    // It is back: what comes again stays where it was.
    write(
        "n/dt=2024-03-04/a.jsonl",
        follow("carl", "old", "2024-03-03"),
        follow("eve", "old", "2024-03-04"),
        old.replace("03-01", "03-04") + ",\"moved_to_account_id\":\"old\"}");
    runs.run(INGEST, "2024-03-04");
    write(
        "n/dt=2024-03-05/a.jsonl",
        follow("carl", "old", "2024-03-03"),
        follow("eve", "old", "2024-03-04"),
        follow("fred", "old", "2024-03-05"));
    runs.run(INGEST, "2024-03-05");
    assertThat(acts(runs))
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
        + "\"},\"publishedAt\":\"2024-03-01T08:00:00Z\""
        + (parent == null ? "" : ",\"parentId\":\"" + parent + "\"")
        + "}}";
  }

  @Test
  void namesAreLookedForInTheThread() throws Exception {
    NightRuns runs = nights("y=youtube");
    // The comment that begins the thread comes a night later.
    write(
        "y/dt=2024-03-01/a.jsonl",
        comment("c2", "c1", "bob", "no"),
        comment("c3", "c1", "carl", "@BOB yes, @dora and @nobody"),
        comment("d1", null, "dora", "@bob"));
    runs.run(INGEST, "2024-03-01");
    assertThat(acts(runs)).isEmpty();
    // The other thread is there and Bob is not in it.
    assertThat(ignored(runs))
        .containsExactly("2024-03-01 mention of a name that nobody there has 1");
    write(
        "y/dt=2024-03-02/a.jsonl",
        comment("c1", null, "dora", "hello"),
        // Was decided; that Bob has come to the thread changes nothing.
        comment("d1", null, "dora", "@bob"),
        comment("d2", "d1", "bob", "yes?"));
    runs.run(INGEST, "2024-03-02");
    assertThat(acts(runs))
        .containsExactly(
            "mention c3 UCcarl UCbob -",
            "mention c3 UCcarl UCdora -",
            "reply c2 UCbob UCdora c1",
            "reply c3 UCcarl UCdora c1",
            "reply d2 UCbob UCdora d1");
    assertThat(ignored(runs))
        .containsExactly(
            "2024-03-01 mention of a name that nobody there has 1",
            "2024-03-02 duplicate line 1",
            "2024-03-02 mention of a name that nobody there has 1");
  }

  private static List<String> ignored(NightRuns runs) {
    return texts(
        read(runs, IgnoredKinds.TABLE)
            .selectExpr("concat_ws(' ', cast(night AS STRING), rule, statement_count)"));
  }

  private static List<String> texts(Dataset<Row> column) {
    return column.collectAsList().stream().map(row -> row.getString(0)).sorted().toList();
  }
}
