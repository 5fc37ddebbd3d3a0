package renown.operate.rescore;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.Locations;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.score.accounts.ScoreStage;
import renown.night.score.model.ModelKeys;
import renown.night.score.points.CandidateScores;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.AccountState;
import renown.tables.MartCandidateScores;
import renown.tables.TableSchema;

/** Scores past nights with another model, next to their published scores. */
@Command(
    name = "rescore",
    description = {
      "Recomputes the scores of published nights with the weights of a model file from"
          + " calibrate, using",
      "the term values stored for those nights; no dumps are read. Writes one row per"
          + " account, night and",
      "model to mart_candidate_scores, as score.candidate-model does each night. Published"
          + " scores do not",
      "change. Cannot run during a night: whichever starts second stops with exit code 5."
    })
public final class RescoreJob implements Job {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model file, written by calibrate.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "First night. Default: the earliest that can still be read.")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last night. Default: the latest.")
  private LocalDate to;

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        Locations.LAKE_ROOT,
        LakeLock.LEASE_SECONDS,
        ScoreStage.LEAST_ACTORS,
        ScoreStage.LEAST_CREDIBLE);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(renown.tables.Publications.TABLE, AccountState.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(MartCandidateScores.TABLE);
  }

  @Override
  public void run(RunContext context) throws Exception {
    Config model = ModelKeys.read(file);
    if (from != null && to != null && from.isAfter(to)) {
      throw RenownException.configuration("--from %s is after --to %s.", from, to);
    }
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE).held();
    try (LakeLock lock = LakeLock.take(lake.root(), context)) {
      PublishedNights publications = PublishedNights.of(lake);
      Publication last = publications.latest().orElseThrow(() -> lake.lacking("published night"));
      Map<String, Long> versions = new HashMap<>(last.versions());
      if (!lake.isAt(AccountState.TABLE, versions.get(AccountState.TABLE.path()))) {
        throw RenownException.configuration(
            "The night after %s was started and is not finished: run scripts/submit.sh"
                + " nightly first.",
            last.date());
      }
      // A failed attempt may have left unpublished rows.
      String path = MartCandidateScores.TABLE.path();
      PublishedNights.putBack(lake, new HashMap<>(Map.of(path, versions.get(path))));
      int nights = rescore(lake, publications, model, context);
      lock.check();
      if (nights > 0) {
        versions.put(path, lake.version(MartCandidateScores.TABLE).orElseThrow());
        PublishedNights.publishMoved(lake, last, versions);
      }
      context
          .progress()
          .say(
              "%d nights were scored with model %d, in mart_candidate_scores.",
              nights, model.value(ModelKeys.MODEL_VERSION));
    }
  }

  /** The number of nights that could be scored. */
  private int rescore(Lake lake, PublishedNights publications, Config model, RunContext context)
      throws Exception {
    long version = model.value(ModelKeys.MODEL_VERSION);
    int count = 0;
    Optional<Publication> night =
        to == null ? publications.latest() : publications.before(to.plusDays(1));
    while (night.isPresent() && (from == null || !night.get().date().isBefore(from))) {
      LocalDate date = night.get().date();
      Long earnedVersion = night.get().versions().get(AccountState.TABLE.path());
      if (earnedVersion == null || !lake.isWhole(AccountState.TABLE, earnedVersion)) {
        context
            .progress()
            .say(
                "Night %s and those before it can no longer be read: see"
                    + " maintain.keep-nights.",
                date);
        return count;
      }
      Dataset<Row> earned = CandidateScores.earned(lake.readAt(AccountState.TABLE, earnedVersion));
      if (CandidateScores.isOf(earned, version)) {
        context.progress().say("Night %s was scored with model %d.", date, version);
      } else {
        Dataset<Row> candidates = CandidateScores.underModel(earned, model).persist();
        CandidateScores.replace(
            lake,
            candidates,
            context.value(ScoreStage.LEAST_ACTORS),
            context.value(ScoreStage.LEAST_CREDIBLE),
            date);
        candidates.unpersist();
        count++;
      }
      night = publications.before(date);
    }
    return count;
  }
}
