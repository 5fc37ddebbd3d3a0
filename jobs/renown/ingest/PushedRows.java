package renown.ingest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/**
 * Turns a reader that pushes rows into an iterator that is pulled from, in bounded memory: the
 * reader runs in a thread of its own and waits while a few batches are waiting to be taken.
 */
final class PushedRows implements Iterator<Row> {
  /** Pushes its rows, in order. */
  interface Source {
    void run(Consumer<Row> rows) throws Exception;
  }

  private static final int BATCH = 1024;
  private static final int WAITING_BATCHES = 4;

  private record Batch(List<Row> rows, boolean last, Throwable failure) {}

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(WAITING_BATCHES);
  private final Thread thread;
  private Batch current = new Batch(List.of(), false, null);
  private int position;

  PushedRows(Source source) {
    TaskContext task = TaskContext.get();
    thread = new Thread(() -> push(source), "renown-raw-lines");
    thread.setDaemon(true);
    thread.start();
    if (task != null) {
      task.addTaskCompletionListener(
          (org.apache.spark.util.TaskCompletionListener) context -> thread.interrupt());
    }
  }

  private void push(Source source) {
    List<Row> batch = new ArrayList<>(BATCH);
    Throwable failure = null;
    try {
      List<List<Row>> holder = new ArrayList<>(List.of(batch));
      source.run(
          row -> {
            holder.get(0).add(row);
            if (holder.get(0).size() == BATCH) {
              put(new Batch(holder.get(0), false, null));
              holder.set(0, new ArrayList<>(BATCH));
            }
          });
      batch = holder.get(0);
    } catch (Throwable e) {
      failure = e;
    }
    try {
      put(new Batch(failure == null ? batch : List.of(), true, failure));
    } catch (IllegalStateException e) {
      // Nobody takes any more: the task is over.
    }
  }

  private void put(Batch batch) {
    try {
      queue.put(batch);
    } catch (InterruptedException e) {
      throw new IllegalStateException("The task that reads this file is over.", e);
    }
  }

  @Override
  public boolean hasNext() {
    while (position == current.rows().size() && !current.last()) {
      try {
        Batch next = queue.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          current = next;
          position = 0;
        } else if (!thread.isAlive() && queue.isEmpty()) {
          throw new IllegalStateException("The reading thread ended without a word.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for rows.", e);
      }
    }
    if (current.failure() != null) {
      throw new IllegalStateException(current.failure());
    }
    return position < current.rows().size();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.rows().get(position++);
  }
}
