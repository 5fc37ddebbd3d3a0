package renown.dumps;

import java.io.Serializable;
import java.util.List;

/**
 * One network's dump format. Adding a network takes one implementation, one fixture and one line of
 * configuration.
 *
 * <p>Implementations are immutable and keep no state between lines, so that the order of lines and
 * files cannot matter.
 */
public interface DumpFormat extends Serializable {
  /** The name in configuration, such as {@code bluesky-jetstream}. */
  String name();

  /**
   * What its lines say of whose attention goes to whom, for people to read: every verb that it
   * gives, and no other. Empty for the formats of single files, whose verbs their network's tells.
   */
  default List<VerbMeaning> verbMeanings() {
    return List.of();
  }

  /**
   * Says what a line says.
   *
   * @param bytes a buffer that holds the line, UTF-8, without its line end; only valid during the
   *     call
   * @param offset where the line begins
   * @param length its bytes; never blank
   * @throws RejectedLineException if the line cannot be understood
   */
  void parse(byte[] bytes, int offset, int length, LineSink sink) throws RejectedLineException;

  /**
   * An account's id as this format's lines come out with it.
   *
   * @param id as somebody typed it, in a list of accounts or on the command line
   */
  default String accountId(String id) {
    return id;
  }

  /**
   * Whether lines may tell an account by its handle alone. Its id is then {@code @} and the handle
   * in small letters, and a night puts the account in its place that had the handle at the time, as
   * far as other lines tell.
   */
  default boolean namesAccounts() {
    return false;
  }

  /**
   * Whether its files are JSON, whose values may take several lines or share one. They are found
   * first, so that {@link #parse} is given one value; elements of an array are values of their own.
   */
  default boolean isJson() {
    return true;
  }

  /** Whether an array is one value all the same, since its elements name each other. */
  default boolean areArraysWhole() {
    return false;
  }

  /**
   * The name of a member of an archive that tells what the lines of the others belong to; null
   * where there is no such thing.
   */
  default String contextMember() {
    return null;
  }

  /**
   * Whether a file outside of an archive says nothing without {@link #contextMember}, which is then
   * looked for beside it.
   *
   * @param path relative to the raw root
   */
  default boolean needsContext(String path) {
    return false;
  }

  /**
   * The format for the members of an archive, or for a file that needs context.
   *
   * @param member the content of {@link #contextMember}
   * @throws RejectedLineException if it is not what it should be; then nothing is known of what the
   *     others belong to
   */
  default DumpFormat inContext(byte[] member) throws RejectedLineException {
    return this;
  }

  /**
   * The format of a file, where its name tells more than its lines do.
   *
   * @param path relative to the raw root, with the folders around it; of a member of an archive
   *     behind the archive's path
   */
  default DumpFormat inFile(String path) {
    return this;
  }
}
