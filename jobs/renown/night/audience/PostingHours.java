package renown.night.audience;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import renown.kernels.hours.PostingModel;
import renown.kernels.hours.Week;
import renown.lake.ColumnRows;
import renown.tables.MartPostingHours;

/** Rows of {@code mart_posting_hours}: when to post. */
final class PostingHours {
  /** Hours of the week that are told, the best ones. */
  static final int PLACES = 24;

  private PostingHours() {}

  /**
   * What a night writes.
   *
   * @param parts the rows of each part; null where it stays as it is
   * @param replaced numbers of the files that count no more
   */
  record Written(ColumnRows[] parts, List<Integer> replaced) {}

  /**
   * The rows of accounts and topics that have a sketch's worth and enough reactions, in the parts
   * that are due.
   *
   * @param sums by hour
   * @param audiences of which anything is said
   * @param credible who must not be told of
   */
  static Written rows(
      AudienceInput input, HourSums sums, Audiences audiences, CredibleSet credible) {
    PostingParts parts =
        new PostingParts(input.night().toEpochDay(), input.postingHours(), credible);
    boolean[] isTold = new boolean[sums.size()];
    long[] wanted = new long[PostingParts.PARTS];
    for (int pair = 0; pair < sums.size(); pair++) {
      isTold[pair] =
          sums.isKept(pair)
              && sums.received(pair) >= input.leastReactions()
              && audiences.pairs().of(sums.account(pair), sums.topic(pair)) >= 0;
      wanted[PostingParts.of(sums.account(pair))] += isTold[pair] ? 1 : 0;
    }
    boolean[] due = parts.due(wanted);
    ColumnRows[] rows = PostingParts.none(due);
    Map<String, PostingModel> models = sums.ofNetworks().models();
    for (int pair = 0; pair < sums.size(); pair++) {
      ColumnRows part = rows[PostingParts.of(sums.account(pair))];
      if (isTold[pair] && part != null) {
        add(part, input, sums, pair, models.get(sums.network(pair)), sums.received(pair));
      }
    }
    return new Written(rows, parts.replaced(due));
  }

  private static void add(
      ColumnRows rows,
      AudienceInput input,
      HourSums sums,
      int pair,
      PostingModel model,
      double received) {
    double[] posts = sums.posts(pair);
    double[] reactions = sums.reactions(pair);
    double[] ratios = model.ratios(posts, reactions);
    double[] gains = model.gains(posts, ratios);
    double written = Arrays.stream(posts).sum();
    List<Integer> best =
        IntStream.range(0, Week.HOURS)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer h) -> -gains[h]).thenComparing(h -> h))
            .limit(PLACES)
            .toList();
    for (int place = 1; place <= PLACES; place++) {
      int hour = best.get(place - 1);
      int utc = Week.later(hour, -sums.offset(pair));
      rows.texts(MartPostingHours.NETWORK).add(sums.network(pair));
      rows.longs(MartPostingHours.ACCOUNT_KEY).add(sums.account(pair));
      rows.texts(MartPostingHours.TOPIC_ID).add(sums.topic(pair));
      rows.longs(MartPostingHours.PLACE).add(place);
      rows.longs(MartPostingHours.POST_WEEKDAY).add(Week.weekday(hour));
      rows.longs(MartPostingHours.POST_HOUR).add(Week.hourOfDay(hour));
      rows.longs(MartPostingHours.UTC_OFFSET_HOURS).add(sums.offset(pair));
      rows.longs(MartPostingHours.UTC_WEEKDAY).add(Week.weekday(utc));
      rows.longs(MartPostingHours.UTC_HOUR).add(Week.hourOfDay(utc));
      rows.doubles(MartPostingHours.EXPECTED_GAIN_SHARE).add(gains[hour]);
      rows.doubles(MartPostingHours.AUDIENCE_RATIO).add(ratios[hour]);
      rows.doubles(MartPostingHours.REACTION_SHARE)
          .add(received > 0 ? Math.min(reactions[hour] / received, 1) : 0);
      rows.doubles(MartPostingHours.POST_SHARE).add(written > 0 ? posts[hour] / written : 0);
      rows.doubles(MartPostingHours.REACTION_COUNT).add(received);
      rows.longs(MartPostingHours.NIGHT).add(input.night().toEpochDay());
    }
  }
}
