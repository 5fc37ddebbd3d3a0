package renown.night;

/**
 * What a stage of a night cost; see {@link renown.tables.StageCosts} for units and meaning.
 *
 * @param stage its name
 */
record StageCost(
    String stage,
    long rowsRead,
    long rowsWritten,
    double seconds,
    double cpuSeconds,
    long bytesRead,
    long bytesWritten,
    long bytesShuffled,
    long sqlExecutions,
    long jobs,
    long taskStages,
    long commits,
    long snapshots) {

  /** The values of {@link renown.tables.StageCosts#COLUMNS}, in order. */
  Object[] values() {
    return new Object[] {
      rowsRead,
      rowsWritten,
      seconds,
      cpuSeconds,
      bytesRead,
      bytesWritten,
      bytesShuffled,
      sqlExecutions,
      jobs,
      taskStages,
      commits,
      snapshots
    };
  }

  /** The counts of both together, under the name and with the time of this one. */
  StageCost plus(StageCost other) {
    return new StageCost(
        stage,
        rowsRead + other.rowsRead,
        rowsWritten + other.rowsWritten,
        seconds,
        cpuSeconds,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten,
        bytesShuffled + other.bytesShuffled,
        sqlExecutions + other.sqlExecutions,
        jobs + other.jobs,
        taskStages + other.taskStages,
        commits + other.commits,
        snapshots + other.snapshots);
  }
}
