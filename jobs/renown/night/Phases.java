package renown.night;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the ends of stages until all stages of a phase have ended; those may run at once. */
final class Phases {
  /** What is done with the ends of a phase. */
  interface Record {
    void record(List<Journal.End> ends) throws Exception;
  }

  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, List<Journal.End>> ended = new HashMap<>();
  private final Record record;

  /**
   * @param stages that are to run
   */
  Phases(List<Stage> stages, Record record) {
    stages.forEach(stage -> running.merge(stage.phase(), 1, Integer::sum));
    this.record = record;
  }

  /** Tells that a stage has ended; with the last of its phase all are recorded. */
  synchronized void end(Journal.End end) throws Exception {
    String phase = end.stage().phase();
    List<Journal.End> ends = ended.computeIfAbsent(phase, any -> new ArrayList<>());
    ends.add(end);
    if (running.merge(phase, -1, Integer::sum) == 0) {
      ends.sort(java.util.Comparator.comparingInt(Journal.End::number));
      record.record(ends);
    }
  }
}
