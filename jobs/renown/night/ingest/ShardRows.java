package renown.night.ingest;

import renown.tables.TableSchema;

/** Takes the rows that a shard adds to tables. */
interface ShardRows {
  /**
   * Takes a row.
   *
   * @param values in the order of the table's columns: texts, numbers, days since 1970 as Integer,
   *     times as Long microseconds, lists as String[]
   */
  void add(TableSchema table, Object... values);
}
