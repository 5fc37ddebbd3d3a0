package renown.ask.trino;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import renown.ask.sql.PublishedMarts;
import renown.run.RenownException;
import renown.tables.Publications;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Manages two schemas in a Trino catalog: {@value #TABLES} holds the tables of the lake, {@value
 * #SCHEMA} one view per mart at the version that a night published, which is what users query.
 */
final class TrinoViews {
  /** The schema of the views. */
  static final String SCHEMA = "marts";

  /** The schema of the tables, whose latest rows may belong to an unpublished night. */
  static final String TABLES = "lake";

  private static final Pattern LOCATION = Pattern.compile("location = '([^']*)'");

  private final Connection connection;
  private final String catalog;

  /**
   * What the views show.
   *
   * @param night the published night
   * @param revision of its publication
   * @param marts how many views there are
   */
  record Shown(LocalDate night, long revision, int marts) {}

  private record Published(LocalDate night, long revision, Map<String, Long> versions) {}

  TrinoViews(Connection connection, String catalog) {
    this.connection = connection;
    this.catalog = catalog;
  }

  /**
   * How Trino names a place: object stores by the same URI, files by {@code local:}, whose root the
   * catalog sets by {@code local.location}.
   *
   * @param root as {@code lake.root}
   */
  static String location(Path root) {
    URI uri = root.toUri();
    if (uri.getScheme() == null) {
      return "local://" + java.nio.file.Path.of(uri.getPath()).toAbsolutePath().normalize();
    }
    return uri.getScheme().equals("file") ? "local://" + uri.getPath() : root.toString();
  }

  /**
   * Registers what is not registered, and points the views at a night.
   *
   * @param root the lake's root, as Trino names it
   * @param night the last published one if none is given
   * @throws RenownException if the lake has no such night or Trino refuses
   */
  Shown show(String root, Optional<LocalDate> night) {
    // Logs rewritten by erase and lakes recreated in place look unchanged to a cache.
    run("CALL %s.system.flush_metadata_cache()", quoted(catalog));
    run("CREATE SCHEMA IF NOT EXISTS %s", name(TABLES));
    run("CREATE SCHEMA IF NOT EXISTS %s", name(SCHEMA));
    Set<String> registered = names(TABLES);
    if (registered.contains(Publications.TABLE.name()) && !root.equals(registeredRoot())) {
      registered.forEach(this::unregister);
      registered = Set.of();
    }
    register(Publications.TABLE, root, registered);
    Published published = published(night);
    List<TableSchema> marts = PublishedMarts.marts();
    for (TableSchema mart : marts) {
      Long version = published.versions().get(mart.path());
      if (version != null) {
        register(mart, root, registered);
      }
      createView(mart, version);
    }
    comment(marts);
    // Views of removed marts would show an old night forever.
    Set<String> old = new HashSet<>(names(SCHEMA));
    marts.forEach(mart -> old.remove(mart.name()));
    old.stream()
        .filter(view -> view.startsWith("mart_"))
        .forEach(view -> run("DROP VIEW %s", name(SCHEMA, view)));
    return new Shown(published.night(), published.revision(), marts.size());
  }

  private void register(TableSchema table, String root, Set<String> registered) {
    if (!registered.contains(table.name())) {
      run(
          "CALL %s.system.register_table(schema_name => %s, table_name => %s, table_location => %s)",
          quoted(catalog), text(TABLES), text(table.name()), text(root + "/" + table.path()));
    }
  }

  private void unregister(String table) {
    run(
        "CALL %s.system.unregister_table(schema_name => %s, table_name => %s)",
        quoted(catalog), text(TABLES), text(table));
  }

  /** The root of the lake whose tables are registered; empty if unknown. */
  private String registeredRoot() {
    String statement = "SHOW CREATE TABLE " + name(TABLES, Publications.TABLE.name());
    String created = query(statement, rows -> rows.getString(1)).get(0);
    Matcher matcher = LOCATION.matcher(created);
    return matcher.find() ? matcher.group(1).replace("/" + Publications.TABLE.path(), "") : "";
  }

  private Published published(Optional<LocalDate> asked) {
    record Version(LocalDate night, long revision, String path, long version) {}
    List<Version> versions =
        query(
            String.format(
                "SELECT night, revision, table_path, version FROM (SELECT *, rank() OVER (ORDER BY"
                    + " night DESC, revision DESC) AS place FROM %s WHERE %s) WHERE place = 1",
                name(TABLES, Publications.TABLE.name()),
                asked.map(night -> "night = DATE '" + night + "'").orElse("true")),
            rows ->
                new Version(
                    rows.getDate(1).toLocalDate(),
                    rows.getLong(2),
                    rows.getString(3),
                    rows.getLong(4)));
    if (versions.isEmpty()) {
      throw RenownException.configuration(
          "The lake holds no published night%s: run scripts/submit.sh nightly first, or set"
              + " another lake.root or --date.",
          asked.map(night -> " " + night).orElse(""));
    }
    Map<String, Long> byPath = new HashMap<>();
    versions.forEach(one -> byPath.put(one.path(), one.version()));
    return new Published(versions.get(0).night(), versions.get(0).revision(), byPath);
  }

  /** A mart that the night did not have yet is shown empty. */
  private void createView(TableSchema mart, Long version) {
    String rows =
        version == null
            ? mart.columns().stream()
                .map(
                    column ->
                        "CAST(NULL AS " + type(column.type()) + ") AS " + quoted(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"))
            : "SELECT * FROM " + name(TABLES, mart.name()) + " FOR VERSION AS OF " + version;
    run(
        "CREATE OR REPLACE VIEW %s COMMENT %s SECURITY DEFINER AS %s",
        name(SCHEMA, mart.name()), text(mart.purpose() + " Grain: " + mart.grain() + "."), rows);
  }

  /** Views do not inherit column comments. */
  private void comment(List<TableSchema> marts) {
    Map<String, Set<String>> columns = new HashMap<>();
    query(
            String.format(
                "SELECT table_name, column_name FROM %s.information_schema.columns WHERE"
                    + " table_schema = %s",
                quoted(catalog), text(SCHEMA)),
            rows -> List.of(rows.getString(1), rows.getString(2)))
        .forEach(one -> columns.computeIfAbsent(one.get(0), x -> new HashSet<>()).add(one.get(1)));
    for (TableSchema mart : marts) {
      for (TableColumn column : mart.columns()) {
        // A column added later does not exist in earlier nights.
        if (columns.getOrDefault(mart.name(), Set.of()).contains(column.name())) {
          run(
              "COMMENT ON COLUMN %s.%s IS %s",
              name(SCHEMA, mart.name()), quoted(column.name()), text(column.comment()));
        }
      }
    }
  }

  private static String type(DataType type) {
    if (type instanceof ArrayType array) {
      return "array(" + type(array.elementType()) + ")";
    }
    Map<DataType, String> types =
        Map.of(
            DataTypes.StringType, "varchar",
            DataTypes.LongType, "bigint",
            DataTypes.DoubleType, "double",
            DataTypes.BooleanType, "boolean",
            DataTypes.DateType, "date",
            DataTypes.TimestampType, "timestamp(3) with time zone",
            DataTypes.BinaryType, "varbinary");
    return Optional.ofNullable(types.get(type))
        .orElseThrow(() -> new IllegalArgumentException("No type of Trino for " + type.sql()));
  }

  private Set<String> names(String schema) {
    return Set.copyOf(query("SHOW TABLES FROM " + name(schema), rows -> rows.getString(1)));
  }

  private String name(String... parts) {
    return quoted(catalog)
        + "."
        + Arrays.stream(parts).map(TrinoViews::quoted).collect(Collectors.joining("."));
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private void run(String format, String... values) {
    query(String.format(format, (Object[]) values), rows -> null);
  }

  private <T> List<T> query(String sql, Reader<T> reader) {
    try (Statement statement = connection.createStatement()) {
      List<T> read = new ArrayList<>();
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          read.add(reader.read(rows));
        }
      }
      return read;
    } catch (SQLException e) {
      throw RenownException.configuration(
          e, "Trino failed to run \"" + sql + "\": " + e.getMessage().replaceAll("\\s+", " "));
    }
  }
}
