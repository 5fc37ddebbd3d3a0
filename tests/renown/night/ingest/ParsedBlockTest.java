package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.Verb;
import renown.night.ingest.Holders.Holder;
import renown.testing.PrintedIds;

/** Accounts in the place of handles by which lines name them. */
class ParsedBlockTest {
  private static final Set<String> NETWORKS = Set.of("github");

  private static ParsedRecord seen(String id, String handle, long second) {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, Says.at(second));
    account.happenedAt = Says.at(second);
    account.handle = handle;
    return account;
  }

  private static ParsedRecord star(String actor, String owner, long second) {
    return new ParsedRecord(
            Kind.INTERACTION, actor, Says.at(second), noted("star " + second), 0, Says.at(second))
        .does(Verb.LIKE, owner, "repository");
  }

  private static String noted(String id) {
    return PrintedIds.id(PrintedIds.of(id));
  }

  private static ParsedBlock block() {
    List<ParsedBlock> blocks = new ArrayList<>();
    ParsedBlock.Writer writer = new ParsedBlock.Writer(3, blocks::add);
    for (ParsedRecord record :
        List.of(
            seen("1", "Ann", 10),
            star("7", "@ann", 5),
            star("7", "@ann", 95),
            seen("2", "ann", 100),
            seen("1", "ANN", 20),
            star("7", "@nobody", 50),
            star("@ann", "2", 12))) {
      writer.accept("github", record, Says.at(1000), true);
    }
    // Where a network does not name accounts, an id may begin as it likes.
    writer.accept("x", star("7", "@ann", 60), Says.at(1000), true);
    writer.close();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static List<String> acts(ParsedBlock block) {
    String[] ids = new String[block.accountCount];
    for (KeyBucket.Asked asked : block.accounts) {
      String[] its = asked.ids();
      for (int i = 0; i < its.length; i++) {
        ids[asked.codes()[i]] = its[i];
      }
    }
    List<String> acts = new ArrayList<>();
    Statements.each(
        block.statements,
        said -> {
          if (said.sort == Statement.Sort.ACT) {
            acts.add(
                said.network
                    + " "
                    + Says.id(said)
                    + " "
                    + ids[(int) said.account]
                    + ">"
                    + ids[(int) said.target]);
          }
        });
    return acts;
  }

  @Test
  void aBlockTellsWhomItNamesAndWhoHadWhichHandle() {
    ParsedBlock block = block();
    assertThat(block.named(NETWORKS)).containsExactlyInAnyOrder("github\nann", "github\nnobody");
    Map<String, List<Holder>> holders = block.holders(NETWORKS);
    assertThat(holders).containsOnlyKeys("github\nann");
    assertThat(holders.get("github\nann"))
        .containsExactlyInAnyOrder(
            new Holder("1", Says.at(10), Says.at(20)), new Holder("2", Says.at(100), Says.at(100)));
    assertThat(block.named(Set.of())).isEmpty();
  }

  @Test
  void eachActGoesToWhoHadTheHandleThen() {
    ParsedBlock block = block();
    ParsedBlock resolved =
        block.resolved(
            Map.of("github\nann", Holders.of(block.holders(NETWORKS).get("github\nann"))));
    assertThat(acts(resolved))
        .containsExactly(
            "github star 5 7>1",
            "github star 95 7>2",
            "github star 50 7>@nobody",
            "github star 12 1>2",
            "x star 60 7>@ann");
    assertThat(resolved.partition).isEqualTo(3);
    assertThat(resolved.number).isEqualTo(block.number);
    // Nobody is asked for any more who stands in no statement.
    assertThat(resolved.accounts.stream().filter(asked -> asked.network().equals("github")))
        .singleElement()
        .satisfies(asked -> assertThat(asked.ids()).containsExactly("1", "2", "7", "@nobody"));
  }
}
