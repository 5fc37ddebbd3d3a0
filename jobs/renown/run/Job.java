package renown.run;

import java.util.List;
import renown.tables.TableSchema;

/**
 * Something that {@code scripts/submit.sh} can run. An implementation carries picocli's
 * {@code @Command(name, description)} and may have {@code @Option} and {@code @Parameters} fields
 * of its own; {@code --date}, {@code --conf} and {@code --set} are added to each.
 */
public interface Job {
  /** The configuration keys that the job reads. */
  List<ConfigKey<?>> keys();

  /** The tables that the job reads. */
  default List<TableSchema> inputs() {
    return List.of();
  }

  /** The tables that the job writes; each table has one writing stage. */
  default List<TableSchema> outputs() {
    return List.of();
  }

  /**
   * Does the work.
   *
   * @throws RenownException where the user can mend it
   * @throws Exception where something failed that is not the user's doing
   */
  void run(RunContext context) throws Exception;
}
