package renown.testing;

import java.util.List;
import java.util.Set;
import renown.app.Jobs;
import renown.night.Stage;

/** Parts of a night, for tests to which the rest does not matter. */
public final class Nights {
  private static final Set<String> BESIDE_SPREAD =
      Set.of("audience", "response", "persons", "validation");
  private static final Set<String> BESIDE_SCORES = Set.of("topics", "spread");
  private static final Set<String> FOR_CASCADES = Set.of("ingest", "score", "spread");

  private Nights() {}

  /** All that scores need, up to their marts. */
  public static List<Stage> ofScores() {
    return ofSpread().stream().filter(stage -> !BESIDE_SCORES.contains(stage.name())).toList();
  }

  /** All that the marts of scores, topics and spread need. */
  public static List<Stage> ofSpread() {
    return Jobs.stages().stream().filter(stage -> !BESIDE_SPREAD.contains(stage.name())).toList();
  }

  /** All that cascades need, and who stands behind them. */
  public static List<Stage> ofCascades() {
    return Jobs.stages().stream().filter(stage -> FOR_CASCADES.contains(stage.name())).toList();
  }

  /** All that the counts of what was loaded need. */
  public static List<Stage> ofCounts() {
    return Jobs.stages().stream()
        .filter(stage -> Set.of("ingest", "marts").contains(stage.name()))
        .toList();
  }
}
