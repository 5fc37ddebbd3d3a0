package renown.kernels.sketches;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Chooses, among sets, few that together hold most distinct members.
 *
 * <p>Greedy: always the set that adds most. Lazy (Minoux, "Accelerated greedy algorithms for
 * maximizing submodular set functions", 1978): what a set adds never grows, so one is only counted
 * again when what it added last would make it the next. Of sets that add as much the one named
 * first is taken, so the same input gives the same choice.
 */
public final class Coverage {
  /** With so few sets and costs, every start of up to three sets is tried. */
  static final int MOST_TRIED = 32;

  private static final int LARGEST_START = 3;

  /**
   * What is asked for.
   *
   * @param seats at most so many sets
   * @param costs of each set, above 0; null if all cost the same
   * @param budget what the chosen may cost together; not looked at without costs
   * @param groups of each set, -1 for none; null if there are none
   * @param mostPerGroup at most so many of a group
   */
  public record Request(int seats, double[] costs, double budget, int[] groups, int mostPerGroup) {
    /** A maximum number of sets. */
    public static Request seats(int seats) {
      return new Request(seats, null, 0, null, 0);
    }

    /** As many sets as the budget pays for. */
    public static Request budget(double[] costs, double budget) {
      return new Request(Integer.MAX_VALUE, costs, budget, null, 0);
    }

    /** The same, with a maximum per group. */
    public Request withGroups(int[] groupOfEach, int most) {
      return new Request(seats, costs, budget, groupOfEach, most);
    }

    private double cost(int set) {
      return costs == null ? 1 : costs[set];
    }

    /**
     * What part of the optimum the choice is at least, whatever the sets. Without costs 1 - 1/e
     * (Nemhauser, Wolsey, Fisher 1978), with groups 1/2 (Fisher, Nemhauser, Wolsey 1978). With
     * costs 1 - 1/sqrt(e) (Khuller, Moss, Naor 1999, section 2; Tang, Tang, Lim, Han, Li, Yuan,
     * SIGMETRICS 2021), for so few sets that all starts of three are tried 1 - 1/e (Khuller, Moss,
     * Naor 1999, section 3). With costs and groups, or costs and seats, nothing is known: 0.
     *
     * @param sets how many sets there are
     */
    public double guarantee(int sets) {
      if (costs == null) {
        return groups == null ? 1 - 1 / Math.E : 0.5;
      }
      if (groups != null || seats < sets) {
        return 0;
      }
      return sets <= MOST_TRIED ? 1 - 1 / Math.E : 1 - 1 / Math.sqrt(Math.E);
    }
  }

  /**
   * One chosen set.
   *
   * @param set its number
   * @param gained members that none chosen before it has
   */
  public record Pick(int set, int gained) {}

  /**
   * Sets in the order in which they were chosen.
   *
   * @param covered distinct members of all of them
   * @param cost of all of them
   * @param counted how often a set's members were counted
   */
  public record Choice(List<Pick> picks, int covered, double cost, long counted) {}

  private final long[][] sets;
  private final Request request;
  private long counted;

  private Coverage(long[][] sets, Request request) {
    this.sets = sets;
    this.request = request;
  }

  /**
   * Chooses.
   *
   * @param sets the members of each, no member twice; keys, or hashes
   * @return sets that each add something: fewer than asked for where no other would
   */
  public static Choice choose(long[][] sets, Request request) {
    if (request.costs() != null) {
      for (double cost : request.costs()) {
        if (!(cost > 0)) {
          throw new IllegalArgumentException("A cost must be above 0: " + cost);
        }
      }
    }
    Coverage coverage = new Coverage(sets, request);
    if (request.costs() == null) {
      return coverage.greedy(new int[0], false);
    }
    Choice best = larger(coverage.greedy(new int[0], true), coverage.greedy(new int[0], false));
    return sets.length <= MOST_TRIED ? coverage.startingAnyhow(best) : best;
  }

  /**
   * The sets of a list, in its order, as far as the request allows: those that cost more than is
   * left, or whose group is full, are passed over. A set that adds nothing takes its seat.
   */
  public static Choice inOrder(long[][] sets, int[] order, Request request) {
    return new Coverage(sets, request).new Run().takeAll(order).choice();
  }

  /** The one that covers more; of two that cover as much the first. */
  public static Choice larger(Choice one, Choice other) {
    return other.covered() > one.covered() ? other : one;
  }

  /** The best greedy continuation of any start of up to three sets. */
  private Choice startingAnyhow(Choice known) {
    Choice best = known;
    int[] start = new int[LARGEST_START];
    for (start[0] = 0; start[0] < sets.length; start[0]++) {
      best = larger(best, greedy(Arrays.copyOf(start, 1), true));
      for (start[1] = start[0] + 1; start[1] < sets.length; start[1]++) {
        best = larger(best, greedy(Arrays.copyOf(start, 2), true));
        for (start[2] = start[1] + 1; start[2] < sets.length; start[2]++) {
          best = larger(best, greedy(start, true));
        }
      }
    }
    return best;
  }

  /** A set's marginal gain, and its value in the order of choosing. */
  private record Bound(int set, int gained, double worth) {}

  private static final Comparator<Bound> BEST_FIRST =
      Comparator.comparingDouble(Bound::worth).reversed().thenComparingInt(Bound::set);

  /**
   * @param start sets that are taken before
   * @param perCost whether what is added counts per cost or as such
   */
  private Choice greedy(int[] start, boolean perCost) {
    Run run = new Run().takeAll(start);
    Bound[] sizes = new Bound[sets.length];
    for (int set = 0; set < sets.length; set++) {
      sizes[set] = bound(set, sets[set].length, perCost);
    }
    Arrays.parallelSort(sizes, BEST_FIRST);
    // Most sets are never counted: only counted ones are in the queue.
    PriorityQueue<Bound> queue = new PriorityQueue<>(BEST_FIRST);
    int next = 0;
    while (run.hasSeats()) {
      boolean fromQueue =
          next == sizes.length
              || !queue.isEmpty() && BEST_FIRST.compare(queue.peek(), sizes[next]) < 0;
      Bound head = fromQueue ? queue.poll() : sizes[next++];
      if (head == null || head.gained() == 0) {
        break;
      }
      if (!run.allows(head.set())) {
        continue;
      }
      Bound now = bound(head.set(), run.gain(head.set()), perCost);
      Bound rival = queue.peek();
      if (next < sizes.length && (rival == null || BEST_FIRST.compare(sizes[next], rival) < 0)) {
        rival = sizes[next];
      }
      if (rival == null || BEST_FIRST.compare(now, rival) < 0) {
        if (now.gained() == 0) {
          break;
        }
        run.take(now.set(), now.gained());
      } else {
        queue.add(now);
      }
    }
    return run.choice();
  }

  private Bound bound(int set, int gained, boolean perCost) {
    return new Bound(set, gained, perCost ? gained / request.cost(set) : gained);
  }

  /** The sets chosen so far. */
  private final class Run {
    private final List<Pick> picks = new ArrayList<>();
    private final LongSet members = new LongSet();
    private final Map<Integer, Integer> perGroup = new HashMap<>();
    private final boolean[] taken = new boolean[sets.length];
    private double cost;

    private Run takeAll(int[] order) {
      for (int set : order) {
        if (hasSeats() && allows(set)) {
          take(set, gain(set));
        }
      }
      return this;
    }

    private boolean hasSeats() {
      return picks.size() < request.seats();
    }

    private boolean allows(int set) {
      return !taken[set]
          && (request.costs() == null || cost + request.cost(set) <= request.budget())
          && (request.groups() == null
              || request.groups()[set] < 0
              || perGroup.getOrDefault(request.groups()[set], 0) < request.mostPerGroup());
    }

    private int gain(int set) {
      counted++;
      int gain = 0;
      for (long member : sets[set]) {
        if (!members.contains(member)) {
          gain++;
        }
      }
      return gain;
    }

    private void take(int set, int gained) {
      taken[set] = true;
      picks.add(new Pick(set, gained));
      cost += request.cost(set);
      if (request.groups() != null) {
        perGroup.merge(request.groups()[set], 1, Integer::sum);
      }
      for (long member : sets[set]) {
        members.add(member);
      }
    }

    private Choice choice() {
      return new Choice(List.copyOf(picks), members.size(), cost, counted);
    }
  }
}
