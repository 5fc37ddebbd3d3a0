package renown.night.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import renown.dumps.ParsedRecord;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.Posts;
import renown.tables.WaitingInteractions;

/**
 * The output of parsing, before accounts have keys: all kinds of statements in one wide dataset, so
 * that each line is parsed once. Times are microseconds and days integers since 1970 UTC; null
 * means that the line does not say.
 */
final class Parsed {
  private record Field(String name, DataType type, Function<ParsedRecord, Object> value) {}

  private static final DataType TEXT = DataTypes.StringType;
  private static final DataType WHOLE = DataTypes.LongType;
  private static final DataType FLAG = DataTypes.BooleanType;
  private static final DataType TEXTS = DataTypes.createArrayType(TEXT, false);

  private static final List<Field> RECORD =
      List.of(
          new Field("account_id", TEXT, r -> r.accountId),
          new Field("witnessed_micros", WHOLE, r -> r.witnessedAt),
          new Field("record_id", TEXT, r -> r.recordId),
          new Field(
              "record_day",
              DataTypes.IntegerType,
              r -> r.recordDay == ParsedRecord.NO_DAY ? null : r.recordDay),
          new Field("happened_micros", WHOLE, r -> time(r.happenedAt)),
          new Field("verb", TEXT, r -> r.verb == null ? null : r.verb.word()),
          new Field("target_id", TEXT, r -> r.targetAccountId),
          new Field(WaitingInteractions.TARGET_HANDLE.name(), TEXT, r -> r.targetHandle),
          new Field(Interactions.OBJECT_ID.name(), TEXT, r -> r.objectId),
          new Field(Interactions.VIA_ID.name(), TEXT, r -> r.viaId),
          new Field("text", TEXT, r -> r.text),
          new Field(Posts.LANGUAGE.name(), TEXT, r -> r.language),
          new Field(Posts.REPLY_TO_ID.name(), TEXT, r -> r.replyToId),
          new Field(Posts.THREAD_ID.name(), TEXT, r -> r.threadId),
          new Field(Posts.QUOTED_ID.name(), TEXT, r -> r.quotedId),
          new Field(Posts.HASHTAGS.name(), TEXTS, r -> array(r.hashtags)),
          new Field(Posts.LINKS.name(), TEXTS, r -> array(r.links)),
          new Field(Accounts.HANDLE.name(), TEXT, r -> r.handle),
          new Field(Accounts.DISPLAY_NAME.name(), TEXT, r -> r.displayName),
          new Field(Accounts.DESCRIPTION.name(), TEXT, r -> r.description),
          new Field("created_micros", WHOLE, r -> time(r.createdAt)),
          new Field(Accounts.FOLLOWER_COUNT.name(), WHOLE, r -> r.followerCount),
          new Field(Accounts.FOLLOWING_COUNT.name(), WHOLE, r -> r.followingCount),
          new Field(Accounts.POST_COUNT.name(), WHOLE, r -> r.postCount),
          new Field(Accounts.LISTED_COUNT.name(), WHOLE, r -> r.listedCount),
          new Field(Accounts.IS_PROTECTED.name(), FLAG, r -> r.isProtected),
          new Field(Accounts.IS_AUTOMATED.name(), FLAG, r -> r.isAutomated),
          new Field(Accounts.IS_VERIFIED.name(), FLAG, r -> r.isVerified),
          new Field(Accounts.IS_DISCOVERABLE.name(), FLAG, r -> r.isDiscoverable),
          new Field(
              Accounts.STATUS.name(),
              TEXT,
              r -> r.status == null ? null : r.status.name().toLowerCase(Locale.ROOT)),
          new Field(AccountLists.PURPOSE.name(), TEXT, r -> r.purpose));

  /** Columns about the file and line, rather than from the line. */
  private static final List<Field> FILE =
      List.of(
          new Field("path", TEXT, null),
          new Field("slice_start", WHOLE, null),
          new Field("line_number", WHOLE, null),
          new Field("reason", TEXT, null),
          new Field("statement_count", WHOLE, null),
          new Field("own_count", WHOLE, null),
          new Field("checksum", WHOLE, null),
          new Field("line_count", WHOLE, null),
          new Field("blank_count", WHOLE, null),
          new Field("accepted_count", WHOLE, null),
          new Field("ignored_count", WHOLE, null),
          new Field("rejected_count", WHOLE, null));

  /** Columns: network, kind, then those of the statement, then those of the file. */
  static final StructType SCHEMA = schema();

  /** {@code kind} of a rejected line: path, slice_start, line_number and reason are set. */
  static final String REJECT = "reject";

  /** {@code kind} of a count of ignored statements: reason and statement_count are set. */
  static final String IGNORED = "ignored";

  /** {@code kind} of a slice that was read: path, slice_start, checksum and the counts are set. */
  static final String SLICE = "slice";

  private static final int WITNESSED = 1;
  private static final int HAPPENED = 4;

  private static final int OWN =
      2 + RECORD.size() + FILE.stream().map(Field::name).toList().indexOf("own_count");

  private Parsed() {}

  private static StructType schema() {
    StructType schema = new StructType().add("network", TEXT, false).add("kind", TEXT, false);
    for (Field field : RECORD) {
      schema = schema.add(new StructField(field.name, field.type, true, metadata()));
    }
    for (Field field : FILE) {
      schema = schema.add(new StructField(field.name, field.type, true, metadata()));
    }
    return schema;
  }

  private static org.apache.spark.sql.types.Metadata metadata() {
    return org.apache.spark.sql.types.Metadata.empty();
  }

  /**
   * The row of a statement.
   *
   * @param otherwise witness time, microseconds, where the line tells none
   */
  static Row row(String network, ParsedRecord record, long otherwise) {
    return RowFactory.create(values(network, record, otherwise));
  }

  private static Object[] values(String network, ParsedRecord record, long otherwise) {
    Object[] values = new Object[2 + RECORD.size() + FILE.size()];
    values[0] = network;
    values[1] = kind(record.kind);
    for (int i = 0; i < RECORD.size(); i++) {
      values[2 + i] = RECORD.get(i).value.apply(record);
    }
    if (record.witnessedAt == ParsedRecord.NO_TIME) {
      values[2 + WITNESSED] = otherwise;
    }
    if (record.happenedAt == ParsedRecord.NO_TIME && record.kind == ParsedRecord.Kind.INTERACTION) {
      // On the day on which it was shown, and not at the first instant of the next.
      values[2 + HAPPENED] = otherwise - 1;
    }
    return values;
  }

  /**
   * The row of the statement that a line is about: the first of a record, as opposed to those that
   * it brings along. It alone has an own_count, of 1.
   */
  static Row ownRow(String network, ParsedRecord record, long otherwise) {
    Object[] values = values(network, record, otherwise);
    values[OWN] = 1L;
    return RowFactory.create(values);
  }

  /** The row of a rejected line; line number 0 means the file as a whole. */
  static Row reject(String network, String path, long sliceStart, long lineNumber, String reason) {
    return fileRow(network, REJECT, path, sliceStart, lineNumber, reason);
  }

  /** The row of statements ignored by rule. */
  static Row ignored(String network, String rule, long count) {
    return fileRow(network, IGNORED, null, null, null, rule, count);
  }

  /** The row of a slice that was read. */
  static Row slice(
      String network,
      String path,
      long start,
      long checksum,
      long lines,
      long blank,
      long accepted,
      long ignored,
      long rejected) {
    return fileRow(
        network, SLICE, path, start, null, null, null, null, checksum, lines, blank, accepted,
        ignored, rejected);
  }

  private static Row fileRow(String network, String kind, Object... told) {
    Object[] values = new Object[2 + RECORD.size() + FILE.size()];
    values[0] = network;
    values[1] = kind;
    System.arraycopy(told, 0, values, 2 + RECORD.size(), told.length);
    return RowFactory.create(values);
  }

  static String kind(ParsedRecord.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The statements of a kind. */
  static Dataset<Row> of(Dataset<Row> parsed, ParsedRecord.Kind kind) {
    return parsed.where(col("kind").equalTo(kind(kind)));
  }

  /** Microseconds as a timestamp; null stays null. */
  static Column instant(String micros) {
    return org.apache.spark.sql.functions.timestamp_micros(col(micros));
  }

  /** Days since 1970 as a date; null stays null. */
  static Column day(String days) {
    return org.apache.spark.sql.functions.date_from_unix_date(col(days));
  }

  private static Long time(long micros) {
    return micros == ParsedRecord.NO_TIME ? null : micros;
  }

  private static Object array(List<String> texts) {
    return texts == null ? null : texts.toArray(new String[0]);
  }
}
