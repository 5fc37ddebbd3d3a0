package renown.night.spread;

import static renown.night.spread.PostCascades.add;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.unsafe.types.UTF8String;
import renown.kernels.cascades.Cascade;
import renown.lake.ColumnRows;
import renown.night.spread.Surprises.Surprise;
import renown.tables.Accounts;
import renown.tables.MartBreakouts;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartWarningOutcomes;
import renown.tables.PostTopics;
import renown.tables.TableColumn;

/** Rows of the marts about breakouts and early warnings. */
final class BreakoutMarts {
  /** What is wanted of the last nights' topics, by those who name communities, too. */
  static final TableColumn[] TOPIC_COLUMNS = {
    PostTopics.NETWORK,
    PostTopics.POST_ID,
    PostTopics.AUTHOR_KEY,
    PostTopics.TOPIC_ID,
    PostTopics.CONFIDENCE,
    PostTopics.NIGHT
  };

  private static final String ANY_TOPIC = "*";

  private final SpreadInput input;
  private final Names networks;
  private final NightPosts posts;

  BreakoutMarts(SpreadInput input, Names networks, NightPosts posts) {
    this.input = input;
    this.networks = networks;
    this.posts = posts;
  }

  /** A post, wherever it is told of. */
  record Told(String network, String post) {}

  private Told told(int post) {
    return new Told(networks.name(posts.network(post)), posts.id(post));
  }

  /** Whether a row of {@code post_topics} tells of a topic. */
  static boolean isOfTopic(ColumnRows rows, int row) {
    return !rows.texts(PostTopics.TOPIC_ID).get(row).equals(ANY_TOPIC);
  }

  private Set<Told> warnedBefore() {
    Set<Told> warned = new HashSet<>();
    if (input.previous().isEmpty()) {
      return warned;
    }
    ColumnRows rows =
        input
            .warnings()
            .read(MartEarlyWarnings.NETWORK, MartEarlyWarnings.POST_ID, MartEarlyWarnings.NIGHT);
    long before = input.previous().get().toEpochDay();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.longs(MartEarlyWarnings.NIGHT).get(i) == before) {
        warned.add(
            new Told(
                rows.texts(MartEarlyWarnings.NETWORK).get(i),
                rows.texts(MartEarlyWarnings.POST_ID).get(i)));
      }
    }
    return warned;
  }

  /** The surest topic of each post that was found, of equally sure ones the first. */
  private String[] topics(List<Surprise> found) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      places.put(found.get(i).post(), i);
    }
    String[] topics = new String[found.size()];
    double[] sureness = new double[found.size()];
    ColumnRows rows = input.topics().read(TOPIC_COLUMNS);
    for (int i = 0; i < rows.size(); i++) {
      String topic = rows.texts(PostTopics.TOPIC_ID).get(i);
      if (!isOfTopic(rows, i) || !input.isRecent(rows.longs(PostTopics.NIGHT).get(i))) {
        continue;
      }
      int post =
          posts.of(
              networks.of(rows.texts(PostTopics.NETWORK).get(i)),
              rows.texts(PostTopics.POST_ID).get(i));
      Integer place = post < 0 ? null : places.get(post);
      double sure = rows.doubles(PostTopics.CONFIDENCE).get(i);
      if (place != null
          && (topics[place] == null
              || sure > sureness[place]
              || sure == sureness[place] && isBefore(topic, topics[place]))) {
        topics[place] = topic;
        sureness[place] = sure;
      }
    }
    return topics;
  }

  private static boolean isBefore(String one, String other) {
    return UTF8String.fromString(one).compareTo(UTF8String.fromString(other)) < 0;
  }

  private Map<Long, String> handles(List<Surprise> found) {
    Map<Long, String> handles = new HashMap<>();
    if (found.isEmpty()) {
      return handles;
    }
    found.forEach(one -> handles.put(posts.author(one.post()), null));
    ColumnRows rows = input.accounts().read(Accounts.ACCOUNT_KEY, Accounts.HANDLE);
    for (int i = 0; i < rows.size(); i++) {
      long account = rows.longs(Accounts.ACCOUNT_KEY).get(i);
      if (handles.containsKey(account)) {
        handles.put(account, rows.texts(Accounts.HANDLE).get(i));
      }
    }
    return handles;
  }

  /**
   * Rows of {@code mart_breakouts}.
   *
   * @param found of the judged posts
   */
  ColumnRows breakouts(
      List<Surprise> found, People people, NightActs acts, NightAttention attention) {
    ColumnRows rows = new ColumnRows(MartBreakouts.TABLE);
    Set<Told> warned = found.isEmpty() ? Set.of() : warnedBefore();
    String[] topics = found.isEmpty() ? new String[0] : topics(found);
    Map<Long, String> handles = handles(found);
    for (int i = 0; i < found.size(); i++) {
      Surprise one = found.get(i);
      int post = one.post();
      int author = people.of(posts.author(post));
      Cascade cascade =
          new Cascade(
              acts.acts(),
              post,
              posts.author(post),
              people.community(author),
              posts.posted(post),
              attention.attention());
      Cascade.FirstHour first = cascade.firstHour();
      rows.texts(MartBreakouts.NETWORK).add(networks.name(posts.network(post)));
      rows.texts(MartBreakouts.POST_ID).add(posts.id(post));
      rows.longs(MartBreakouts.AUTHOR_KEY).add(posts.author(post));
      rows.texts(MartBreakouts.AUTHOR_HANDLE).add(handles.get(posts.author(post)));
      rows.longs(MartBreakouts.POSTED_AT).add(posts.posted(post));
      rows.longs(MartBreakouts.PLACE).add(one.place());
      rows.doubles(MartBreakouts.EXPECTED_COUNT).add(one.expected());
      rows.longs(MartBreakouts.OBSERVED_COUNT).add(one.observed());
      rows.doubles(MartBreakouts.TAIL_PROBABILITY).add(one.tail());
      rows.doubles(MartBreakouts.ADJUSTED_PROBABILITY).add(one.adjusted());
      rows.longs(MartBreakouts.JUDGED_COUNT).add(one.lookedAt());
      rows.doubles(MartBreakouts.AUTHOR_POST_COUNT).add(one.authorPosts());
      rows.longs(MartBreakouts.AUDIENCE_COUNT).add(one.audience());
      add(rows.doubles(MartBreakouts.AUTHOR_SCORE), people.score(author));
      rows.texts(MartBreakouts.TOPIC_ID).add(topics[i]);
      rows.texts(MartBreakouts.LANGUAGE).add(posts.language(post));
      rows.longs(MartBreakouts.FIRST_HOUR_ACTOR_COUNT).add(first.reactors());
      rows.longs(MartBreakouts.FIRST_HOUR_SHARER_COUNT).add(first.sharers());
      rows.longs(MartBreakouts.FIRST_HOUR_BEYOND_COUNT).add(first.beyondAudience());
      rows.longs(MartBreakouts.FIRST_HOUR_COMMUNITY_COUNT).add(first.communities());
      rows.longs(MartBreakouts.FIRST_HOUR_DEPTH).add(first.depth());
      rows.longs(MartBreakouts.DEPTH).add(cascade.tree().depth());
      rows.doubles(MartBreakouts.STRUCTURAL_VIRALITY).add(cascade.tree().virality());
      rows.longs(MartBreakouts.COMMUNITY_COUNT).add(cascade.communities());
      rows.doubles(MartBreakouts.BEYOND_AUDIENCE_SHARE)
          .add((double) cascade.beyondAudience() / cascade.reactors());
      rows.longs(MartBreakouts.WAS_WARNED).add(warned.contains(told(post)));
      rows.longs(MartBreakouts.NIGHT).add(input.night().toEpochDay());
    }
    return rows;
  }

  /**
   * Rows of {@code mart_early_warnings}.
   *
   * @param found of the watched posts
   */
  ColumnRows warnings(List<Surprise> found) {
    ColumnRows rows = new ColumnRows(MartEarlyWarnings.TABLE);
    for (Surprise one : found) {
      rows.texts(MartEarlyWarnings.NETWORK).add(networks.name(posts.network(one.post())));
      rows.texts(MartEarlyWarnings.POST_ID).add(posts.id(one.post()));
      rows.longs(MartEarlyWarnings.AUTHOR_KEY).add(posts.author(one.post()));
      rows.longs(MartEarlyWarnings.POSTED_AT).add(posts.posted(one.post()));
      rows.longs(MartEarlyWarnings.PLACE).add(one.place());
      rows.longs(MartEarlyWarnings.AGE_HOURS).add(one.hours());
      rows.doubles(MartEarlyWarnings.EXPECTED_COUNT).add(one.expected());
      rows.longs(MartEarlyWarnings.OBSERVED_COUNT).add(one.observed());
      rows.doubles(MartEarlyWarnings.TAIL_PROBABILITY).add(one.tail());
      rows.doubles(MartEarlyWarnings.ADJUSTED_PROBABILITY).add(one.adjusted());
      rows.longs(MartEarlyWarnings.WATCHED_COUNT).add(one.lookedAt());
      rows.longs(MartEarlyWarnings.NIGHT).add(input.night().toEpochDay());
    }
    return rows;
  }

  /**
   * Rows of {@code mart_warning_outcomes}: the warnings of the night before, and tonight's
   * breakouts of posts that were of an age to be warned of then.
   *
   * @param found of the judged posts
   */
  ColumnRows outcomes(List<Surprise> found) {
    Set<Told> brokeOut = new HashSet<>();
    if (input.previous().isPresent()) {
      long before = input.previousEnd();
      for (Surprise one : found) {
        long at = posts.posted(one.post());
        if (at > before - NightPosts.WINDOW_MICROS && at <= before - NightPosts.MICROS_PER_HOUR) {
          brokeOut.add(told(one.post()));
        }
      }
    }
    return outcomes(input.night(), warnedBefore(), brokeOut);
  }

  /** Rows of {@code mart_warning_outcomes} from who was warned of and who broke out. */
  static ColumnRows outcomes(LocalDate night, Set<Told> warned, Set<Told> brokeOut) {
    Map<String, long[]> counts = new TreeMap<>();
    for (Told one : warned) {
      long[] count = counts.computeIfAbsent(one.network(), network -> new long[3]);
      count[0]++;
      count[2] += brokeOut.contains(one) ? 1 : 0;
    }
    for (Told one : brokeOut) {
      counts.computeIfAbsent(one.network(), network -> new long[3])[1]++;
    }
    ColumnRows rows = new ColumnRows(MartWarningOutcomes.TABLE);
    counts.forEach(
        (network, count) -> {
          rows.texts(MartWarningOutcomes.NETWORK).add(network);
          rows.longs(MartWarningOutcomes.WARNED_COUNT).add(count[0]);
          rows.longs(MartWarningOutcomes.BREAKOUT_COUNT).add(count[1]);
          rows.longs(MartWarningOutcomes.CONFIRMED_COUNT).add(count[2]);
          add(
              rows.doubles(MartWarningOutcomes.PRECISION),
              count[0] == 0 ? Double.NaN : (double) count[2] / count[0]);
          add(
              rows.doubles(MartWarningOutcomes.RECALL),
              count[1] == 0 ? Double.NaN : (double) count[2] / count[1]);
          rows.longs(MartWarningOutcomes.NIGHT).add(night.toEpochDay());
        });
    return rows;
  }
}
