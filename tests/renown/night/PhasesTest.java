package renown.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renown.run.ConfigKey;
import renown.tables.TableSchema;

/** The ends of a phase's stages are noted together, in the order of the night. */
class PhasesTest {
  private record OfPhase(String name, String phase) implements Stage {
    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public List<TableSchema> inputs() {
      return List.of();
    }

    @Override
    public List<TableSchema> outputs() {
      return List.of();
    }

    @Override
    public void run(Night night) {}
  }

  @Test
  void aPhaseIsNotedWhenItsLastStageHasEnded() throws Exception {
    Stage first = new OfPhase("first", "early");
    Stage second = new OfPhase("second", "early");
    Stage third = new OfPhase("third", "late");
    List<List<String>> noted = new ArrayList<>();
    Phases phases =
        new Phases(
            List.of(first, second, third),
            ends -> noted.add(ends.stream().map(end -> end.stage().name()).toList()));
    phases.end(new Journal.End(second, 2, Map.of(), null));
    assertThat(noted).isEmpty();
    phases.end(new Journal.End(third, 3, Map.of(), null));
    assertThat(noted).containsExactly(List.of("third"));
    phases.end(new Journal.End(first, 1, Map.of(), null));
    assertThat(noted).containsExactly(List.of("third"), List.of("first", "second"));
  }
}
