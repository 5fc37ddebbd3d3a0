package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord.Kind;
import renown.lake.ErasedNames;
import renown.tables.ErasedAccounts;

class ErasedStatementsTest {
  private static final String SALT = "00ff";
  private static final String THEM = "did:plc:them";

  private static final ErasedNames ERASED =
      ErasedNames.of(
          List.of(
              row("bluesky", "id", ErasedNames.idHash(SALT, "bluesky", THEM), 7L),
              row(
                  "bluesky",
                  "handle",
                  ErasedNames.handleHash(SALT, "bluesky", "Them.Example"),
                  null),
              row("x", "id", ErasedNames.idHash(SALT, "x", "99"), 3L)));

  private static Row row(String network, String kind, String hash, Long key) {
    return new GenericRowWithSchema(
        new Object[] {network, kind, hash, SALT, key, Date.valueOf("2026-01-05")},
        ErasedAccounts.TABLE.structType());
  }

  private static ParsedRecord post(String by, String id, String text) {
    ParsedRecord post = new ParsedRecord(Kind.POST, by, 0, id, 0, 0);
    post.text = text;
    return post;
  }

  private static List<ParsedRecord> left(String network, ParsedRecord... statements) {
    List<ParsedRecord> list = new ArrayList<>(Arrays.asList(statements));
    boolean removed = ErasedStatements.remove(list, network, ERASED);
    assertThat(removed).isEqualTo(list.size() < statements.length);
    return list;
  }

  @Test
  void whatTheyDidAndWhatWasDoneToThemIsNotTakenIn() {
    ParsedRecord theirs = post(THEM, "at://did:plc:them/p/1", "hello");
    ParsedRecord profile = new ParsedRecord(Kind.ACCOUNT, THEM, 0);
    ParsedRecord deletion = new ParsedRecord(Kind.DELETION, THEM, 0, "at://did:plc:them/p/1", 0, 0);
    ParsedRecord follow = new ParsedRecord(Kind.INTERACTION, "did:plc:me", 0, "f", 0, 0);
    follow.does(Verb.FOLLOW, THEM, null);
    ParsedRecord open = new ParsedRecord(Kind.INTERACTION, "did:plc:me", 0, "l", 0, 0);
    open.does(Verb.LIKE, null, "at://did:plc:them/p/2");
    ParsedRecord other = new ParsedRecord(Kind.ACCOUNT, "did:plc:them2", 0);
    assertThat(left("bluesky", theirs, profile, deletion, follow, open, other))
        .containsExactly(other);
  }

  @Test
  void othersStatementsAreKeptWithoutThem() {
    ParsedRecord reply =
        post("did:plc:me", "at://did:plc:me/p/1", "@them.example yes! @you.example");
    reply.replyToId = "at://did:plc:them/p/1";
    reply.threadId = "at://did:plc:you/p/1";
    reply.links = List.of("https://bsky.app/profile/them.example", "https://news.example/");
    ParsedRecord like = new ParsedRecord(Kind.INTERACTION, "did:plc:me", 0, "l", 0, 0);
    like.does(Verb.LIKE, "did:plc:you", "at://did:plc:you/p/1");
    like.viaId = "at://did:plc:them/repost/1";
    assertThat(left("bluesky", reply, like)).containsExactly(reply, like);
    assertThat(reply.text).isEqualTo("[erased] yes! @you.example");
    assertThat(reply.replyToId).isNull();
    assertThat(reply.threadId).isEqualTo("at://did:plc:you/p/1");
    assertThat(reply.links).containsExactly("https://news.example/");
    assertThat(like.viaId).isNull();
    assertThat(like.objectId).isEqualTo("at://did:plc:you/p/1");
  }

  /** Where ids of posts do not tell whose they are, the line does. */
  @Test
  void idsOfTheirPostsGoWithTheActThatTellsWhoseTheyAre() {
    ParsedRecord reply = post("1", "1000", "yes");
    reply.replyToId = "500";
    reply.quotedId = "501";
    ParsedRecord act = reply.act(Verb.REPLY, "99", "500");
    assertThat(left("x", reply, act)).containsExactly(reply);
    assertThat(reply.replyToId).isNull();
    assertThat(reply.quotedId).isEqualTo("501");
  }

  @Test
  void ofOtherNetworksNothingIsTaken() {
    ParsedRecord post = post("99", "1", "@them.example");
    assertThat(left("mastodon", post)).containsExactly(post);
    assertThat(post.text).isEqualTo("@them.example");
    assertThat(left("bluesky", post("99", "1", ""))).hasSize(1);
    assertThat(left("x", post("99", "1", ""))).isEmpty();
  }

  @Test
  void keysThatTheyHadAreKnown() {
    assertThat(ERASED.lastKeys()).containsEntry("bluesky", 7L).containsEntry("x", 3L).hasSize(2);
  }
}
