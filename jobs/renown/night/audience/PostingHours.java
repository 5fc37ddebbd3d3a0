package renown.night.audience;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import renown.lake.ColumnRows;
import renown.tables.MartPostingHours;

/** Rows of {@code mart_posting_hours}: when to post. */
final class PostingHours {
  private static final int HOURS = PostingModel.HOURS;

  private PostingHours() {}

  /**
   * The rows of all accounts and topics that have a sketch's worth and enough reactions.
   *
   * @param sums by hour
   * @param audiences of which anything is said
   */
  static ColumnRows rows(AudienceInput input, HourSums sums, Audiences audiences) {
    Map<String, PostingModel> models = sums.models();
    ColumnRows rows = new ColumnRows(MartPostingHours.TABLE);
    for (int pair = 0; pair < sums.size(); pair++) {
      double received = Arrays.stream(sums.reactions(pair)).sum() / HourSums.UNIT;
      if (sums.isKept(pair)
          && received >= input.leastReactions()
          && audiences.of(sums.account(pair), sums.topic(pair)) >= 0) {
        add(rows, input, sums, pair, models.get(sums.network(pair)), received);
      }
    }
    return rows;
  }

  private static void add(
      ColumnRows rows,
      AudienceInput input,
      HourSums sums,
      int pair,
      PostingModel model,
      double receivedInAll) {
    double[] posts = acts(sums.posts(pair));
    double[] reactions = acts(sums.reactions(pair));
    double[] ratios = model.ratios(posts, reactions);
    double[] gains = model.gains(posts, ratios);
    double written = total(posts);
    double received = total(reactions);
    List<Integer> best =
        IntStream.range(0, HOURS)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer h) -> -gains[h]).thenComparing(h -> h))
            .toList();
    for (int h = 0; h < HOURS; h++) {
      rows.texts(MartPostingHours.NETWORK).add(sums.network(pair));
      rows.longs(MartPostingHours.ACCOUNT_KEY).add(sums.account(pair));
      rows.texts(MartPostingHours.TOPIC_ID).add(sums.topic(pair));
      rows.longs(MartPostingHours.HOUR).add(h);
      rows.longs(MartPostingHours.PLACE).add(best.indexOf(h) + 1L);
      rows.doubles(MartPostingHours.EXPECTED_GAIN_SHARE).add(gains[h]);
      rows.doubles(MartPostingHours.AUDIENCE_RATIO).add(ratios[h]);
      rows.doubles(MartPostingHours.REACTION_SHARE).add(received > 0 ? reactions[h] / received : 0);
      rows.doubles(MartPostingHours.POST_SHARE).add(written > 0 ? posts[h] / written : 0);
      rows.doubles(MartPostingHours.REACTION_COUNT).add(receivedInAll);
      rows.longs(MartPostingHours.NIGHT).add(input.night().toEpochDay());
    }
  }

  private static double[] acts(long[] units) {
    return Arrays.stream(units).mapToDouble(one -> one / HourSums.UNIT).toArray();
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
