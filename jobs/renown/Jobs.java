package renown;

import java.util.List;
import renown.audit.AuditStage;
import renown.graph.GraphStage;
import renown.influence.InfluenceStage;
import renown.ingest.IngestStage;
import renown.marts.MartStage;
import renown.night.NightlyJob;
import renown.run.Job;
import renown.scores.ScoreStage;

/** Every job there is, in the order in which the help shows them. */
final class Jobs {
  private Jobs() {}

  static List<Job> all() {
    return List.of(
        new NightlyJob(
            List.of(
                new IngestStage(),
                new GraphStage(),
                new InfluenceStage(),
                new ScoreStage(),
                new MartStage(),
                new AuditStage())));
  }
}
