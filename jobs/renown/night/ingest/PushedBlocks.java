package renown.night.ingest;

import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.spark.TaskContext;

/**
 * Adapts a reader that pushes blocks to an iterator, in bounded memory: the reader has its own
 * thread and waits while a block is waiting.
 */
final class PushedBlocks implements Iterator<ParsedBlock> {
  /** Pushes its blocks, in order. */
  interface Source {
    void run(Consumer<ParsedBlock> blocks) throws Exception;
  }

  private record Item(ParsedBlock block, Throwable failure) {}

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private Item current;

  /**
   * @param cpu takes the nanoseconds that the reader's thread computed
   */
  PushedBlocks(Source source, LongConsumer cpu) {
    TaskContext task = TaskContext.get();
    thread = new Thread(() -> push(source, cpu), "renown-raw-lines");
    thread.setDaemon(true);
    thread.start();
    if (task != null) {
      task.addTaskCompletionListener(
          (org.apache.spark.util.TaskCompletionListener) context -> thread.interrupt());
    }
  }

  private void push(Source source, LongConsumer cpu) {
    Throwable failure = null;
    try {
      source.run(block -> put(new Item(block, null)));
    } catch (Throwable e) {
      failure = e;
    }
    cpu.accept(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    try {
      put(new Item(null, failure));
    } catch (IllegalStateException e) {
      // The consumer is gone: the task has ended.
    }
  }

  private void put(Item item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      throw new IllegalStateException("The task that reads this file has ended.", e);
    }
  }

  @Override
  public boolean hasNext() {
    while (current == null) {
      try {
        current = queue.poll(1, TimeUnit.SECONDS);
        if (current == null && !thread.isAlive() && queue.isEmpty()) {
          throw new IllegalStateException("The reader thread ended without a result.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for lines.", e);
      }
    }
    if (current.failure != null) {
      throw new IllegalStateException(current.failure);
    }
    return current.block != null;
  }

  @Override
  public ParsedBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ParsedBlock block = current.block;
    current = null;
    return block;
  }
}
