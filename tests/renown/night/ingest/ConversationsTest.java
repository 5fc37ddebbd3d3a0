package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.ingest.Says.open;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.dumps.Verb;
import renown.night.ingest.Statement.Sort;
import renown.tables.WaitingInteractions;
import renown.testing.PrintedIds;

class ConversationsTest {
  private static final long ANN = 1;
  private static final long BOB = 2;

  private static final Map<Long, String> HANDLES =
      Map.of(
          1L,
          "Annabel",
          3L,
          "Carla.Writer",
          4L,
          "@Dora",
          5L,
          "carlos",
          6L,
          "Eve",
          7L,
          "\u00c9ve",
          8L,
          "Frank");

  private static Statement mention(long actor, String id, String name, long second) {
    Statement mention = open(actor, Verb.MENTION, "p", id, second);
    mention.handle = name;
    mention.night = Says.NIGHT;
    return mention;
  }

  private static Statement part(long account, String post, long second, int how) {
    Statement said = Says.post(account, "c", second, "");
    return Conversations.tookPart(said, post, how);
  }

  /**
   * Under post p by account 3 talk 4 (at 20 and 50), 5 (at 30), 6 (at 40) and 7 (at 40); account 8
   * talks under another post, and 1, ann, is the one who mentions.
   */
  private static Map<String, Long> decided(Counts rules, Statement... mentions) {
    Conversations shard = new Conversations(Says.NIGHT, 30);
    List.of(mentions).forEach(shard::add);
    shard.add(part(3, "p", 10, Conversations.WROTE_TONIGHT));
    shard.add(part(4, "p", 20, Conversations.ANSWERED));
    shard.add(part(5, "p", 30, Conversations.ANSWERED));
    shard.add(part(6, "p", 40, Conversations.ANSWERED));
    shard.add(part(7, "p", 40, Conversations.ANSWERED));
    shard.add(part(4, "p", 50, Conversations.ANSWERED));
    shard.add(part(1, "p", 55, Conversations.ANSWERED));
    shard.add(part(6, "p", 40, Conversations.ANSWERED));
    shard.add(part(8, "q", 5, Conversations.WROTE_TONIGHT));
    return decided(shard, HANDLES, rules);
  }

  private static Map<String, Long> decided(
      Conversations shard, Map<Long, String> handles, Counts rules) {
    assertThat(shard.participants()).doesNotContain(8);
    Map<String, Long> found = new TreeMap<>();
    shard.end(
        handles::get,
        new TableRows(),
        rules,
        one -> {
          assertThat(one.objectId).isNull();
          found.put(Says.id(one), one.target);
        });
    return found;
  }

  @Test
  void aNameCutShortIsThatOfTheLastWhoTookPartBefore() {
    Counts rules = new Counts();
    assertThat(
            decided(
                rules,
                // Carla wrote the post; later Carlos came.
                mention(ANN, "1", "carl", 25),
                mention(ANN, "2", "CARL", 35),
                mention(ANN, "3", "Carla", 35),
                mention(ANN, "4", "carla-wri", 35),
                // Too short, unless it is all of the name.
                mention(ANN, "5", "ca", 35),
                // He has not said anything yet, or says nothing here.
                mention(ANN, "6", "carlos", 25),
                mention(ANN, "7", "frank", 60),
                // Nobody means himself.
                mention(ANN, "8", "annabel", 60),
                mention(BOB, "9", "annabel", 60),
                mention(ANN, "10", "dora", 60)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("1", 3L, "2", 5L, "3", 3L, "4", 3L, "9", 1L, "10", 4L));
    assertThat(rules.of("x", Conversations.NOBODY)).isEqualTo(4);
  }

  @Test
  void aWholeHandleIsThatOfTheOneWhoHasIt() {
    Counts rules = new Counts();
    assertThat(
            decided(
                rules,
                mention(ANN, "1", "@dora", 15),
                mention(ANN, "2", "@dor", 60),
                mention(ANN, "3", "@eve", 60)))
        .containsExactlyInAnyOrderEntriesOf(Map.of("1", 4L));
    assertThat(rules.of("x", Conversations.NOBODY)).isEqualTo(2);
  }

  @Test
  void whoCouldBeTwoIsNobody() {
    for (boolean isWhole : new boolean[] {false, true}) {
      Conversations shard = new Conversations(Says.NIGHT, 30);
      shard.add(mention(ANN, "1", isWhole ? "@eve" : "eve", 60));
      shard.add(part(3, "p", 10, Conversations.WROTE_TONIGHT));
      shard.add(part(6, "p", 10, Conversations.ANSWERED));
      Counts rules = new Counts();
      Map<Long, String> handles =
          isWhole ? Map.of(3L, "@Eve", 6L, "@eve") : Map.of(3L, "Evelyn", 6L, "eve");
      assertThat(decided(shard, handles, rules)).isEmpty();
      assertThat(rules.of("x", Conversations.SEVERAL)).isEqualTo(1);
    }
  }

  @Test
  void whatWaitsIsHeldAgainstThePostsOfThisNightAlone() {
    for (int how : new int[] {Conversations.WROTE_BEFORE, Conversations.WROTE_TONIGHT}) {
      Conversations shard = new Conversations(Says.NIGHT, 30);
      Statement waiting = new Statement(Sort.WAITING, "x");
      waiting.print(PrintedIds.of("1"));
      waiting.day = 0;
      waiting.verb = Verb.MENTION;
      waiting.objectId = "p";
      waiting.handle = "carla";
      waiting.account = ANN;
      waiting.happened = Says.at(20);
      waiting.night = Says.NIGHT - 3;
      shard.add(waiting);
      shard.add(part(3, "p", 10, how));
      TableRows rows = new TableRows();
      Map<String, Long> found = new TreeMap<>();
      shard.end(HANDLES::get, rows, new Counts(), one -> found.put(Says.id(one), one.target));
      boolean isFound = how == Conversations.WROTE_TONIGHT;
      assertThat(found).isEqualTo(isFound ? Map.of("1", 3L) : Map.of());
      assertThat(
              Says.rows(
                  rows,
                  WaitingInteractions.TABLE,
                  WaitingInteractions.TARGET_HANDLE,
                  WaitingInteractions.NIGHT))
          .isEqualTo(isFound ? List.of() : List.of("carla " + (Says.NIGHT - 3)));
    }
  }
}
