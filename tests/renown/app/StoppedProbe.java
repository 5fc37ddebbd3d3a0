package renown.app;

import java.time.Clock;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine.Command;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RunContext;

/** A process that works until it is stopped, and then complains of it as Spark does. */
final class StoppedProbe {
  @Command(name = "working")
  private static final class Working implements Job {
    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public void run(RunContext context) throws Exception {
      Thread work = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(work::interrupt));
      context.progress().say("working");
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        // When the line is out: what comes before it is a matter of chance.
        Thread.sleep(300);
        LogManager.getLogger(StoppedProbe.class).error("Aborting the job", e);
        throw new IllegalStateException("the session was stopped", e);
      }
    }
  }

  private StoppedProbe() {}

  public static void main(String[] arguments) {
    new Main(List.of(new Working()), System.out, System.err, Clock.systemUTC())
        .runAndExit("working");
  }
}
