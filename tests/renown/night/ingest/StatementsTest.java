package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.Verb;
import renown.night.ingest.Statement.Sort;

class StatementsTest {
  @Test
  void everyFieldComesBackFromBytes() throws Exception {
    ParsedRecord record =
        new ParsedRecord(Kind.INTERACTION, "a", 11, "id", -3, ParsedRecord.NO_TIME)
            .does(Verb.VOTE, "b", "object");
    record.viaId = "via";
    record.targetHandle = "name";
    record.text = "\ud83d\ude00 text";
    record.language = "en";
    record.replyToId = "";
    record.threadId = "thread";
    record.quotedId = "quoted";
    record.hashtags = List.of("one", "");
    record.links = List.of();
    record.displayName = "display";
    record.description = "d";
    record.purpose = "pack";
    record.createdAt = -1;
    record.followerCount = 0L;
    record.followingCount = Long.MAX_VALUE;
    record.postCount = 3L;
    record.listedCount = 4L;
    record.isProtected = true;
    record.isAutomated = false;
    record.isDiscoverable = true;
    record.status = ParsedRecord.Status.SUSPENDED;
    Statement said = Statement.of("x", record, 86_400_000_000L, true);
    said.account = 5;
    said.night = 7;
    said.change = -1;
    Statement copy = Says.copy(said);
    for (java.lang.reflect.Field field : Statement.class.getDeclaredFields()) {
      if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        Object value = field.get(said);
        assertThat(field.get(copy)).as(field.getName()).isEqualTo(value);
      }
    }
    assertThat(copy.happened).isEqualTo(86_399_999_999L);
    assertThat(copy.hasTime()).isFalse();
    assertThat(copy.isVerified).isNull();
    assertThat(Says.copy(new Statement(Sort.MOVE, "y")).id).isNull();
  }

  /** Only the line that is about an act tells when it was still done, and times are of seconds. */
  @Test
  void anActIsShownLaterWhereItsOwnLineSaysSo() {
    ParsedRecord act = new ParsedRecord(ParsedRecord.Kind.INTERACTION, "a", 50_000_000);
    act.happenedAt = 10_000_000;
    assertThat(Statement.of("x", act, 99, true).witnessed).isEqualTo(50_000_000);
    assertThat(Statement.of("x", act, 99, false).witnessed).isEqualTo(Statement.NONE);
    act.happenedAt = 49_000_001;
    assertThat(Statement.of("x", act, 99, true).witnessed).isEqualTo(Statement.NONE);
    act.happenedAt = ParsedRecord.NO_TIME;
    assertThat(Statement.of("x", act, 99, true).witnessed).isEqualTo(Statement.NONE);
    ParsedRecord silent =
        new ParsedRecord(ParsedRecord.Kind.INTERACTION, "a", ParsedRecord.NO_TIME);
    silent.happenedAt = 10_000_000;
    assertThat(Statement.of("x", silent, 99_000_000, true).witnessed).isEqualTo(Statement.NONE);
  }

  @Test
  void textsAreComparedAsTheirBytes() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "", "a", "ab", "b", "\u00e9", "\uffee", "\ud83d\ude00", "\ud83d\ude01x", "\uf8ff"));
    for (String one : texts) {
      for (String other : texts) {
        assertThat(Integer.signum(Statements.compare(one, other)))
            .isEqualTo(
                Integer.signum(
                    Arrays.compareUnsigned(
                        one.getBytes(StandardCharsets.UTF_8),
                        other.getBytes(StandardCharsets.UTF_8))));
      }
    }
    assertThat(Statements.compare((String) null, "")).isNegative();
  }

  @Test
  void anOutboxKeepsEachStatementForItsShard() {
    Statements.Outbox outbox = new Statements.Outbox(5);
    Random random = new Random(3);
    List<Set<String>> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(new HashSet<>());
    }
    List<scala.Tuple2<Integer, byte[]>> blocks = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      Statement said = Says.post(1, "post " + i, i, "x".repeat(random.nextInt(2000)));
      int shard = Statement.shard(said.hash(), 5);
      expected.get(shard).add(said.id);
      outbox.send(shard, said);
      blocks.addAll(outbox.ready());
    }
    assertThat(blocks).hasSizeGreaterThan(3);
    blocks.addAll(outbox.all());
    List<Set<String>> found = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      found.add(new HashSet<>());
    }
    blocks.forEach(block -> Statements.each(block._2(), one -> found.get(block._1()).add(one.id)));
    assertThat(found).isEqualTo(expected);
    assertThat(found).allSatisfy(ids -> assertThat(ids).hasSizeGreaterThan(5_000));
  }
}
