package renown.night.topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.kernels.keys.RecordPrint;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.topics.ActTopics;
import renown.kernels.topics.CitedTopics;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.tables.CitedPosts;
import renown.tables.Interactions;
import renown.tables.TableColumn;

/** What accounts of a network did tonight to others by posts and lists, and what was undone. */
final class NightActs {
  static final TableColumn[] COLUMNS = {
    Interactions.NETWORK,
    Interactions.RECORD_PRINT_HIGH,
    Interactions.RECORD_PRINT_LOW,
    Interactions.VERB,
    Interactions.ACTOR_KEY,
    Interactions.TARGET_KEY,
    Interactions.OBJECT_ID,
    Interactions.HAPPENED_AT,
    Interactions.CHANGE
  };

  /**
   * An act that is about something. For an answer, a quote or a mention that is the post that does
   * it, for a listing the list's name, else the post reacted to.
   *
   * @param item number of the post; of the list where the verb is so
   * @param answered number of the post that it answers or quotes; -1 if it does not
   * @param object post that it is done to; null for a mention or a listing
   */
  private record Act(
      TopicVerb verb,
      long actor,
      long target,
      int item,
      int answered,
      String object,
      long happenedAt,
      long change) {}

  private final String network;
  private final List<Act> acts = new ArrayList<>();

  private NightActs(String network) {
    this.network = network;
  }

  /** Reads them, and numbers the posts and the lists that they name. */
  static NightActs read(String network, CoreColumns.Seen core, NamedPosts named, NamedPosts lists) {
    NightActs read = new NightActs(network);
    for (ColumnRows rows : core.of(Interactions.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        if (network.equals(rows.texts(Interactions.NETWORK).get(row))) {
          read.add(rows, row, named, lists);
        }
      }
    }
    return read;
  }

  private void add(ColumnRows rows, int row, NamedPosts named, NamedPosts lists) {
    TopicVerb verb = TopicVerb.of(rows.texts(Interactions.VERB).get(row));
    long actor = rows.longs(Interactions.ACTOR_KEY).get(row);
    long target = rows.longs(Interactions.TARGET_KEY).get(row);
    if (verb == null || actor == target) {
      return;
    }
    RecordPrint record =
        new RecordPrint(
            rows.longs(Interactions.RECORD_PRINT_HIGH).get(row),
            rows.longs(Interactions.RECORD_PRINT_LOW).get(row));
    String object = rows.texts(Interactions.OBJECT_ID).get(row);
    boolean isAnswer = verb == TopicVerb.REPLY || verb == TopicVerb.QUOTE;
    boolean isByPost = isAnswer || verb == TopicVerb.MENTION;
    int item =
        verb == TopicVerb.LIST
            ? lists.number(object)
            : isByPost ? named.number(record) : named.number(object);
    if (item >= 0) {
      acts.add(
          new Act(
              verb,
              actor,
              target,
              item,
              isAnswer ? named.number(object) : -1,
              verb == TopicVerb.LIST ? null : object,
              rows.longs(Interactions.HAPPENED_AT).get(row),
              rows.longs(Interactions.CHANGE).get(row)));
    }
  }

  /**
   * Decides what posts that were never seen are about, by who answers or quotes them.
   *
   * @param leastConfidence less sure topics are left out
   * @param since acts from then on count by what is decided, microseconds
   * @return rows of {@code cited_posts}
   */
  ColumnRows cite(
      List<NightPost> posts,
      NamedPosts named,
      TopicNumbers topics,
      double leastConfidence,
      long since,
      long nightDay) {
    Map<Integer, NightPost> byItem = new HashMap<>();
    for (NightPost post : posts) {
      byItem.put(named.number(post.id()), post);
    }
    CitedTopics spoken = new CitedTopics();
    for (Act act : acts) {
      NightPost answer = byItem.get(act.item);
      if (act.answered >= 0 && act.change == 1 && answer != null && !named.isKnown(act.answered)) {
        for (TopicMatch match : answer.direct()) {
          spoken.add(act.answered, act.actor, topics.number(match.topicId()), match.confidence());
        }
      }
    }
    ColumnRows rows = new ColumnRows(CitedPosts.TABLE);
    spoken.decide(
        TopicNumbers.OF_EVERYTHING,
        leastConfidence,
        (item, topic, confidence) -> {
          named.addCited(item, topic, confidence, since);
          rows.texts(CitedPosts.NETWORK).add(network);
          rows.texts(CitedPosts.POST_ID).add(named.id(item));
          rows.texts(CitedPosts.TOPIC_ID).add(topics.id(topic));
          rows.doubles(CitedPosts.CONFIDENCE).add(confidence);
          rows.longs(CitedPosts.SINCE_AT).add(since);
          rows.longs(CitedPosts.NIGHT).add(nightDay);
          rows.longs(CitedPosts.POST_PRINT_LOW).add(RecordPrint.of(named.id(item)).low());
        });
    return rows;
  }

  /**
   * Sums them by what they are about.
   *
   * @param posts takes those by posts
   * @param lists takes listings
   */
  void addTo(ActTopics posts, ActTopics lists, NamedPosts named) {
    for (Act act : acts) {
      (act.verb == TopicVerb.LIST ? lists : posts)
          .add(
              act.verb,
              act.actor,
              act.target,
              act.item,
              act.verb == TopicVerb.MENTION ? named.id(act.item) : act.object,
              act.happenedAt,
              act.change);
    }
  }
}
