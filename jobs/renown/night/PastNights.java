package renown.night;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.tables.LoadedFiles;
import renown.tables.StageCosts;
import renown.tables.StageRuns;

/** What the last published nights read and cost, and what another would by these rates. */
final class PastNights {
  /** Older ones tell less of the next: the graph grows. */
  private static final int MOST = 7;

  /**
   * A night.
   *
   * @param bytes of the raw files that it loaded, as stored
   * @param lines in them
   * @param seconds of all stages together
   * @param cpuSeconds likewise
   * @param bytesWritten to tables
   */
  record Cost(
      LocalDate night,
      long bytes,
      long lines,
      double seconds,
      double cpuSeconds,
      long bytesWritten) {}

  private final List<Cost> costs;

  /**
   * @param costs in the order of the nights
   */
  PastNights(List<Cost> costs) {
    this.costs = costs;
  }

  /** The last published nights of a lake of which the journal and the raw files are known. */
  static PastNights of(Lake lake, PublishedNights publications) {
    NavigableMap<Long, long[]> read = new TreeMap<>();
    ColumnRows files =
        lake.files(LoadedFiles.TABLE)
            .read(LoadedFiles.NIGHT, LoadedFiles.SIZE, LoadedFiles.LINE_COUNT);
    for (int i = 0; i < files.size(); i++) {
      long[] sums =
          read.computeIfAbsent(files.longs(LoadedFiles.NIGHT).get(i), night -> new long[2]);
      sums[0] += files.longs(LoadedFiles.SIZE).get(i);
      sums[1] += files.longs(LoadedFiles.LINE_COUNT).get(i);
    }
    NavigableMap<Long, double[]> spent = new TreeMap<>();
    ColumnRows stages =
        lake.files(StageRuns.TABLE)
            .read(
                StageRuns.RUN_ID,
                StageRuns.NIGHT,
                StageRuns.STAGE,
                StageCosts.SECONDS,
                StageCosts.CPU_SECONDS,
                StageCosts.BYTES_WRITTEN);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < stages.size(); i++) {
      long night = stages.longs(StageRuns.NIGHT).get(i);
      String run = stages.texts(StageRuns.RUN_ID).get(i);
      boolean isPublished =
          publications
              .of(LocalDate.ofEpochDay(night))
              .filter(p -> p.runId().equals(run))
              .isPresent();
      // The journal has a row for each table of a stage.
      if (isPublished && seen.add(run + '\n' + stages.texts(StageRuns.STAGE).get(i))) {
        double[] sums = spent.computeIfAbsent(night, any -> new double[3]);
        sums[0] += stages.doubles(StageCosts.SECONDS).get(i);
        sums[1] += stages.doubles(StageCosts.CPU_SECONDS).get(i);
        sums[2] += stages.longs(StageCosts.BYTES_WRITTEN).get(i);
      }
    }
    List<Cost> costs = new ArrayList<>();
    for (var night : spent.descendingMap().entrySet()) {
      long[] sums = read.get(night.getKey());
      if (sums != null && sums[0] > 0 && costs.size() < MOST) {
        double[] sum = night.getValue();
        costs.add(
            0,
            new Cost(
                LocalDate.ofEpochDay(night.getKey()),
                sums[0],
                sums[1],
                sum[0],
                sum[1],
                (long) sum[2]));
      }
    }
    return new PastNights(costs);
  }

  /** In the order of the nights. */
  List<Cost> costs() {
    return costs;
  }

  /**
   * What nights would cost that load so many bytes together: by a fixed part for each night and a
   * part for each byte, the least squares of the past ones, neither below 0. Of one past night, or
   * of nights of equal size, all is taken to follow the bytes.
   *
   * @param nights how many
   * @throws IllegalStateException where there is no past night
   */
  Cost of(int nights, long bytes) {
    if (costs.isEmpty()) {
      throw new IllegalStateException("no past night");
    }
    long allBytes = costs.stream().mapToLong(Cost::bytes).sum();
    double[] seconds = costs.stream().mapToDouble(Cost::seconds).toArray();
    double[] cpuSeconds = costs.stream().mapToDouble(Cost::cpuSeconds).toArray();
    double[] written = costs.stream().mapToDouble(Cost::bytesWritten).toArray();
    long lines = costs.stream().mapToLong(Cost::lines).sum();
    return new Cost(
        null,
        bytes,
        Math.round((double) lines / allBytes * bytes),
        at(seconds, nights, bytes),
        at(cpuSeconds, nights, bytes),
        Math.round(at(written, nights, bytes)));
  }

  private double at(double[] values, int nights, long bytes) {
    int count = values.length;
    double meanBytes = costs.stream().mapToLong(Cost::bytes).average().orElseThrow();
    double meanValue = java.util.Arrays.stream(values).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < count; i++) {
      double distance = costs.get(i).bytes() - meanBytes;
      covariance += distance * (values[i] - meanValue);
      variance += distance * distance;
    }
    if (variance == 0) {
      return meanValue / meanBytes * bytes;
    }
    double perByte = covariance / variance;
    if (perByte <= 0) {
      return meanValue * nights;
    }
    double perNight = meanValue - perByte * meanBytes;
    if (perNight < 0) {
      // Through the origin.
      double products = 0;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        products += values[i] * costs.get(i).bytes();
        squares += (double) costs.get(i).bytes() * costs.get(i).bytes();
      }
      return products / squares * bytes;
    }
    return perNight * nights + perByte * bytes;
  }
}
