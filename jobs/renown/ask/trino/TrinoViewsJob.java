package renown.ask.trino;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Publications;
import renown.tables.TableSchema;

/** Points the views in Trino, and so the BI tools, at a published night. */
@Command(
    name = "trino-views",
    description = {
      "Registers the lake's marts in a Trino server and points its views at the last"
          + " published night (or",
      "that of --date). Run it after each nightly, maintain and erase. The required catalog"
          + " is in",
      "conf/trino. The password, if any, comes from the environment variable TRINO_PASSWORD."
    })
public final class TrinoViewsJob implements Job {
  private static final String PREFIX = "jdbc:trino://";

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description =
          "Server and catalog, such as jdbc:trino://trino.example.org:443/renown?SSL=true.")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "renown",
      description = "Owner of the views. Default: ${DEFAULT-VALUE}.")
  private String user;

  private final PrintStream out;

  /**
   * @param out if it is told what the views show
   */
  public TrinoViewsJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return Stream.concat(Stream.of(Publications.TABLE), PublishedMarts.marts().stream()).toList();
  }

  @Override
  public void run(RunContext context) {
    if (!url.startsWith(PREFIX)) {
      throw RenownException.configuration(
          "--url: it must begin with %s, followed by host, port and catalog.", PREFIX);
    }
    String location = TrinoViews.location(Locations.untried(Locations.LAKE_ROOT, context.config()));
    Properties login = new Properties();
    login.setProperty("user", user);
    Optional.ofNullable(System.getenv("TRINO_PASSWORD"))
        .filter(password -> !password.isEmpty())
        .ifPresent(password -> login.setProperty("password", password));
    try (Connection connection = DriverManager.getConnection(url, login)) {
      String catalog = connection.getCatalog();
      if (catalog == null) {
        throw RenownException.configuration(
            "--url names no catalog: append one that is connected to the lake, such as"
                + " /renown.");
      }
      TrinoViews.Shown shown = new TrinoViews(connection, catalog).show(location, context.date());
      out.printf(
          "Views now show night %s (revision %d): %s.%s, %d marts.%n",
          shown.night(), shown.revision(), catalog, TrinoViews.SCHEMA, shown.marts());
    } catch (SQLException e) {
      // The driver's message may contain the URL, and with it a password.
      throw RenownException.configuration(
          e, "--url: rejected by the Trino driver (" + e.getClass().getSimpleName() + ").");
    }
  }
}
