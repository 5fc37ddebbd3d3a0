package renown.night.spread;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.AuthorRecords;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.Deletions;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.MartEarlyWarnings;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;

/** What a night's spread is made from, for tests: empty tables but for those that are given. */
final class SpreadTables {
  private final Map<TableSchema, ColumnRows> tables = new HashMap<>();

  SpreadTables with(TableSchema table, ColumnRows rows) {
    tables.put(table, rows);
    return this;
  }

  ColumnRows rows(TableSchema table) {
    return tables.getOrDefault(table, new ColumnRows(table));
  }

  private TableReader reader(TableSchema table) {
    ColumnRows rows = rows(table);
    return columns -> rows;
  }

  SpreadInput input(LocalDate night, LocalDate previous) {
    return new SpreadInput(
        night,
        Optional.ofNullable(previous),
        List.of("bluesky"),
        0.01,
        5,
        100,
        reader(Interactions.TABLE),
        reader(Posts.TABLE),
        reader(Deletions.TABLE),
        reader(Accounts.TABLE),
        (actors, showers) -> Edges.read(reader(EdgeIncrements.TABLE), actors, showers),
        reader(Landmarks.TABLE),
        reader(AccountState.TABLE),
        reader(Communities.TABLE),
        reader(PostReactions.TABLE),
        reader(PostTopics.TABLE),
        reader(CascadeActs.TABLE),
        reader(AuthorRecords.TABLE),
        reader(MartEarlyWarnings.TABLE));
  }
}
