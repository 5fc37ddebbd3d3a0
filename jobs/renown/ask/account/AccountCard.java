package renown.ask.account;

import java.util.List;

/**
 * What a published night tells of an account. Lists are empty and values null where nothing is
 * known.
 *
 * @param network the account's
 * @param accountId the network's own id
 * @param handle null if unknown
 * @param displayName null if unknown
 * @param kind person, organisation, automated or unknown
 * @param language ISO 639; null if unknown
 * @param night the published night, as 2026-01-31
 * @param score 0 to 100; null where there is too little evidence
 * @param scoreLow lower bound of its 90 % interval; null with the score
 * @param scoreHigh upper bound; null with the score
 * @param momentum 0 to 100; null with the score
 * @param place 1 for the network's highest score; null with the score
 * @param scoredCount accounts of the network that have a score
 * @param evidence why there is a score, or none
 * @param explanation one sentence in the language that was asked for
 * @param terms what makes the score, most points first
 * @param changes what moved it since the night before, largest first
 * @param scoreChange points in all; null where one of the two nights has no score
 * @param sources who attends to it, most first
 * @param topics what it is known for, and what it is interested in, highest expertise first
 * @param responseRate share of strangers whom it answers within 7 days; null if unknown
 * @param responseRateLow lower bound of its interval
 * @param responseRateHigh upper bound
 * @param hours the hours of the week at which a post of its may expect most, the best first
 * @param community the community that it belongs to; null if it is in none
 * @param linked other accounts of the same person
 * @param posts its posts that most accounts reacted to
 * @param history its scores, night by night, oldest first
 */
record AccountCard(
    String network,
    String accountId,
    String handle,
    String displayName,
    String kind,
    String language,
    String night,
    Double score,
    Double scoreLow,
    Double scoreHigh,
    Double momentum,
    Long place,
    long scoredCount,
    String evidence,
    String explanation,
    List<Term> terms,
    List<Change> changes,
    Double scoreChange,
    List<Source> sources,
    List<TopicStanding> topics,
    Double responseRate,
    Double responseRateLow,
    Double responseRateHigh,
    List<PostingHour> hours,
    Community community,
    List<Linked> linked,
    List<Post> posts,
    List<Past> history) {

  /**
   * A part of the score.
   *
   * @param value in the unit of {@code meaning}
   * @param points they add up to the score
   */
  record Term(String term, double value, double points, String meaning) {}

  /**
   * A cause of a change.
   *
   * @param source handle of the account whose attention it was; null for none in particular
   * @param points negative if lost
   */
  record Change(String term, String source, double points) {}

  /**
   * An account that attends to it.
   *
   * @param influenceShare share of the influence that comes from it
   */
  record Source(String handle, double influenceShare) {}

  /**
   * A topic.
   *
   * @param expertise 0 to 100; null where too few attest it
   * @param interestShare share of its own posts and reactions; null if it has none
   */
  record TopicStanding(
      String topic, Double expertise, Double low, Double high, Long place, Double interestShare) {}

  /**
   * An hour of the week.
   *
   * @param weekday 1 for Monday to 7, on its audience's clock
   * @param hour 0 to 23, on the same
   * @param utcOffset whole hours that this clock is ahead of UTC, summer time included
   * @param expectedGainShare reactions beyond those to its posts as it posts now, as a share
   */
  record PostingHour(long weekday, long hour, long utcOffset, double expectedGainShare) {}

  /**
   * A community.
   *
   * @param name its most distinctive hashtags or topics; null if it has none
   * @param memberCount accounts in it
   * @param bridgedCount accounts of it that reached posts of other communities through this one
   */
  record Community(String name, long memberCount, long bridgedCount) {}

  /**
   * Another account of the same person.
   *
   * @param basis how it is known
   */
  record Linked(String network, String handle, String basis, Double score) {}

  /** A post and how many distinct accounts reacted to it. */
  record Post(String postId, String postedAt, long actorCount, long depth, boolean isBreakout) {}

  /** The score of a night; null where there was none. */
  record Past(String night, Double score) {}

  /** How the account is addressed. */
  String name() {
    return handle == null ? accountId : "@" + handle;
  }
}
