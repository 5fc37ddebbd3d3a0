package renown.lab.evaluate;

import java.util.List;

/** Measures one part of the product against a held-out ground truth. */
public interface Suite {
  /** One lower-case word. */
  String name();

  /** What is measured, in one sentence. */
  String description();

  /** Whether it can measure on data given by the caller. */
  default boolean takesData() {
    return false;
  }

  /** Runs the experiment and measures; deterministic. */
  List<Measurement> measure(Laboratory laboratory) throws Exception;
}
