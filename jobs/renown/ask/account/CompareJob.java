package renown.ask.account;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RunContext;
import renown.tables.TableSchema;

/** Shows two accounts side by side. */
@Command(
    name = "compare",
    description = {
      "Shows two accounts side by side, and says whether their scores differ by more than chance."
    })
public final class CompareJob implements Job {
  @Parameters(
      arity = "2",
      paramLabel = "ACCOUNT",
      description = "Their handles, with or without @, or their ids.")
  private List<String> accounts;

  @Mixin private CardOptions options;

  private final PrintStream out;

  /**
   * @param out where the cards go
   */
  public CompareJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return CardOptions.MARTS;
  }

  @Override
  public void run(RunContext context) throws Exception {
    List<AccountCard> cards = options.cards(context, accounts);
    options.print(cards, CardText.of(cards.get(0), cards.get(1), options.language()), out);
  }
}
