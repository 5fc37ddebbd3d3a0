package renown.night;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renown.lake.LakeCounts;
import renown.run.Progress;
import renown.tables.StageCosts;
import renown.tables.TableColumn;

/** What a night cost, stage by stage: as a table to read and as values for other programs. */
final class NightProfile {
  private final LocalDate night;
  private final List<StageCost> costs = new ArrayList<>();
  private final List<LakeCounts> ofStages = new ArrayList<>();

  private double seconds;
  private double cpuSeconds;

  NightProfile(LocalDate night) {
    this.night = night;
  }

  /** Tells what the whole night took: less than its stages together where some ran at once. */
  synchronized void end(double wallSeconds, double processCpuSeconds) {
    seconds = wallSeconds;
    cpuSeconds = processCpuSeconds;
  }

  /**
   * Adds a stage that ended; stages may end at the same time.
   *
   * @param lake what it did with the lake
   */
  synchronized void add(StageCost cost, LakeCounts lake) {
    costs.add(cost);
    ofStages.add(lake);
  }

  /** What a night did with the lake outside of its stages. */
  synchronized LakeCounts outsideStages(LakeCounts night) {
    return night.without(ofStages);
  }

  /** The counts of all stages added up; time is that of the whole night. */
  synchronized StageCost total() {
    StageCost total = new StageCost("in all", 0, 0, seconds, cpuSeconds, 0, 0, 0, 0, 0, 0, 0, 0);
    for (StageCost cost : costs) {
      total = total.plus(cost);
    }
    return total;
  }

  synchronized double stageSeconds() {
    return costs.stream().mapToDouble(StageCost::seconds).sum();
  }

  synchronized double stageCpuSeconds() {
    return costs.stream().mapToDouble(StageCost::cpuSeconds).sum();
  }

  /** One line per stage and one for all of them. */
  synchronized void print(Progress progress) {
    progress.say(
        "%-12s %8s %8s %7s %6s %7s %8s %9s %11s %11s %9s %9s %9s",
        "stage",
        "wall s",
        "CPU s",
        "queries",
        "jobs",
        "stages",
        "commits",
        "snapshots",
        "rows read",
        "written",
        "MB read",
        "written",
        "shuffled");
    costs.forEach(cost -> print(progress, cost));
    print(progress, total());
    progress.say(
        "peak heap %.0f MB%s",
        peakHeapBytes() / 1e6,
        peakResidentBytes() < 0
            ? ""
            : String.format(", peak resident memory %.0f MB", peakResidentBytes() / 1e6));
  }

  private static void print(Progress progress, StageCost cost) {
    progress.say(
        "%-12s %8.1f %8.1f %7d %6d %7d %8d %9d %,11d %,11d %9.1f %9.1f %9.1f",
        cost.stage(),
        cost.seconds(),
        cost.cpuSeconds(),
        cost.sqlExecutions(),
        cost.jobs(),
        cost.taskStages(),
        cost.commits(),
        cost.snapshots(),
        cost.rowsRead(),
        cost.rowsWritten(),
        cost.bytesRead() / 1e6,
        cost.bytesWritten() / 1e6,
        cost.bytesShuffled() / 1e6);
  }

  /** The same values by the names that they have in the journal. */
  synchronized Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("night", night.toString());
    json.put("process_cpu_seconds", NightMeter.cpuSeconds());
    json.put("peak_heap_bytes", peakHeapBytes());
    json.put("peak_resident_bytes", peakResidentBytes());
    json.put("total", values(total()));
    json.put("stages", costs.stream().map(NightProfile::values).toList());
    return json;
  }

  private static Map<String, Object> values(StageCost cost) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stage", cost.stage());
    Object[] numbers = cost.values();
    for (int i = 0; i < numbers.length; i++) {
      TableColumn column = StageCosts.COLUMNS.get(i);
      values.put(column.name(), numbers[i]);
    }
    return values;
  }

  /** The most that the pools of the heap held, each at its own time: an upper bound. */
  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** The process's high-water mark as Linux counts it; -1 on other systems. */
  private static long peakResidentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
