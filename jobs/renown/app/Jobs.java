package renown.app;

import java.util.List;
import renown.app.demo.ClassesJob;
import renown.app.demo.DemoJob;
import renown.ask.account.AccountJob;
import renown.ask.account.CompareJob;
import renown.ask.campaign.CampaignJob;
import renown.ask.connect.ConnectJob;
import renown.ask.export.ExportJob;
import renown.ask.report.ReportJob;
import renown.ask.sql.RejectsJob;
import renown.ask.sql.SqlJob;
import renown.ask.top.TopJob;
import renown.ask.topics.TopicsJob;
import renown.ask.trino.TrinoViewsJob;
import renown.lab.benchmark.BenchmarkJob;
import renown.lab.calibrate.CalibrateJob;
import renown.lab.evaluate.EvaluateJob;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.night.Stage;
import renown.night.audience.AudienceStage;
import renown.night.ingest.IngestStage;
import renown.night.publish.audit.AuditStage;
import renown.night.publish.marts.MartStage;
import renown.night.publish.validation.ValidationStage;
import renown.night.score.accounts.ScoreStage;
import renown.night.score.persons.PersonStage;
import renown.night.score.response.ResponseStage;
import renown.night.spread.SpreadStage;
import renown.night.topics.TopicStage;
import renown.operate.DoctorJob;
import renown.operate.MaintainJob;
import renown.operate.StatusJob;
import renown.operate.erase.EraseJob;
import renown.operate.rescore.RescoreJob;
import renown.run.Job;

/** All jobs, in the order of the help. */
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
        new AccountJob(System.out),
        new CompareJob(System.out),
        new TopJob(System.out),
        new TopicsJob(System.out),
        new CampaignJob(System.out),
        new ReportJob(),
        new ExportJob(),
        new ConnectJob(System.out),
        new TrinoViewsJob(System.out),
        new StatusJob(System.out),
        new DoctorJob(System.out),
        new MaintainJob(),
        new EraseJob(),
        generate,
        new CalibrateJob(System.out),
        new RescoreJob(),
        new EvaluateJob(generate, nightly, new NightlyJob(stagesUpToScore()), System.out),
        new BenchmarkJob(generate, new NightlyJob(List.of(new IngestStage()))),
        new ClassesJob(generate, nightly));
  }

  /** The stages of a night, in order. */
  public static List<Stage> stages() {
    return List.of(
        new IngestStage(),
        new ScoreStage(),
        new ResponseStage(),
        new PersonStage(),
        new TopicStage(),
        new SpreadStage(),
        new AudienceStage(),
        new MartStage(),
        new ValidationStage(),
        new AuditStage());
  }

  /** The stages that scores depend on, without those that only read them. */
  private static List<Stage> stagesUpToScore() {
    List<Stage> stages = stages();
    int last = stages.stream().map(Stage::name).toList().indexOf("score");
    return stages.subList(0, last + 1);
  }
}
