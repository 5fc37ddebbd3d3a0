package renown.lab.evaluate;

import java.util.List;

/** Measures one part of the product against a truth that it did not see. */
public interface Suite {
  /** One lower-case word. */
  String name();

  /** What is measured, in a sentence. */
  String description();

  /** Whether it measures on data that the caller gives. */
  default boolean takesData() {
    return false;
  }

  /** Runs what has to be run and measures; the same numbers each time. */
  List<Measurement> measure(Laboratory laboratory) throws Exception;
}
