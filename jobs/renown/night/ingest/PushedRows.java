package renown.night.ingest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/**
 * Adapts a reader that pushes rows to an iterator, in bounded memory: the reader has its own thread
 * and blocks while a few batches are waiting.
 */
final class PushedRows implements Iterator<Row> {
  /** Pushes its rows, in order. */
  interface Source {
    void run(Rows rows) throws Exception;
  }

  /** Takes rows, many at a time. */
  interface Rows {
    void accept(Row row);

    /**
     * Tells what the rows since the last call were made of, so that large ones wait in small
     * batches.
     *
     * @param bytes about as many as the rows take
     */
    void weigh(long bytes);
  }

  private static final int BATCH = 1024;
  private static final long BATCH_BYTES = 4L << 20;
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

  /** Collects rows until there are many or they are large. */
  private final class Gathering implements Rows {
    private List<Row> batch = new ArrayList<>(BATCH);
    private long bytes;

    @Override
    public void accept(Row row) {
      batch.add(row);
      if (batch.size() == BATCH) {
        handOn();
      }
    }

    @Override
    public void weigh(long more) {
      bytes += more;
      if (bytes >= BATCH_BYTES && !batch.isEmpty()) {
        handOn();
      }
    }

    private void handOn() {
      put(new Batch(batch, false, null));
      batch = new ArrayList<>(BATCH);
      bytes = 0;
    }
  }

  private void push(Source source) {
    Gathering gathering = new Gathering();
    Throwable failure = null;
    try {
      source.run(gathering);
    } catch (Throwable e) {
      failure = e;
    }
    try {
      put(new Batch(failure == null ? gathering.batch : List.of(), true, failure));
    } catch (IllegalStateException e) {
      // The consumer is gone: the task has ended.
    }
  }

  private void put(Batch batch) {
    try {
      queue.put(batch);
    } catch (InterruptedException e) {
      throw new IllegalStateException("The task that reads this file has ended.", e);
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
          throw new IllegalStateException("The reader thread ended without a result.");
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
