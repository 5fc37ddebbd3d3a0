package renown.night.score.accounts;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A value that tasks read too. Where there are no tasks it stays where it is. */
final class Carried<T> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Null in a task. */
  private final transient T here;

  /** Null where there are no tasks. */
  private final Broadcast<T> sent;

  private Carried(T here, Broadcast<T> sent) {
    this.here = here;
    this.sent = sent;
  }

  /**
   * @param context of the tasks; null for none
   */
  static <T> Carried<T> of(T value, JavaSparkContext context) {
    return new Carried<>(value, context == null ? null : context.broadcast(value));
  }

  T get() {
    return here != null ? here : sent.value();
  }

  /** No task reads it any more. */
  void letGo() {
    if (sent != null) {
      sent.destroy();
    }
  }
}
