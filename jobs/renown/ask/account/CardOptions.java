package renown.ask.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartBreakouts;
import renown.tables.MartNetworks;
import renown.tables.MartPersons;
import renown.tables.MartPostSpread;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.TableSchema;

/** How cards are asked for and shown: a mixin. */
final class CardOptions {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--network", paramLabel = "NAME", description = "Default: all.")
  private String network;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      defaultValue = "en",
      description = "en or es. Default: ${DEFAULT-VALUE}.")
  private String language;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /** The marts that cards are made of. */
  static final List<TableSchema> MARTS =
      List.of(
          MartAccountScores.TABLE,
          MartAccountScoresLatest.TABLE,
          MartBreakouts.TABLE,
          MartNetworks.TABLE,
          MartPersons.TABLE,
          MartPostSpread.TABLE,
          MartScoreChanges.TABLE,
          MartScoreTerms.TABLE,
          MartTopSources.TABLE,
          MartTopicScores.TABLE,
          MartTopics.TABLE);

  /** The cards of some accounts, in their order. */
  List<AccountCard> cards(RunContext context, List<String> accounts) {
    if (!language.equals("en") && !language.equals("es")) {
      throw RenownException.configuration("--lang %s: cards are in en or es.", language);
    }
    AccountCards cards = new AccountCards(PublishedMarts.published(context, context.date()));
    return accounts.stream().map(account -> cards.of(account, network, language)).toList();
  }

  String language() {
    return language;
  }

  /**
   * Prints an answer.
   *
   * @param card what is printed as JSON where that is asked for
   * @param lines what is printed else
   */
  void print(Object card, List<String> lines, PrintStream out) throws JsonProcessingException {
    if (json) {
      out.println(JSON.writeValueAsString(card));
    } else {
      lines.forEach(out::println);
    }
  }
}
