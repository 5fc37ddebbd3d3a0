package renown.kernels.topics;

/**
 * Sums acts by what they are about. What a post adds by being written, and what others add who
 * attend to its author, counts by the confidence of each topic. Over all topics each account's own
 * acts, and the attention and votes that it receives, are summed too, so that shares can be told.
 */
public final class ActTopics {
  private final TopicClock clock;
  private final ItemTopics topics;
  private final int everything;
  private final TopicSums sums = new TopicSums();

  /**
   * Nothing is summed yet.
   *
   * @param topics of items; acts on items without any count for nothing
   * @param everything topic of all items that were seen, whatever they are about
   */
  public ActTopics(TopicClock clock, ItemTopics topics, int everything) {
    this.clock = clock;
    this.topics = topics;
    this.everything = everything;
  }

  /**
   * Adds that an account wrote a post.
   *
   * @param item its number
   * @param change 1, or -1 where it was deleted
   */
  public void addPost(long author, int item, String id, long happenedAt, long change) {
    add(TopicVerb.POST, author, author, item, id, happenedAt, change);
  }

  /**
   * Adds an act.
   *
   * @param actor key of the account that acts
   * @param target key of the account that receives it; for a post the same
   * @param item what tells what the act is about
   * @param shown the post through which it came; null if there is none
   * @param change 1, or -1 where it is undone
   */
  public void add(
      TopicVerb verb,
      long actor,
      long target,
      int item,
      String shown,
      long happenedAt,
      long change) {
    long units = clock.units(happenedAt);
    for (int at = topics.start(item); at < topics.end(item); at++) {
      if (happenedAt < topics.since(at)) {
        continue;
      }
      long weight = (long) Math.rint(units * topics.confidence(at)) * change;
      int topic = topics.topic(at);
      if (topic != everything) {
        sums.add(topic, actor, target, verb, change, weight, happenedAt, shown);
      } else if (verb == TopicVerb.POST) {
        side(verb, actor, change, weight, happenedAt);
      } else if (verb == TopicVerb.VOTE) {
        side(verb, target, change, weight, happenedAt);
      } else {
        side(TopicVerb.REACTION, actor, change, weight, happenedAt);
        side(TopicVerb.RECEIVED, target, change, weight, happenedAt);
      }
    }
  }

  private void side(TopicVerb verb, long account, long change, long weight, long happenedAt) {
    sums.add(everything, account, account, verb, change, weight, happenedAt, null);
  }

  /** The sums, one row each. */
  public TopicSums sums() {
    return sums.merged(true);
  }
}
