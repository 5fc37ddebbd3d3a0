package renown.night;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs stages in their order, or at the same time where they do not wait for one another. */
final class StageOrder {
  /** What is done with a stage. */
  interface Run {
    void run(Stage stage) throws Exception;
  }

  private StageOrder() {}

  /**
   * Runs all stages. After a failure no further stage begins; those that run are waited for.
   *
   * @param stages a stage waits for those before it that {@link Stage#waitsFor} names
   * @param atOnce at most so many at a time; 1 for one after the other
   * @throws Exception the first failure
   */
  static void run(List<Stage> stages, int atOnce, Run run) throws Exception {
    List<Stage> unfinished = new ArrayList<>(stages);
    Map<Future<Void>, Stage> running = new HashMap<>();
    Exception failure = null;
    // New threads, since they inherit the caller's Spark session.
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletionService<Void> ended = new ExecutorCompletionService<>(threads);
      while (true) {
        while (failure == null && running.size() < atOnce) {
          Stage next = startable(unfinished, running);
          if (next == null) {
            break;
          }
          running.put(
              ended.submit(
                  () -> {
                    run.run(next);
                    return null;
                  }),
              next);
        }
        if (running.isEmpty()) {
          break;
        }
        Future<Void> one = ended.take();
        unfinished.remove(running.remove(one));
        try {
          one.get();
        } catch (ExecutionException e) {
          if (failure == null) {
            failure = e.getCause() instanceof Exception cause ? cause : e;
          }
        }
      }
    } finally {
      threads.shutdown();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The first stage that runs not yet and waits for none that is unfinished. */
  private static Stage startable(List<Stage> unfinished, Map<Future<Void>, Stage> running) {
    for (int i = 0; i < unfinished.size(); i++) {
      Stage stage = unfinished.get(i);
      if (!running.containsValue(stage)
          && unfinished.subList(0, i).stream().noneMatch(stage::waitsFor)) {
        return stage;
      }
    }
    return null;
  }
}
