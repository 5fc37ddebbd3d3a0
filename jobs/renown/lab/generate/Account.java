package renown.lab.generate;

import renown.lab.generate.Vocabulary.Language;

/**
 * One account of the society on one network, as planted. All of it is a function of the settings,
 * the network and the account's index. Days count from the first date.
 */
final class Account {
  /** A day that never comes. */
  static final int NEVER = Integer.MAX_VALUE;

  /** How long a holiday is, in days. */
  static final int HOLIDAY_DAYS = 21;

  /** How an account ends. */
  enum End {
    DELETED,
    SUSPENDED,
    DEACTIVATED
  }

  final int index;
  final Role role;

  /** A number below 2^27 that no other account has; makes ids unique. */
  final int slot;

  /** Key of everything about the account that is the same on both networks. */
  final long key;

  /** Index in {@link Vocabulary#topics}. */
  final int topic;

  final Language language;

  /** Whole hours that the account's clock is ahead of UTC. */
  int utcOffset;

  /** Community of a person, expert or talker; -1 for others. */
  int community = -1;

  /** 0 is the most popular of its community (persons), topic (experts, talkers) or role. */
  int rank;

  /** Ring or sybil region; -1 for others. */
  int group = -1;

  /** 0..1, comparable within a role: how much attention it attracts. */
  double quality;

  /** An expert that hardly posts. */
  boolean silent;

  /** Declared by the account: it is run by a program. */
  boolean declaredAutomated;

  boolean optedOut;
  boolean isProtected;

  /** Keeps a list about its topic (Bluesky). */
  boolean curator;

  boolean boughtFollowers;

  /** Probability that it answers a stranger. */
  double responsiveness;

  int holidayFrom = NEVER;
  int goneFrom = NEVER;
  End end;

  /** Mean posts per day, and their number in a Poisson draw. */
  double postRate;

  double expMinusPostRate;

  /** Multiplies the network's rates of reactions; 0 if the account never reacts. */
  double reactionRate;

  double repostRate;
  double expMinusRepostRate;

  /** Accounts that it followed before the first day. */
  int followees;

  long createdAt;

  /** About how many follow it, for the counters in X's user objects. */
  long expectedFollowers;

  private final Network network;
  private Identities.Names names;

  Account(Network network, int index, Role role, int slot, long key, int topic, Language language) {
    this.network = network;
    this.index = index;
    this.role = role;
    this.slot = slot;
    this.key = key;
    this.topic = topic;
    this.language = language;
  }

  boolean onHoliday(int day) {
    return holidayFrom != NEVER && day >= holidayFrom && day < holidayFrom + HOLIDAY_DAYS;
  }

  /** The account does nothing on this day. */
  boolean absent(int day) {
    return day >= goneFrom || onHoliday(day);
  }

  /** The self-description, created on first use. */
  Identities.Names names() {
    if (names == null) {
      names = Identities.names(this, network);
    }
    return names;
  }
}
