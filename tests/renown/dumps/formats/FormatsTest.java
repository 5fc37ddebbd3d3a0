package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renown.dumps.DumpFormat;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;
import renown.run.Config;
import renown.run.RenownException;

class FormatsTest {
  @Test
  void formatsAreFoundByName() {
    for (DumpFormat format : Formats.all()) {
      assertThat(Formats.byName(format.name())).isSameAs(format);
    }
    assertThatThrownBy(() -> Formats.byName("bluesky"))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith(
            "Unknown dump format \"bluesky\"; use one of bluesky-jetstream, x-v1-stream, ")
        .hasMessageEndingWith(", neutral.");
  }

  /** Whoever asked not to be scored typed a name as it is shown. */
  @Test
  void idsAreWrittenAsTheLinesOfTheFormatComeOutWithThem() throws Exception {
    Config config =
        Config.load(
            List.of(NetworkFormats.FORMATS),
            List.of(NetworkFormats.FORMATS),
            Optional.empty(),
            Map.of("ingest.formats", "github=gh-archive,reddit=reddit,hn=hacker-news,old=skip"));
    NetworkFormats formats = NetworkFormats.of(config);
    assertThat(formats.accountId("github", "OctoCat")).isEqualTo("@octocat");
    assertThat(formats.accountId("github", "@OctoCat")).isEqualTo("@octocat");
    assertThat(formats.accountId("github", "583231")).isEqualTo("583231");
    assertThat(formats.accountId("github", "https://github.com/OctoCat"))
        .isEqualTo("https://github.com/OctoCat");
    assertThat(formats.accountId("reddit", "GallowBoob")).isEqualTo("gallowboob");
    // Case matters there, and of the others nothing is known.
    assertThat(formats.accountId("hn", "PG")).isEqualTo("PG");
    assertThat(formats.accountId("old", "PG")).isEqualTo("PG");
    assertThat(formats.accountId("nowhere", "PG")).isEqualTo("PG");
    assertThat(formats.byNetwork()).containsOnlyKeys("github", "reddit", "hn");
    Statements comment =
        Statements.of(
            Formats.byName("reddit"),
            "{\"name\":\"t1_a\",\"id\":\"a\",\"author\":\"GallowBoob\",\"created_utc\":1600000000,"
                + "\"link_id\":\"t3_b\",\"parent_id\":\"t3_b\",\"body\":\"x\"}");
    assertThat(comment.records)
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.accountId).isEqualTo(formats.accountId("reddit", "GallowBoob")));
  }

  @Test
  void formatsTravelToExecutors() throws IOException, ClassNotFoundException {
    for (DumpFormat format : Formats.all()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(format);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(((DumpFormat) in.readObject()).name()).isEqualTo(format.name());
      }
    }
  }

  @Test
  void theExamplesOfTheDocumentationAreRead() throws IOException, RejectedLineException {
    List<String> examples =
        Files.readAllLines(Path.of("jobs/renown/dumps/formats/NEUTRAL.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    Set<ParsedRecord.Kind> kinds = EnumSet.noneOf(ParsedRecord.Kind.class);
    for (String example : examples) {
      Statements statements = Statements.of(Formats.byName("neutral"), example);
      // A profile can say more than one thing.
      assertThat(statements.records).as(example).isNotEmpty();
      assertThat(statements.ignored).as(example).isEmpty();
      statements.records.forEach(record -> kinds.add(record.kind));
    }
    assertThat(kinds).containsExactlyInAnyOrder(ParsedRecord.Kind.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|kind: missing",
        "{'kind':7}|kind: not a text",
        "{'kind':'commit'}|did: missing",
        "{'kind':'commit','did':'alice'}|did: not a DID",
        "{'kind':'commit','did':'did:plc:a'}|time_us: missing",
        "{'kind':'commit','did':'did:plc:a','time_us':'1783175888085434'}|time_us: not a whole"
            + " number",
        "{'kind':'commit','did':'did:plc:a','time_us':1783175888}|time_us: not in the years 2006 to"
            + " 2100",
        "{'kind':'commit','did':'did:plc:a','time_us':99999999999999999}|time_us: not in the years"
            + " 2006 to 2100",
        "{'kind':'commit','did':'did:plc:a','time_us':1783175888085434}|commit: missing",
        "#COMMIT{'rkey':'a'}|commit.collection: missing",
        "#COMMIT{'collection':'app.bsky.feed.post'}|commit.rkey: missing",
        "#COMMIT{'collection':'app.bsky.feed.post','rkey':'a/b'}|commit.rkey: not a record key",
        "#COMMIT{'collection':'app.bsky.feed.post','rkey':'a'}|commit.operation: missing",
        "#CREATE post|commit.record: missing",
        "#CREATE post{}|commit.record.text: missing",
        "#CREATE post{'text':[]}|commit.record.text: not a text",
        "#CREATE post{'text':'','langs':'en'}|commit.record.langs: not an array",
        "#CREATE post{'text':'','reply':{}}|commit.record.reply.parent: missing",
        "#CREATE"
            + " post{'text':'','reply':{'parent':{'uri':'at://b.example/x.y/z'}}}|commit.record.reply.parent.uri:"
            + " not an at-uri",
        "#CREATE"
            + " post{'text':'','facets':[{'features':[{'$type':1}]}]}|commit.record.facets[].features[].$type:"
            + " not a text",
        "#CREATE"
            + " post{'text':'','embed':{'$type':'app.bsky.embed.record'}}|commit.record.embed.record:"
            + " missing",
        "#CREATE like{'subject':'did:plc:b'}|commit.record.subject: not an object",
        "#CREATE like{'subject':{'uri':'https://e.org'}}|commit.record.subject.uri: not an at-uri",
        "#CREATE"
            + " like{'subject':{'uri':'at://did:plc:b/app.bsky.feed.post/1'},'via':7}|commit.record.via:"
            + " not an object"
      })
  void jetstreamLinesThatAreRejected(String line, String reason) {
    String head = "{'kind':'commit','did':'did:plc:a','time_us':1783175888085434,'commit':";
    String json = line;
    if (line.startsWith("#COMMIT")) {
      json = head + line.substring(7) + "}";
    } else if (line.startsWith("#CREATE ")) {
      String collection = line.substring(8).replaceFirst("\\{.*", "");
      String record = line.substring(8 + collection.length());
      json =
          head
              + "{'operation':'create','rkey':'a','collection':'app.bsky.feed."
              + collection
              + "'"
              + (record.isEmpty() ? "" : ",'record':" + record)
              + "}}";
    }
    assertRejected("bluesky-jetstream", json, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1}|created_at: missing",
        "{'id':1,'created_at':'2019-07-03T06:29:05Z'}|created_at: not a time",
        "{'id':1,'created_at':'Wed Jul 03 06:29:05 +0000 0000'}|created_at: not in the years 2006"
            + " to 2100",
        "{'id':1,'created_at':'Wed Jul 03 06:29:05 +0000 9999'}|created_at: not in the years 2006"
            + " to 2100",
        "#TWEET|id: missing",
        "#TWEET,'id':'tag:search.twitter.com,2005:1'|id: not an id",
        "#TWEET,'id':-1|id: not an id",
        "#TWEET,'id':1.5|id: not an id",
        "#TWEET,'id':1,'id_str':'x'|id_str: not an id",
        "#TWEET,'id':1|user: missing",
        "#TWEET,'id':1,'user':7|user: not an object",
        "#TWEET,'id':1,'user':{}|user.id: missing",
        "#TWEET,'id':1,'user':{'id':2}|text: missing",
        "#TWEET,'id':1,'user':{'id':2,'screen_name':'a','followers_count':'7'}|user.followers_count:"
            + " not a whole number",
        "#TWEET,'id':1,'user':{'id':2,'screen_name':'a','created_at':'x'}|user.created_at: not a"
            + " time",
        "#TWEET,'id':1,'user':{'id':2,'screen_name':'a','protected':0}|user.protected: not true or"
            + " false",
        "#TWEET,'id':1,'user':{'id':2},'text':'','timestamp_ms':'soon'|timestamp_ms: not a time",
        "#TWEET,'id':1,'user':{'id':2},'text':'','entities':{'urls':{}}|entities.urls: not an"
            + " array",
        "#TWEET,'id':1,'user':{'id':2},'retweeted_status':{}|retweeted_status.user: missing",
        "#TWEET,'id':1,'user':{'id':2},'retweeted_status':{'id':1,'user':{'id':1}}|retweeted_status.created_at:"
            + " missing",
        "#TWEET,'id':1,'user':{'id':2},'text':'','quoted_status':{'id':5}|quoted_status.user:"
            + " missing",
        "{'delete':{'status':{'id':5}}}|delete.status.user_id: missing",
        "{'delete':{'status':{'user_id':5}}}|delete.status.id: missing",
        "{'delete':7}|delete: not an object",
        "{'user_delete':{'id':'x'}}|user_delete.id: not an id"
      })
  void linesOfXThatAreRejected(String line, String reason) {
    String json =
        line.startsWith("#TWEET")
            ? "{'created_at':'Wed Jul 03 06:29:05 +0000 2019'" + line.substring(6) + "}"
            : line;
    assertRejected("x-v1-stream", json, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|type: missing",
        "{'type':'post'}|account_id: missing",
        "#post|at: missing",
        "#account|at: missing",
        "#account,'witnessed_at':'2024-03-01T08:00:00'|witnessed_at: not a time",
        "#account,'at':'2024-03-01T08:00:00Z','status':'gone'|status: not a known word",
        "#account,'at':'2024-03-01T08:00:00Z','follower_count':1.5|follower_count: not a whole"
            + " number",
        "#post,'at':'2024-03-01'|at: not a time",
        "#post,'at':'0000-01-01T00:00:00Z'|at: not in the years 2006 to 2100",
        "#post,'at':'9999-01-01T00:00:00Z'|at: not in the years 2006 to 2100",
        "#post,'at':'2024-03-01T08:00:00Z'|record_id: missing",
        "#post,'at':'2024-03-01T08:00:00Z','record_id':'a b'|record_id: not an id",
        "#post,'at':'2024-03-01T08:00:00Z','record_id':1,'hashtags':[7]|hashtags[]: not a text",
        "#interaction,'at':'2024-03-01T08:00:00Z','record_id':1|verb: missing",
        "#interaction,'at':'2024-03-01T08:00:00Z','record_id':1,'verb':'LIKE'|verb: not a known"
            + " word",
        "#interaction,'at':'2024-03-01T08:00:00Z','record_id':1,'verb':'like'|target_account_id:"
            + " missing",
        "#deletion,'at':'2024-03-01T08:00:00Z'|record_id: missing",
        "#deletion,'at':'2024-03-01T08:00:00Z','record_id':1,'record_at':5|record_at: not a time",
        "#list,'at':'2024-03-01T08:00:00Z','record_id':1,'purpose':'fun'|purpose: not one of"
            + " curation, moderation, reference, pack"
      })
  void neutralLinesThatAreRejected(String line, String reason) {
    String json = line;
    if (line.startsWith("#")) {
      int comma = line.indexOf(',');
      String type = line.substring(1, comma < 0 ? line.length() : comma);
      json = "{'account_id':'a','type':'" + type + "'" + line.substring(1 + type.length()) + "}";
    }
    assertRejected("neutral", json, reason);
  }

  private static void assertRejected(String format, String json, String reason) {
    assertThatThrownBy(() -> Statements.of(Formats.byName(format), json.replace('\'', '"')))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  @Test
  void namesOfRulesAreBounded() throws RejectedLineException {
    String hostile = "a\\u202e\\n\\ud800<b> ü" + "x".repeat(5_000);
    Statements statements =
        Statements.of(Formats.byName("neutral"), "{\"type\":\"" + hostile + "\"}");
    assertThat(statements.ignored).hasSize(1);
    assertThat(statements.ignored.get(0))
        .startsWith("type a????b???x")
        .hasSize(80)
        .matches("[ -~]+");
  }

  @ParameterizedTest
  @CsvSource({
    "2222222222222, 0", "3mptbyplj5d2a, 20638", "zmptbyplj5d2a, 0", "3mptbyplj5d2A, 0",
    "3mptbyplj5d2, 0", "self, 0", "3mptbyplj5d20, 0", "jzzzzzzzzzzzz, 0"
  })
  void daysOfTids(String rkey, int day) {
    assertThat(Tid.day(rkey)).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0",
    "29700859246, 0",
    "29700859247, 14917",
    "118878340408016897, 15245",
    "1146305472692346880, 18080",
    "9223372036854775807, 40368",
    "9223372036854775808, 0",
    "99999999999999999999999, 0"
  })
  void daysOfSnowflakes(String id, int day) {
    assertThat(Snowflake.day(id)).isEqualTo(day);
  }
}
