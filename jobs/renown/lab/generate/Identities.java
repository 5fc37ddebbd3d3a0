package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;
import static renown.lab.generate.Vocabulary.utf8;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import renown.lab.generate.Vocabulary.Language;
import renown.lab.generate.Vocabulary.Topic;

/** Ids, handles, names and self-descriptions. Links lead to reserved example domains. */
final class Identities {
  /** When X's ids begin, ms since 1970: their upper bits count from here. */
  static final long SNOWFLAKE_EPOCH = 1_288_834_974_657L;

  private static final byte[] BASE32 = utf8("abcdefghijklmnopqrstuvwxyz234567");
  private static final byte[] DID = utf8("did:plc:");

  private Identities() {}

  /**
   * What an account calls itself.
   *
   * @param personId the same on both networks where one person has both accounts
   * @param otherProfile if the account says that it is also; null if it says nothing
   */
  record Names(
      byte[] handle,
      byte[] displayName,
      byte[] description,
      String personId,
      byte[] otherProfile) {}

  static Names names(Account account, Network network) {
    boolean both =
        uniform(account.key, 30) < 0.3
            && switch (account.role) {
              case PERSON, EXPERT, CELEBRITY, NEWS -> true;
              default -> false;
            };
    String person = "person-" + Long.toHexString(CounterRandom.mix(account.key));
    String other =
        network == Network.BLUESKY
            ? "https://x.com/" + handle(account, Network.X)
            : "https://bsky.app/profile/" + handle(account, Network.BLUESKY);
    return new Names(
        utf8(handle(account, network)),
        utf8(displayName(account)),
        utf8(description(account)),
        both ? person : person + "-" + network.word(),
        both ? utf8(other) : null);
  }

  /** Writes the network's id of an account: a DID, or digits. */
  static void writeId(Society society, int index, LineBuffer out) {
    if (society.network() == Network.X) {
      long low = society.key(31, index) & ((1 << 22) - 1);
      out.number((society.createdAt(index) - SNOWFLAKE_EPOCH) << 22 | low);
      return;
    }
    // The first 64 of the 120 bits are a permutation of the index, so that no two are the same.
    long first = CounterRandom.mix(index ^ society.key(32, 0));
    long second = society.key(33, index);
    out.put(DID);
    for (int bit = 0; bit < 120; bit += 5) {
      long digit =
          bit + 5 <= 64
              ? first >>> (59 - bit)
              : bit >= 64 ? second >>> (123 - bit) : first << (bit - 59) | second >>> (123 - bit);
      out.put((char) BASE32[(int) digit & 31]);
    }
  }

  static String handle(Account account, Network network) {
    Vocabulary words = Vocabulary.STANDARD;
    String unique = Integer.toString(account.slot, 36);
    String given = words.givenNames.get(below(account.key, 33, words.givenNames.size()));
    String family = words.familyNames.get(below(account.key, 34, words.familyNames.size()));
    Topic topic = words.topics.get(account.topic);
    if (network == Network.X) {
      String word =
          switch (account.role) {
            case NEWS -> "News";
            case CHATTER -> "Acorn";
            default -> given.substring(0, 1).toUpperCase(Locale.ROOT) + given.substring(1);
          };
      return word + "_" + unique; // at most 15 characters
    }
    return switch (account.role) {
      case NEWS -> "news-" + unique + "." + text(topic.site);
      case CHATTER -> "acorn-" + unique + ".bsky.social";
      case EXPERT -> given + "-" + family + "-" + unique + "." + text(topic.site);
      default -> given + "-" + family + "-" + unique + ".bsky.social";
    };
  }

  private static String displayName(Account account) {
    Vocabulary words = Vocabulary.STANDARD;
    return switch (account.role) {
      case NEWS ->
          words.topics.get(account.topic).names.get(account.language)
              + (account.language == Language.EN
                  ? " Daily"
                  : account.language == Language.ES ? ": el diario" : " : le quotidien");
      case CHATTER -> "acorn 🌰";
      default ->
          capital(words.givenNames.get(below(account.key, 33, words.givenNames.size())))
              + " "
              + capital(words.familyNames.get(below(account.key, 34, words.familyNames.size())));
    };
  }

  private static String description(Account account) {
    String topic = Vocabulary.STANDARD.topics.get(account.topic).names.get(account.language);
    boolean first = uniform(account.key, 35) < 0.5;
    return switch (account.role) {
      case NEWS ->
          switch (account.language) {
            case EN -> "News and analysis. Newsroom account.";
            case ES -> "Noticias y análisis. Cuenta de la redacción.";
            case FR -> "Actualité et analyses. Compte de la rédaction.";
          };
      case CHATTER -> account.declaredAutomated ? "acorn bot 🤖 automated" : "acorn acorn acorn";
      case CELEBRITY ->
          switch (account.language) {
            case EN -> "Official account.";
            case ES -> "Cuenta oficial.";
            case FR -> "Compte officiel.";
          };
      case TALKER, EXPERT ->
          switch (account.language) {
            case EN -> (first ? "All about " : "I write about ") + topic + ".";
            case ES -> (first ? "Todo sobre " : "Escribo sobre ") + topic + ".";
            case FR -> (first ? "Tout sur " : "J'écris sur ") + topic + ".";
          };
      case FARM -> "";
      default ->
          switch (account.language) {
            case EN -> first ? topic + " & coffee. Views my own." : "\"Here for the cats\"";
            case ES -> first ? topic + " y café. Opiniones mías." : "«Aquí por los gatos»";
            case FR -> first ? topic + " et café. Avis perso." : "Ici pour les chats";
          };
    };
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
