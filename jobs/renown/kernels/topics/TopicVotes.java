package renown.kernels.topics;

/**
 * Votes that an account is worth on a topic. Few votes tell little of how they spread over topics,
 * so their share is shrunk to the network's: by account, shares are taken to be Dirichlet
 * distributed around those of everybody, and with {@code v} of an account's {@code V} votes on a
 * topic that has the share {@code p} of all votes, the expected share is {@code (v + m p) / (V +
 * m)}. An account is worth {@code V} times that. The strength {@code m} is how many votes of its
 * own weigh as much as what is known of everybody.
 */
public final class TopicVotes {
  private TopicVotes() {}

  /**
   * What an account's votes are worth on a topic, 0 or more.
   *
   * @param onTopic its votes on the topic, 0 or more
   * @param all its votes on anything, 0 or more
   * @param share of everybody's votes that the topic has, 0 to 1
   * @param strength above 0
   */
  public static double worth(double onTopic, double all, double share, double strength) {
    return all * (onTopic + strength * share) / (all + strength);
  }

  /**
   * The variance of {@link #worth} to first order, each vote being there a Poisson number of times.
   */
  public static double variance(double onTopic, double all, double share, double strength) {
    double whole = all + strength;
    double byAny = strength * (onTopic + strength * share) / (whole * whole);
    double byOnTopic = byAny + all / whole;
    return onTopic * byOnTopic * byOnTopic + Math.max(0, all - onTopic) * byAny * byAny;
  }
}
