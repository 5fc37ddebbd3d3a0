package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A small model of how runs write a lake, walked through all orders in which their steps can follow
 * one another: any run may be stopped between any two steps for any time, be taken for dead and
 * wake up, or die. No published night may hold a row that two attempts wrote, lack one, or mix
 * theirs.
 *
 * <p>The lake of the model: two tables, a journal and the publications, each a chain of versions
 * that is extended by whoever names the version that follows the last one. A run takes the lake,
 * loads the newest versions, puts the tables back to the base, adds its rows to one table after the
 * other, notes each in the journal, publishes the versions. The lock refuses nobody, as if each run
 * were taken for dead at once: so it is shown that nothing but the chains is relied on.
 */
class FencingModelTest {
  private static final int TABLES = 2;
  private static final int JOURNAL = TABLES;
  private static final int PUBLICATIONS = TABLES + 1;
  private static final int CHAINS = TABLES + 2;

  /** Steps of a run, in order: one for each chain, one for each table, two for each table, one. */
  private static final int LOAD = 0;

  private static final int PUT_BACK = LOAD + CHAINS;
  private static final int ADD = PUT_BACK + TABLES;
  private static final int PUBLISH = ADD + 2 * TABLES;
  private static final int ENDED = PUBLISH + 1;

  /** How a run commits. */
  private enum Rule {
    /** On the versions that it loaded when it began and on its own, as the lake does. */
    HELD,
    /** On the newest version at the time of the commit, as before. */
    NEWEST
  }

  /**
   * A state: for each chain the contents of its versions, for each run its step and the versions
   * that it knows. Rows are bits: those of attempt r are bit r.
   */
  private static final class State {
    final int[][] chains = new int[CHAINS][];
    final int[] step;
    final int[][] known;

    /** For each run and table, the version that it left and wants to publish; -1 for none. */
    final int[][] left;

    State(int runs) {
      // Version 0 of the tables has no rows of this night; nothing is noted or published.
      Arrays.setAll(chains, chain -> new int[] {0});
      step = new int[runs];
      known = new int[runs][CHAINS];
      left = new int[runs][TABLES];
      for (int[] of : left) {
        Arrays.fill(of, -1);
      }
    }

    State(State other) {
      for (int chain = 0; chain < CHAINS; chain++) {
        chains[chain] = other.chains[chain].clone();
      }
      step = other.step.clone();
      known = new int[other.known.length][];
      left = new int[other.left.length][];
      for (int run = 0; run < known.length; run++) {
        known[run] = other.known[run].clone();
        left[run] = other.left[run].clone();
      }
    }

    int newest(int chain) {
      return chains[chain].length - 1;
    }

    /** Extends a chain if the next version is free; whether it was. */
    boolean commit(int run, int chain, int content, Rule rule) {
      int on = rule == Rule.HELD ? known[run][chain] : newest(chain);
      if (on != newest(chain)) {
        return false;
      }
      chains[chain] = Arrays.copyOf(chains[chain], on + 2);
      chains[chain][on + 1] = content;
      known[run][chain] = on + 1;
      return true;
    }

    int content(int run, int chain, Rule rule) {
      return chains[chain][rule == Rule.HELD ? known[run][chain] : newest(chain)];
    }

    String text() {
      return Arrays.deepToString(chains)
          + Arrays.toString(step)
          + Arrays.deepToString(known)
          + Arrays.deepToString(left);
    }
  }

  /** What is wrong with what was published; null if nothing. */
  private static String fault(State state, int published, int run) {
    for (int table = 0; table < TABLES; table++) {
      int rows = state.chains[table][state.left[run][table]];
      if (Integer.bitCount(rows) != 1) {
        return "publication %d: table %d holds the rows of %d attempts"
            .formatted(published, table, Integer.bitCount(rows));
      }
    }
    return null;
  }

  /**
   * Does the next step of a run. A journal's content is, for each table, the version that was noted
   * last plus one, in four bits; a publication's is its number.
   *
   * @return what is wrong after it; null if nothing
   */
  private static String advance(State state, int run, Rule rule) {
    int step = state.step[run]++;
    if (step < PUT_BACK) {
      // One after the other, the publications and the journal first.
      int chain = CHAINS - 1 - (step - LOAD);
      state.known[run][chain] = state.newest(chain);
      if (chain == JOURNAL) {
        // Stages that an earlier attempt has ended are not run again.
        for (int table = 0; table < TABLES; table++) {
          int noted = state.content(run, JOURNAL, rule) >> (4 * table) & 15;
          state.left[run][table] = noted - 1;
        }
      }
      return null;
    }
    boolean isDone = true;
    if (step < ADD) {
      int table = step - PUT_BACK;
      int wanted = Math.max(0, state.left[run][table]);
      int rows = state.chains[table][wanted];
      if (state.content(run, table, rule) != rows) {
        isDone = state.commit(run, table, rows, rule);
      }
      if (isDone && state.left[run][table] >= 0) {
        state.left[run][table] = rule == Rule.HELD ? state.known[run][table] : state.newest(table);
      }
    } else if (step < PUBLISH) {
      // Table after table: its rows, then the note.
      int table = (step - ADD) / 2;
      boolean isNote = (step - ADD) % 2 == 1;
      int noted = state.content(run, JOURNAL, rule) >> (4 * table) & 15;
      if (!isNote && state.left[run][table] < 0) {
        isDone = state.commit(run, table, state.content(run, table, rule) | 1 << run, rule);
        state.left[run][table] = state.newest(table);
      } else if (isNote && noted == 0) {
        int note = state.content(run, JOURNAL, rule) | state.left[run][table] + 1 << (4 * table);
        isDone = state.commit(run, JOURNAL, note, rule);
      }
    } else {
      int number = state.newest(PUBLICATIONS) + 1;
      if (state.commit(run, PUBLICATIONS, number, rule)) {
        return fault(state, number, run);
      }
    }
    if (!isDone) {
      // Told that the lake was lost.
      state.step[run] = ENDED;
    }
    return null;
  }

  /** Walks all orders of the steps of some runs. */
  private static List<String> faults(int runs, Rule rule, Set<String> seen) {
    List<String> faults = new ArrayList<>();
    Deque<State> open = new ArrayDeque<>();
    open.push(new State(runs));
    while (!open.isEmpty()) {
      State state = open.pop();
      for (int run = 0; run < runs; run++) {
        if (state.step[run] < ENDED) {
          State next = new State(state);
          String fault = advance(next, run, rule);
          if (fault != null) {
            faults.add(fault);
          }
          // A run that dies takes no more steps: every state in which others alone go on.
          if (seen.add(next.text())) {
            open.push(next);
          }
        }
      }
    }
    return faults;
  }

  @Test
  void noPublishedNightMixesTwoAttemptsWhateverStalls() {
    Set<String> states = new HashSet<>();
    assertThat(faults(2, Rule.HELD, states)).isEmpty();
    assertThat(states).hasSizeGreaterThan(100);
    assertThat(faults(3, Rule.HELD, new HashSet<>())).isEmpty();
  }

  /** The model can fail: it finds what happened when commits went on whatever was newest. */
  @Test
  void commitsOnWhateverIsNewestMixAttempts() {
    assertThat(faults(2, Rule.NEWEST, new HashSet<>())).isNotEmpty();
  }
}
