package renown.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.run.Secrets;
import renown.run.Sessions;

/** Parses a command line into a job and maps its outcome to an exit code. */
@Command(
    name = "scripts/submit.sh",
    description = "Nightly, explainable influence scores over full social graphs.",
    footer = {
      "",
      "Exit codes: 0 success, 1 failure, 2 invalid arguments or configuration, 3 bad input"
          + " data,",
      "4 audit failed (nothing published), 5 another run holds the lake.",
      "Arguments after -- are passed to spark-submit."
    })
public final class Main {
  private static final String STOPPED =
      "renown: stopped, by ctrl-C or a signal. What was published stands; the same command again"
          + " goes on from what is done.";

  /** The options that every job has. */
  static final class CommonOptions {
    @Option(
        names = "--date",
        paramLabel = "YYYY-MM-DD",
        description =
            "The night (UTC day). Default: yesterday; for jobs that read, the last published one.")
    private LocalDate date;

    @Option(names = "--night", paramLabel = "YYYY-MM-DD", description = "The same as --date.")
    void night(LocalDate night) {
      date = night;
    }

    @Option(
        names = "--conf",
        paramLabel = "FILE",
        description = "Properties file. Default: conf/local.properties.")
    private Path file;

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "A configuration key; overrides the file. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--help", usageHelp = true, description = "Shows this help.")
    private boolean help;
  }

  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  private boolean help;

  private final List<Job> jobs;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  /** Spark where it is there already and stays when the job has ended. */
  private final Optional<Supplier<SparkSession>> running;

  /**
   * The command line of some jobs, also for programs that bring their own.
   *
   * @param out where results go
   * @param err where messages go
   */
  public Main(List<Job> jobs, PrintStream out, PrintStream err, Clock clock) {
    this(jobs, out, err, clock, Optional.empty());
  }

  Main(
      List<Job> jobs,
      PrintStream out,
      PrintStream err,
      Clock clock,
      Optional<Supplier<SparkSession>> running) {
    this.jobs = jobs;
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.running = running;
  }

  /** Runs one job; see {@link ExitCode} for the outcomes. */
  public static void main(String[] arguments) {
    Main main = new Main(Jobs.all(), System.out, System.err, Clock.systemUTC());
    main.runAndExit(arguments);
  }

  /** Runs one job and ends the process; where somebody stops it meanwhile, one line says so. */
  void runAndExit(String... arguments) {
    AtomicBoolean ended = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!ended.get()) {
                    silence();
                    err.println(STOPPED);
                    err.flush();
                  }
                },
                "stopped"));
    int code = run(arguments);
    out.flush();
    if (!isStopping()) {
      ended.set(true);
    }
    System.exit(code);
  }

  /** Spark is taken down beneath the work that goes on: what it complains of is no news. */
  private static void silence() {
    LogManager.shutdown();
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
  }

  /** Whether the process is being ended from outside. */
  private static boolean isStopping() {
    Thread probe = new Thread(() -> {}, "probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Runs one job and gives its exit code. */
  public int run(String... arguments) {
    try {
      return execute(arguments).code();
    } catch (Exception e) {
      if (isStopping()) {
        return ExitCode.FAILED.code();
      }
      // What a task throws on an executor arrives wrapped in Spark's own exceptions.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof RenownException ours) {
          err.println("renown: " + Progress.visible(ours.getMessage()));
          return ours.exitCode().code();
        }
      }
      err.println(
          "renown: unexpected error, a bug or an external failure; please report the"
              + " following.");
      e.printStackTrace(err);
      return ExitCode.FAILED.code();
    }
  }

  private ExitCode execute(String... arguments) throws Exception {
    CommandLine root = new CommandLine(this);
    for (Job job : jobs) {
      CommandLine command = new CommandLine(job);
      command.addMixin("common", new CommonOptions());
      command.getCommandSpec().usageMessage().footer(keyHelp(job));
      root.addSubcommand(command);
    }
    root.registerConverter(LocalDate.class, Main::day);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    if (arguments.length > 0
        && !arguments[0].startsWith("-")
        && !root.getSubcommands().containsKey(arguments[0])) {
      throw RenownException.configuration(
          "There is no job \"%s\"; the jobs are: %s.",
          arguments[0],
          root.getSubcommands().entrySet().stream()
              .filter(job -> !job.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey)
              .collect(Collectors.joining(", ")));
    }
    CommandLine.ParseResult parsed;
    try {
      parsed = root.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw RenownException.configuration("%s Try scripts/submit.sh --help.", mistake(e));
    }
    if (!parsed.hasSubcommand()) {
      root.usage(out);
      return parsed.isUsageHelpRequested() ? ExitCode.DONE : ExitCode.BAD_CONFIGURATION;
    }
    CommandLine command = parsed.subcommand().commandSpec().commandLine();
    if (command.isUsageHelpRequested()) {
      command.usage(out);
      return ExitCode.DONE;
    }
    Job job = command.getCommand();
    CommonOptions options = (CommonOptions) command.getMixins().get("common");
    Secrets.refuse(options.settings.keySet());
    Config config =
        Config.load(knownKeys(), job.keys(), Optional.ofNullable(options.file), options.settings);
    // scripts/submit.sh checks whether standard error is a terminal; Java cannot.
    Optional<PrintStream> terminal =
        Optional.ofNullable(System.getenv("RENOWN_TERMINAL")).map(yes -> err);
    try (Sessions sessions = new Sessions(config, job)) {
      Supplier<SparkSession> spark = running.orElse(sessions::session);
      job.run(
          new RunContext(
              config,
              Optional.ofNullable(options.date),
              clock,
              new Progress(out, clock, terminal, columns()),
              spark));
    }
    return ExitCode.DONE;
  }

  /** Of the terminal, as the script found it. */
  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : 80;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "\"" + text + "\" is not a day; write it as 2026-01-31");
    }
  }

  private Set<ConfigKey<?>> knownKeys() {
    Set<ConfigKey<?>> keys = new LinkedHashSet<>();
    jobs.forEach(job -> keys.addAll(job.keys()));
    return keys;
  }

  private static String[] keyHelp(Job job) {
    return job.keys().stream()
        .map(
            key ->
                String.format(
                    "  %s = %s%n      %s (%s)",
                    key.name(),
                    key.defaultText().orElse("(must be given)"),
                    key.help(),
                    key.range()))
        .map(text -> text.replace("%", "%%"))
        .toArray(String[]::new);
  }

  /** A mistyped option may be the missing required one, so report it first. */
  private static String mistake(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    Optional<String> unknown =
        command.getUnmatchedArguments().stream()
            .filter(argument -> argument.startsWith("--"))
            .map(argument -> argument.replaceFirst("=.*", ""))
            .findFirst();
    boolean isOfNames =
        e instanceof CommandLine.UnmatchedArgumentException
            || e instanceof CommandLine.MissingParameterException;
    if (unknown.isEmpty() || !isOfNames) {
      return sentence(e.getMessage());
    }
    return "There is no option %s; the nearest is %s."
        .formatted(
            unknown.get(),
            Config.nearest(unknown.get(), command.getCommandSpec().optionsMap().keySet()));
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }
}
