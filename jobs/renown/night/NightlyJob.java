package renown.night;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.dumps.LoadedNames;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.lake.Lake;
import renown.lake.LakeCounts;
import renown.lake.LakeLock;
import renown.lake.Locations;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.JsonFile;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.LoadedFiles;
import renown.tables.Publications;
import renown.tables.TableSchema;
import renown.tables.Tables;

/**
 * Runs a night, and those missed before it, from raw dumps to published tables.
 *
 * <p>A night starts from the table versions of the night before it, as published. The end of each
 * phase is written to a journal with the versions that its stages left. A run that dies is started
 * again by the same command: tables are put back to the last phase that ended, and it goes on from
 * there. Files of marts are written by their stages and committed when all stages have ended, the
 * audit last, so that who simply opens a mart sees a whole night of it. Nothing is seen by readers
 * who follow the publications until the one commit that publishes all versions together.
 *
 * <p>A commit is of one table: Delta has none of several. So a second night makes as many as tables
 * change, 10 of the core, 23 of graph, scores and topics, and 23 marts, beside five ends of phases
 * and the publication: each mart is a promise to those who read it by name, and each of the others
 * differs in grain from its neighbours, or in life (appended, compacted, dropped by file,
 * replaced), so that two in one would be written for the sake of the other. Tables that did not
 * change are not committed; those of a phase that belong together are committed at its end, side by
 * side.
 */
@Command(
    name = "nightly",
    description = {
      "Runs a night and those missed before it: reads new raw files, updates the graph,",
      "ranks, scores, audits, publishes. A night that is published is run again only with --again;",
      "later nights are then rebuilt too. Files that come late are read on the next night."
    })
public final class NightlyJob implements Job {
  static final ConfigKey<Long> STAGES_AT_ONCE =
      ConfigKey.integer(
          "night.stages-at-once",
          1,
          1,
          16,
          "How many stages that do not wait for one another run at the same time: more make a night"
              + " of little data shorter, and want the memory of as many.");

  /** More at once than a run that was put off for a month has to catch up. */
  private static final long FEW_NIGHTS = 31;

  /** Further before the first raw folder a night is a slip of the pen. */
  private static final long DAYS_BEFORE_RAW = 31;

  @Option(names = "--again", description = "Runs the night again though it is published.")
  private boolean again;

  @Option(
      names = "--dry-run",
      description = {
        "Runs no night: tells which are due, the files and bytes that they would read, their"
            + " formats,",
        "what is missing, and what they would cost by the rates of the last nights."
      })
  private boolean isDryRun;

  @Option(
      names = "--profile",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description = {
        "Prints what each stage cost: time, queries, commits, rows, bytes.",
        "With FILE (--profile=FILE) it is also written there as JSON."
      })
  private String profile;

  @Option(
      names = "--most-nights",
      paramLabel = "N",
      description = {
        "Where more nights than this would run, none does and their number is told. Default:",
        FEW_NIGHTS + "."
      })
  private long mostNights = FEW_NIGHTS;

  @Option(
      names = "--withdraw-after",
      paramLabel = "YYYY-MM-DD",
      description = {
        "Runs no night: takes back the nights published after this one, such as of a date that was",
        "mistyped. Readers see this one, or the last before it, again."
      })
  private LocalDate withdrawAfter;

  private final List<Stage> stages;

  /**
   * @param stages in the order in which they run; the last writes the marts
   */
  public NightlyJob(List<Stage> stages) {
    this.stages = stages;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    Set<ConfigKey<?>> keys = new LinkedHashSet<>();
    keys.add(Locations.RAW_ROOT);
    keys.add(Locations.LAKE_ROOT);
    keys.add(LakeLock.LEASE_SECONDS);
    keys.add(STAGES_AT_ONCE);
    stages.forEach(stage -> keys.addAll(stage.keys()));
    return List.copyOf(keys);
  }

  @Override
  public List<TableSchema> inputs() {
    return Tables.ALL;
  }

  @Override
  public List<TableSchema> outputs() {
    return Tables.ALL;
  }

  @Override
  public void run(RunContext context) throws Exception {
    if (mostNights < 1) {
      throw RenownException.configuration(
          "--most-nights %d: give a number of nights from 1.", mostNights);
    }
    LocalDate yesterday = LocalDate.now(context.clock()).minusDays(1);
    LocalDate target = context.date().orElse(yesterday);
    if (withdrawAfter != null) {
      withdraw(context);
      return;
    }
    if (target.isAfter(yesterday)) {
      throw RenownException.configuration(
          "--date %s: that night is not over; the last one that is, is %s (UTC). Give that or an"
              + " earlier one.",
          target, yesterday);
    }
    org.apache.hadoop.fs.Path raw = Locations.readable(Locations.RAW_ROOT, context.config());
    if (isDryRun) {
      tell(target, raw, context);
      return;
    }
    org.apache.hadoop.fs.Path root = Locations.writable(Locations.LAKE_ROOT, context.config());
    Lake lake = new Lake(context.spark(), root.toString()).held();
    List<NightProfile> profiles = new ArrayList<>();
    try (LakeLock lock = LakeLock.take(root, context)) {
      for (LocalDate night : nights(lake, target, raw, context)) {
        profiles.add(run(night, lake, lock, context));
      }
    }
    if (profile != null && !profile.isEmpty()) {
      JsonFile.write(
          profiles.stream().map(NightProfile::toJson).toList(), Path.of(profile), "--profile");
    }
  }

  /** Tells what would be done; the lake is read, if there is one, and nothing is written. */
  private void tell(LocalDate target, org.apache.hadoop.fs.Path raw, RunContext context) {
    Lake lake =
        new Lake(
            context.spark(), Locations.untried(Locations.LAKE_ROOT, context.config()).toString());
    List<LocalDate> nights = nights(lake, target, raw, context);
    PublishedNights publications = PublishedNights.of(lake);
    // What later nights have loaded is loaded again where they are built again.
    LoadedNames loaded =
        publications
            .before(nights.isEmpty() ? target : nights.get(0))
            .map(base -> base.versions().get(LoadedFiles.TABLE.path()))
            .map(version -> LoadedNames.of(lake.filesAt(LoadedFiles.TABLE, version)))
            .orElseGet(LoadedNames::none);
    new DryRun(
            RawFiles.list(raw, context.spark().sessionState().newHadoopConf()),
            loaded,
            context.value(NetworkFormats.FORMATS),
            context.progress())
        .tell(nights, publications.latest().isEmpty(), PastNights.of(lake, publications));
  }

  /** Takes back the nights after one; the tables of a lake follow when the next night runs. */
  private void withdraw(RunContext context) throws Exception {
    if (context.date().isPresent() || again) {
      throw RenownException.configuration(
          "--withdraw-after %s runs no night: leave out --date and --again.", withdrawAfter);
    }
    Lake lake = Lake.open(context, Publications.TABLE).held();
    try (LakeLock lock = LakeLock.take(lake.root(), context)) {
      List<LocalDate> withdrawn = PublishedNights.of(lake).after(withdrawAfter);
      lock.check();
      PublishedNights.withdrawAfter(lake, withdrawAfter);
      context
          .progress()
          .say(
              withdrawn.isEmpty()
                  ? "No night after %s is published."
                  : "Nights published after %s are taken back: %d, from %s to %s.",
              withdrawAfter,
              withdrawn.size(),
              withdrawn.isEmpty() ? "" : withdrawn.get(0),
              withdrawn.isEmpty() ? "" : withdrawn.get(withdrawn.size() - 1));
    }
  }

  /**
   * The nights to run, in order; none where all is published already.
   *
   * @throws RenownException where they are more than somebody is likely to mean
   */
  private List<LocalDate> nights(
      Lake lake, LocalDate target, org.apache.hadoop.fs.Path raw, RunContext context) {
    PublishedNights publications = PublishedNights.of(lake);
    if (publications.before(target.plusDays(1)).isEmpty()) {
      checkFirst(target, raw, context);
    }
    List<LocalDate> nights = nights(publications, target, context);
    if (nights.isEmpty()) {
      return nights;
    }
    LocalDate last = nights.get(nights.size() - 1);
    LocalDate yesterday = LocalDate.now(context.clock()).minusDays(1);
    if (last.isAfter(yesterday)) {
      throw RenownException.configuration(
          "%d nights would run, %s to %s, for the lake holds nights that are not over: take these"
              + " back by nightly --withdraw-after %s, then start this again.",
          nights.size(), nights.get(0), last, yesterday);
    }
    if (nights.size() > mostNights) {
      throw RenownException.configuration(
          "%d nights would run, %s to %s, more than --most-nights %d allows. If that is meant, say"
              + " --most-nights %d; else give another --date.",
          nights.size(), nights.get(0), last, mostNights, nights.size());
    }
    checkBase(lake, publications, nights);
    return nights;
  }

  /**
   * A night begins with the tables of the one before it, and their files may be gone by now: that
   * is told before anything is put back.
   */
  private static void checkBase(Lake lake, PublishedNights publications, List<LocalDate> nights) {
    Optional<Publication> base = publications.before(nights.get(0));
    if (base.isEmpty() || isWhole(lake, base.get())) {
      return;
    }
    for (LocalDate night : nights) {
      if (publications.before(night).filter(before -> isWhole(lake, before)).isPresent()) {
        throw RenownException.configuration(
            "Night %s cannot be run again: maintain has deleted files of the night before it"
                + " (maintain.keep-nights). The earliest that can is %s.",
            nights.get(0), night);
      }
    }
    throw RenownException.configuration(
        "Night %s cannot be run: files of the night before it, %s, are gone. Begin a new lake: set"
            + " lake.root to another folder, and run nightly from the first dumps on.",
        nights.get(0), base.get().date());
  }

  private static boolean isWhole(Lake lake, Publication publication) {
    for (TableSchema table : Tables.OF_A_NIGHT) {
      Long version = publication.versions().get(table.path());
      if (version != null && !lake.isAt(table, version) && !lake.isWhole(table, version)) {
        return false;
      }
    }
    return true;
  }

  /** A night before which nothing is published may be far from all that there is to read. */
  private static void checkFirst(
      LocalDate target, org.apache.hadoop.fs.Path raw, RunContext context) {
    RawFiles.list(raw, context.spark().sessionState().newHadoopConf()).files().stream()
        .map(RawFile::date)
        .min(LocalDate::compareTo)
        .filter(first -> target.isBefore(first.minusDays(DAYS_BEFORE_RAW)))
        .ifPresent(
            first -> {
              throw RenownException.configuration(
                  "--date %s: the first raw folder under %s is dt=%s, so there is nothing to read"
                      + " for long after that night. Give %s or a later one.",
                  target, raw, first, first);
            });
  }

  private List<LocalDate> nights(
      PublishedNights publications, LocalDate target, RunContext context) {
    Optional<Publication> latest = publications.latest();
    if (latest.isEmpty()) {
      return List.of(target);
    }
    LocalDate last = latest.get().date();
    if (target.isAfter(last)) {
      return last.plusDays(1).datesUntil(target.plusDays(1)).toList();
    }
    boolean published = publications.of(target).isPresent();
    if (published && !again) {
      context
          .progress()
          .say(
              "Night %s is published already; --again runs it, and those after it, again.", target);
      return List.of();
    }
    return target.datesUntil(last.plusDays(1)).toList();
  }

  private NightProfile run(LocalDate date, Lake whole, LakeLock lock, RunContext context)
      throws Exception {
    NightProfile costs = new NightProfile(date);
    // A view of its own, so that what is counted is this night's.
    Lake lake = whole.only(Tables.ALL);
    long start = context.clock().millis();
    double startCpu = NightMeter.cpuSeconds();
    try (NightMeter meter = new NightMeter(lake.spark())) {
      run(date, lake, lock, context, meter, costs);
      double seconds = (context.clock().millis() - start) / 1e3;
      double cpuSeconds = NightMeter.cpuSeconds() - startCpu;
      costs.add(
          meter.cost(
              NightMeter.NO_STAGE,
              Math.max(0, seconds - costs.stageSeconds()),
              Math.max(0, cpuSeconds - costs.stageCpuSeconds()),
              costs.outsideStages(lake.counts())),
          new LakeCounts());
      costs.end(seconds, cpuSeconds);
    }
    if (profile != null) {
      costs.print(context.progress());
    }
    return costs;
  }

  private void run(
      LocalDate date,
      Lake lake,
      LakeLock lock,
      RunContext context,
      NightMeter meter,
      NightProfile costs)
      throws Exception {
    PublishedNights publications = PublishedNights.of(lake);
    Optional<Publication> base = publications.before(date);
    long revision = publications.of(date).map(Publication::revision).orElse(0L) + 1;
    String runId = runId(date, revision, base, context.config());
    Journal journal = new Journal(lake, date, runId);
    Lake written = lake.withWaitingMarts();
    Night night =
        new Night(
            date,
            base.map(Publication::date),
            runId,
            written,
            context.config(),
            context.progress());
    context
        .progress()
        .say("Night %s (%s)%s", date, runId, base.map(b -> " after " + b.date()).orElse(""));

    // Null for a table that nobody has written so far.
    Map<String, Long> versions = new HashMap<>();
    Tables.OF_A_NIGHT.forEach(table -> versions.put(table.path(), null));
    base.ifPresent(publication -> versions.putAll(publication.versions()));
    List<Stage> remaining = new ArrayList<>();
    if (!canGoOn(journal, written)) {
      journal.forget();
    }
    for (Stage stage : stages) {
      if (journal.hasEnded(stage)) {
        versions.putAll(journal.versionsAfter(stage));
        context.progress().say("%-28s ended in an earlier attempt at this run", stage.name());
      } else {
        remaining.add(stage);
      }
    }
    PublishedNights.putBack(lake, versions);
    forEachWaiting(
        journal,
        (mart, changes) -> {
          written.await(mart, changes);
          return true;
        });

    Phases phases = new Phases(remaining, ends -> journal.record(ends, written));
    // Only for who watches: what the stages of the night before took tells how long these will.
    Map<String, Double> usual =
        context.progress().isWatched() && base.isPresent()
            ? Journal.secondsByStage(lake, base.get().runId())
            : Map.of();
    StageOrder.run(
        remaining,
        context.value(STAGES_AT_ONCE).intValue(),
        stage -> {
          Night view = night.of(stage);
          StageCost cost = run(stage, view, meter, usual, context);
          costs.add(cost, view.lake().counts());
          Map<String, Long> left = new HashMap<>();
          for (TableSchema table : stage.outputs()) {
            Long before;
            synchronized (versions) {
              before = versions.get(table.path());
            }
            left.put(
                table.path(),
                lake.isAt(table, before) ? before : lake.version(table).orElseThrow());
          }
          synchronized (versions) {
            versions.putAll(left);
          }
          phases.end(new Journal.End(stage, stages.indexOf(stage) + 1, left, cost));
        });
    night.end();
    lock.check();
    versions.putAll(written.commitWaiting());
    List<TableSchema> missing =
        Tables.OF_A_NIGHT.stream()
            .filter(table -> table.isPublished() && versions.get(table.path()) == null)
            .toList();
    lake.create(missing);
    missing.forEach(mart -> versions.put(mart.path(), lake.version(mart).orElseThrow()));
    versions.values().removeIf(Objects::isNull);
    PublishedNights.publish(lake, new Publication(date, revision, runId, versions));
    context.progress().say("Night %s is published (revision %d).", date, revision);
  }

  private interface Waiting {
    boolean isRight(TableSchema mart, List<String> changes);
  }

  /** Tries all changes of marts that stages of an earlier attempt have left to be committed. */
  private boolean forEachWaiting(Journal journal, Waiting trial) {
    for (Stage stage : stages) {
      for (TableSchema table : stage.outputs()) {
        Optional<List<String>> changes = journal.waitingAfter(stage, table);
        if (changes.isPresent() && !trial.isRight(table, changes.get())) {
          return false;
        }
      }
    }
    return true;
  }

  /** An erasure, for one, may have taken away what nobody refers to yet. */
  private boolean canGoOn(Journal journal, Lake lake) {
    return forEachWaiting(journal, lake::canAwait);
  }

  /** Runs one stage; what it cost. */
  private static StageCost run(
      Stage stage, Night view, NightMeter meter, Map<String, Double> usual, RunContext context)
      throws Exception {
    long start = context.clock().millis();
    double startCpu = NightMeter.cpuSeconds();
    meter.begin(stage.name());
    try {
      context
          .progress()
          .step(
              stage.name(),
              new Progress.Gauge(
                  () -> meter.rowsByNow(stage.name()),
                  usual.containsKey(stage.name())
                      ? OptionalDouble.of(usual.get(stage.name()))
                      : OptionalDouble.empty()),
              () -> {
                stage.run(view);
                return meter.rowsRead(stage.name(), view.lake().counts());
              });
    } finally {
      view.endStage();
      meter.begin(NightMeter.NO_STAGE);
    }
    return meter.cost(
        stage.name(),
        (context.clock().millis() - start) / 1e3,
        NightMeter.cpuSeconds() - startCpu,
        view.lake().counts());
  }

  /**
   * The same for the same night, revision, base and settings, wherever the lake lies and however
   * many stages run at once: tables that hold it are the same too.
   */
  private static String runId(
      LocalDate date, long revision, Optional<Publication> base, Config config) {
    StringBuilder text = new StringBuilder();
    config
        .texts()
        .forEach(
            (name, value) -> {
              if (!name.endsWith(".root") && !name.equals(STAGES_AT_ONCE.name())) {
                text.append(name).append('=').append(value).append('\n');
              }
            });
    text.append(base.map(Publication::runId).orElse("none"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return date + "." + revision + "-" + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
