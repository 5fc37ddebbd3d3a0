package renown.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs independent steps concurrently. A small step mostly waits for storage or for the last task
 * of a job, and other steps can use that time.
 */
public final class Together {
  /** A step. */
  public interface Step {
    void run() throws Exception;
  }

  private static final int MOST_AT_A_TIME = 8;

  private Together() {}

  /**
   * Runs all steps, eight at a time, and waits for all of them, also where one fails.
   *
   * @throws Exception what the first of the failed steps, in their order, has thrown
   */
  public static void run(Step... steps) throws Exception {
    run(List.of(steps));
  }

  /** As {@link #run(Step...)}; without a step there is nothing to wait for. */
  public static void run(List<Step> steps) throws Exception {
    if (steps.isEmpty()) {
      return;
    }
    // New threads, because they inherit the caller's Spark session.
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(steps.size(), MOST_AT_A_TIME));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(
            threads.submit(
                () -> {
                  step.run();
                  return null;
                }));
      }
      Exception failure = null;
      for (Future<?> one : running) {
        try {
          one.get();
        } catch (ExecutionException e) {
          if (failure == null) {
            failure = e.getCause() instanceof Exception cause ? cause : e;
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      threads.shutdown();
    }
  }
}
