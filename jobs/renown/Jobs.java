package renown;

import java.util.List;
import renown.attention.AttentionStage;
import renown.audience.AudienceStage;
import renown.audit.AuditStage;
import renown.benchmark.BenchmarkJob;
import renown.calibrate.CalibrateJob;
import renown.campaign.CampaignJob;
import renown.credibility.CredibilityStage;
import renown.demo.ClassesJob;
import renown.demo.DemoJob;
import renown.erase.EraseJob;
import renown.evaluate.EvaluateJob;
import renown.generate.GenerateJob;
import renown.graph.GraphStage;
import renown.influence.InfluenceStage;
import renown.ingest.IngestStage;
import renown.marts.MartStage;
import renown.night.NightlyJob;
import renown.night.Stage;
import renown.operations.MaintainJob;
import renown.operations.StatusJob;
import renown.persons.PersonStage;
import renown.reachability.ReachabilityStage;
import renown.report.ReportJob;
import renown.rescore.RescoreJob;
import renown.run.Job;
import renown.scores.ScoreStage;
import renown.spread.SpreadStage;
import renown.sql.RejectsJob;
import renown.sql.SqlJob;
import renown.top.TopJob;
import renown.topics.TopicStage;
import renown.trino.TrinoViewsJob;
import renown.validation.ValidationStage;

/** Every job there is, in the order in which the help shows them. */
public final class Jobs {
  private Jobs() {}

  public static List<Job> all() {
    Job generate = new GenerateJob();
    Job nightly = new NightlyJob(stages());
    return List.of(
        new DemoJob(generate, nightly, System.out),
        nightly,
        new SqlJob(System.out),
        new RejectsJob(System.out),
        new TopJob(System.out),
        new CampaignJob(System.out),
        new ReportJob(),
        new TrinoViewsJob(System.out),
        new StatusJob(System.out),
        new MaintainJob(),
        new EraseJob(),
        generate,
        new CalibrateJob(System.out),
        new RescoreJob(),
        new EvaluateJob(generate, nightly, new NightlyJob(stagesUpToScore()), System.out),
        new BenchmarkJob(generate, new NightlyJob(List.of(new IngestStage()))),
        new ClassesJob());
  }

  /** The stages of a night, in order. */
  public static List<Stage> stages() {
    return List.of(
        new IngestStage(),
        new GraphStage(),
        new CredibilityStage(),
        new InfluenceStage(),
        new AttentionStage(),
        new ScoreStage(),
        new ReachabilityStage(),
        new PersonStage(),
        new TopicStage(),
        new SpreadStage(),
        new AudienceStage(),
        new MartStage(),
        new ValidationStage(),
        new AuditStage());
  }

  /** What a score needs, and nothing that only reads it. */
  private static List<Stage> stagesUpToScore() {
    List<Stage> stages = stages();
    int last = stages.stream().map(Stage::name).toList().indexOf("score");
    return stages.subList(0, last + 1);
  }
}
