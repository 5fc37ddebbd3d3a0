package renown.ask.export;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import renown.ask.sql.OutputPath;

/** Takes first all accounts, then all edges, each in its order. */
interface GraphWriter extends AutoCloseable {
  /**
   * @param account its key first, then the fields
   */
  void account(Row account) throws IOException;

  /**
   * @param edge keys of source and target first, then the fields
   */
  void edge(Row edge) throws IOException;

  /** Ends the files. */
  @Override
  void close() throws IOException;

  /**
   * What is written.
   *
   * @param output a file, or a folder of two
   * @param night as 2026-01-31
   * @param accounts fields of accounts
   * @param edges fields of edges
   */
  record Target(
      OutputPath output,
      String night,
      List<Field> accounts,
      List<Field> edges,
      Configuration hadoop) {}

  /** Where accounts and edges lie in a folder. */
  static String accountsFile(String extension) {
    return "accounts." + extension;
  }

  /** Likewise. */
  static String edgesFile(String extension) {
    return "edges." + extension;
  }
}
