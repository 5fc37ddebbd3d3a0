package renown.night;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import renown.run.ConfigKey;
import renown.tables.StageRuns;
import renown.tables.TableSchema;

/**
 * One step of a night. Stages never call each other: they meet at tables, so that a night can go on
 * at any door.
 */
public interface Stage {
  /** One lower-case word. */
  String name();

  /**
   * The phase of the night that the stage is part of: the journal notes the ends of phases, and a
   * run that dies in the middle of one begins it again.
   */
  default String phase() {
    return name();
  }

  /** The configuration keys that the stage reads. */
  List<ConfigKey<?>> keys();

  /** The tables that the stage reads. */
  List<TableSchema> inputs();

  /**
   * The tables that the stage reads as the night before left them: it runs before the stage that
   * writes them.
   */
  default List<TableSchema> inputsOfNightBefore() {
    return List.of();
  }

  /** The tables that the stage writes; no other stage of a night does. */
  List<TableSchema> outputs();

  /** All tables that the stage reads. */
  default Set<TableSchema> read() {
    Set<TableSchema> read = new HashSet<>(inputs());
    read.addAll(inputsOfNightBefore());
    return read;
  }

  /**
   * Whether this stage has to wait until an earlier one has ended: they meet at a table, or one of
   * them reads the journal, which tells of all stages before it and none after.
   */
  default boolean waitsFor(Stage earlier) {
    return !Collections.disjoint(read(), earlier.outputs())
        || !Collections.disjoint(outputs(), earlier.read())
        || read().contains(StageRuns.TABLE)
        || earlier.read().contains(StageRuns.TABLE);
  }

  /**
   * Reads, transforms, checks, writes. Must give the same tables whenever it starts from the same
   * ones; a run that dies in the middle is put back to the start of the phase, which is then
   * repeated.
   */
  void run(Night night) throws Exception;
}
