package renown.run;

import java.util.List;
import renown.tables.TableSchema;

/**
 * A job that {@code scripts/submit.sh} can run. Implementations carry picocli's
 * {@code @Command(name, description)} and may have their own {@code @Option} and
 * {@code @Parameters} fields; {@code --date}, {@code --conf} and {@code --set} are added to each.
 */
public interface Job {
  /** The configuration keys that the job reads. */
  List<ConfigKey<?>> keys();

  /** The tables that the job reads. */
  default List<TableSchema> inputs() {
    return List.of();
  }

  /** The tables that the job writes; each table is written by one stage only. */
  default List<TableSchema> outputs() {
    return List.of();
  }

  /**
   * Does the work.
   *
   * @throws RenownException if the user can mend it
   * @throws Exception if something failed that is not the user's doing
   */
  void run(RunContext context) throws Exception;
}
