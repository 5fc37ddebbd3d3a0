package renown.lab.generate;

/**
 * How many accounts of a society have which role, as shares of all accounts (0..1); what is left
 * are ordinary persons. From 500 accounts on, every role with a share above zero is there at least
 * once; below, a share that rounds to none gives none.
 *
 * @param celebrities see {@link Role#CELEBRITY}
 * @param news see {@link Role#NEWS}
 * @param experts see {@link Role#EXPERT}; every third rank of a topic is silent
 * @param talkers see {@link Role#TALKER}
 * @param chatter see {@link Role#CHATTER}; every tenth has bought followers
 * @param rings see {@link Role#RING}
 * @param buyers see {@link Role#BUYER}
 * @param farms see {@link Role#FARM}
 * @param sybils see {@link Role#SYBIL}
 */
public record Shares(
    double celebrities,
    double news,
    double experts,
    double talkers,
    double chatter,
    double rings,
    double buyers,
    double farms,
    double sybils) {

  /** The shares that the {@code generate} job plants. */
  public static final Shares STANDARD =
      new Shares(0.001, 0.003, 0.02, 0.02, 0.005, 0.015, 0.002, 0.04, 0.02);

  /** The least size from which every role is there. */
  static final int COMPLETE = 500;

  /**
   * @throws IllegalArgumentException if a share is negative or they leave fewer than half of the
   *     accounts as ordinary persons
   */
  public Shares {
    double sum = 0;
    for (double share :
        new double[] {celebrities, news, experts, talkers, chatter, rings, buyers, farms, sybils}) {
      if (!(share >= 0)) {
        throw new IllegalArgumentException("a share is negative: " + share);
      }
      sum += share;
    }
    if (sum > 0.5) {
      throw new IllegalArgumentException("the planted roles take more than half: " + sum);
    }
  }

  double of(Role role) {
    return switch (role) {
      case CELEBRITY -> celebrities;
      case NEWS -> news;
      case EXPERT -> experts;
      case TALKER -> talkers;
      case CHATTER -> chatter;
      case RING -> rings;
      case BUYER -> buyers;
      case FARM -> farms;
      case SYBIL -> sybils;
      case PERSON ->
          1 - (celebrities + news + experts + talkers + chatter + rings + buyers + farms + sybils);
    };
  }

  /** How many of {@code accounts} have the role. */
  int count(Role role, int accounts) {
    if (role == Role.PERSON) {
      int rest = accounts;
      for (Role other : Role.values()) {
        rest -= other == Role.PERSON ? 0 : count(other, accounts);
      }
      return rest;
    }
    int count = (int) StrictMath.round(of(role) * accounts);
    return count == 0 && accounts >= COMPLETE && of(role) > 0 ? 1 : count;
  }
}
