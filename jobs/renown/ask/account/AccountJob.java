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

/** Shows the score card of an account. */
@Command(
    name = "account",
    description = {
      "Shows the score card of an account: score with interval and place, what makes it, what"
          + " moved",
      "it, who attends to it, what it is known for, and how it was before."
    })
public final class AccountJob implements Job {
  @Parameters(paramLabel = "ACCOUNT", description = "Its handle, with or without @, or its id.")
  private String account;

  @Mixin private CardOptions options;

  private final PrintStream out;

  /**
   * @param out where the card goes
   */
  public AccountJob(PrintStream out) {
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
    AccountCard card = options.cards(context, List.of(account)).get(0);
    options.print(card, CardText.of(card, options.language()), out);
  }
}
