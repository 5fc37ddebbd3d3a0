package renown.night.score.accounts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import renown.kernels.keys.KeyPrints;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.PostReactions;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Rows for tests, column by column; and one network, x, whose accounts' keys are their numbers. */
final class Given {
  static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  static final long DAY = NIGHT.toEpochDay();
  static final long UNIT = 1L << 30;

  private Given() {}

  static AccountNumbers accounts(int count) {
    long[] keys = new long[count];
    Arrays.setAll(keys, i -> i);
    String[] networks = new String[count];
    Arrays.fill(networks, "x");
    return AccountNumbers.of(keys, networks);
  }

  /** Rows of a table: dates and instants as such, flags as booleans. */
  static ColumnRows rows(TableSchema table, Object[]... rows) {
    return rows(table.columns(), rows);
  }

  /** Columns that a row does not reach to are null in it. */
  static ColumnRows rows(List<TableColumn> columns, Object[]... rows) {
    ColumnRows all = new ColumnRows(columns);
    for (Object[] row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        add(all, columns.get(i), i < row.length ? row[i] : null);
      }
    }
    return all;
  }

  private static void add(ColumnRows rows, TableColumn column, Object value) {
    if (value instanceof String text) {
      rows.texts(column).add(text);
    } else if (value instanceof Double number) {
      rows.doubles(column).add(number);
    } else if (value instanceof Number number) {
      rows.longs(column).add(number.longValue());
    } else if (value instanceof LocalDate date) {
      rows.longs(column).add(date.toEpochDay());
    } else if (value instanceof Instant instant) {
      rows.longs(column).add(micros(instant));
    } else if (value instanceof Boolean flag) {
      rows.longs(column).add(flag);
    } else if (value != null) {
      rows.lists(column).add(value);
    } else {
      switch (column.type().simpleString()) {
        case "string" -> rows.texts(column).addNull();
        case "double" -> rows.doubles(column).addNull();
        case "array<bigint>", "array<string>", "array<double>" -> rows.lists(column).addNull();
        default -> rows.longs(column).addNull();
      }
    }
  }

  static Object[] row(Object... values) {
    return values;
  }

  static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }

  static Instant at(String instant) {
    return Instant.parse(instant);
  }

  /** Verb, actor, target, post, time, change. */
  static Acts acts(AccountNumbers accounts, Object[]... acts) {
    return Acts.of(interactions(acts), accounts);
  }

  /** Verb, actor, target, post, time, change. */
  static ColumnRows interactions(Object[]... acts) {
    return rows(
        List.of(
            Interactions.VERB,
            Interactions.ACTOR_KEY,
            Interactions.TARGET_KEY,
            Interactions.OBJECT_ID,
            Interactions.HAPPENED_AT,
            Interactions.CHANGE),
        acts);
  }

  /**
   * Network, key, id, name, description, creation, followers, following, whether automated, whether
   * verified, time of the profile, first night.
   */
  static ColumnRows profiles(Object[]... profiles) {
    return rows(NightsInMemory.PROFILES, profiles);
  }

  static Object[] increment(long source, long destination, String verb, double acts) {
    return row("x", source, destination, verb, (long) Math.ceil(acts), (long) (acts * UNIT), NIGHT);
  }

  /** Edges of which nothing has decayed: the landmark is the end of the night. */
  static StandingEdges edges(int accounts, Object[]... increments) {
    return edges(accounts, new boolean[accounts], increments);
  }

  static StandingEdges edges(int accounts, boolean[] excluded, Object[]... increments) {
    return new StandingEdges(
        EdgeRows.of(rows(EdgeIncrements.TABLE, increments), accounts(accounts)),
        accounts(accounts),
        excluded,
        new double[] {1.0 / UNIT});
  }

  /** Upper or lower half of the fingerprint of a post of the network. */
  static long print(String post, boolean isUpper) {
    KeyPrints prints = new KeyPrints(1);
    prints.add(0, "x");
    prints.add(0, post);
    return isUpper ? prints.high()[0] : prints.low()[0];
  }

  /** A row of {@code post_reactions}. */
  static Object[] post(String post, long author, Instant postedAt, long units, LocalDate night) {
    return row("x", post, print(post, true), print(post, false), author, postedAt, units, night);
  }

  /** What earlier nights left of posts. */
  record Parts(ColumnRows allPosts, ColumnRows... allReactors) implements Reactions.Parts {
    static final Parts NONE = new Parts(rows(PostReactions.TABLE));

    @Override
    public List<TableReader> reactors() {
      return Arrays.stream(allReactors).<TableReader>map(rows -> columns -> rows).toList();
    }

    @Override
    public List<TableReader> posts() {
      return List.of(columns -> allPosts);
    }

    @Override
    public long[] postCounts() {
      return new long[] {allPosts.size()};
    }
  }
}
