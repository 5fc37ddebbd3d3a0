package renown.ingest;

import java.io.Serializable;

/**
 * One network's dump format. Adding a network is one implementation, one fixture and one line of
 * configuration.
 *
 * <p>Implementations are immutable and without state between lines, so that the order of lines and
 * files cannot matter.
 */
public interface DumpFormat extends Serializable {
  /** The name in configuration, such as {@code bluesky-jetstream}. */
  String name();

  /**
   * Says what a line says.
   *
   * @param bytes a buffer that holds the line, UTF-8, without its line end; only valid during the
   *     call
   * @param offset where the line begins
   * @param length its bytes; never blank
   * @throws RejectedLineException where the line cannot be understood
   */
  void parse(byte[] bytes, int offset, int length, LineSink sink) throws RejectedLineException;
}
