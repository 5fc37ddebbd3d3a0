package renown.engine.shortlist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.kernels.sketches.AudienceSketch;
import renown.kernels.sketches.Coverage;
import renown.kernels.sketches.Coverage.Choice;
import renown.kernels.sketches.Coverage.Pick;
import renown.kernels.sketches.Coverage.Request;

/**
 * The accounts chosen by greedy coverage of sketches, and the lists that one would make without:
 * the highest scores, the most followed, and random draws, under the same constraints.
 *
 * @param lists account keys by the name of the list, in the order of choosing; the greedy one first
 * @param costs of the accounts in the lists
 * @param candidates how many could be chosen
 * @param loaded how many had to be looked at closely
 * @param sampledShare 1 if the sketches hold the sets themselves, else the share of the universe on
 *     which the greedy choice was made
 * @param guarantee what part of the best possible reach the greedy choice is at least, on what it
 *     was made on; 0 if nothing is known
 */
public record Choices(
    Map<String, long[]> lists,
    Map<Long, Long> costs,
    int candidates,
    int loaded,
    double sampledShare,
    double guarantee) {
  public static final String SHORTLIST = "shortlist";
  public static final String TOP_SCORES = "top scores";
  public static final String MOST_FOLLOWED = "most followed";

  /** How random lists are called, before their number. */
  public static final String RANDOM = "random ";

  public static final int RANDOM_LISTS = 5;

  /** Largest sets that are looked at first: mostly no other has to be. */
  private static final int FIRST_LOADED = 4096;

  private static final int MORE_LOADED = 8;

  /**
   * Chooses.
   *
   * @param candidates from {@link Candidates#of}
   * @param budget what the chosen may cost together; null if seats alone count
   * @param seats at most so many
   * @param mostPerCommunity at most so many of a community; 0 for any number
   */
  public static Choices of(Dataset<Row> candidates, Long budget, int seats, int mostPerCommunity) {
    return of(candidates, budget, seats, mostPerCommunity, FIRST_LOADED);
  }

  static Choices of(
      Dataset<Row> candidates, Long budget, int seats, int mostPerCommunity, int firstLoaded) {
    CandidatePool pool = CandidatePool.collect(candidates);
    Request request = pool.request(budget, seats, mostPerCommunity);
    Map<String, long[]> lists = new LinkedHashMap<>();
    int size = pool.size();
    int loaded = budget == null ? Math.min(size, firstLoaded) : size;
    Choice choice;
    while (true) {
      long threshold = pool.threshold(loaded);
      long[][] sets = pool.sets(candidates, loaded, threshold);
      choice = Coverage.choose(sets, pool.first(request, loaded));
      double share = AudienceSketch.share(threshold);
      List<Pick> picks = choice.picks();
      // A set adds at most its size: if the last pick adds more than the size of the largest set
      // that was not loaded, none of those could have been chosen.
      boolean isSettled =
          loaded == size
              || picks.size() == seats
                  && picks.get(seats - 1).gained() >= share * pool.reached()[loaded];
      if (isSettled) {
        lists.put(SHORTLIST, pool.keys(picks));
        pool.addNaive(lists, request);
        return new Choices(lists, pool.costs(lists), size, loaded, share, request.guarantee(size));
      }
      loaded = (int) Math.min(size, (long) loaded * MORE_LOADED);
    }
  }
}
