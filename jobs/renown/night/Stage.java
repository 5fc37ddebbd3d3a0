package renown.night;

import java.util.List;
import renown.run.ConfigKey;
import renown.tables.TableSchema;

/**
 * One step of a night. Stages never call each other: they meet at tables, so that a night can go on
 * at any door.
 */
public interface Stage {
  /** One lower-case word. */
  String name();

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

  /**
   * Reads, transforms, checks, writes. Must give the same tables whenever it starts from the same
   * ones; a run that dies in the middle is put back to the start of the stage and repeated.
   */
  void run(Night night) throws Exception;
}
