package renown.operate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.Locations;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RunContext;
import renown.run.Together;
import renown.tables.PostTexts;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Compacts the lake's files and deletes history beyond its retention. */
@Command(
    name = "maintain",
    description = {
      "Compacts small files of all tables into larger ones, clustered for common queries, and"
          + " deletes",
      "files that are needed neither by the retained nights (maintain.keep-nights) nor by the"
          + " last as many",
      "days. Rows do not change, and a second run has nothing to do. Run it once a week."
          + " Cannot run",
      "during a night: whichever starts second stops with exit code 5."
    })
public final class MaintainJob implements Job {
  /** The validation reads the night 28 days ago. */
  static final ConfigKey<Long> KEEP_NIGHTS =
      ConfigKey.integer(
          "maintain.keep-nights",
          35,
          29,
          3650,
          "Retention of published nights: how many stay readable and can be run again after"
              + " maintain. Files no longer in use are kept for at least as many days.");

  static final ConfigKey<Long> KEEP_TEXT_NIGHTS =
      ConfigKey.integer(
          "maintain.keep-text-nights",
          7,
          7,
          3650,
          "The same for post texts: texts stay in old files this many nights beyond"
              + " retention.text-days. Older nights cannot be run again.");

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT, LakeLock.LEASE_SECONDS, KEEP_NIGHTS, KEEP_TEXT_NIGHTS);
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
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE).held();
    try (LakeLock lock = LakeLock.take(lake.root(), context)) {
      PublishedNights publications = PublishedNights.of(lake);
      Publication last = publications.latest().orElseThrow(() -> lake.lacking("published night"));
      Map<String, Long> versions = new HashMap<>(last.versions());
      List<TableSchema> tables =
          Tables.ALL.stream()
              .filter(
                  t -> versions.containsKey(t.path()) || t.floor().equals("runs") && lake.has(t))
              .toList();
      // What a failed night left behind cannot be trusted.
      PublishedNights.putBack(lake, versions);
      compact(lake, tables, versions, context);
      lock.check();
      publish(lake, last, versions, context);
      // What nobody reads now may be read by who has taken the lake meanwhile.
      lock.check();
      vacuum(lake, tables, publications, context);
    }
  }

  /** Leaves in {@code versions} those that the tables have then. */
  private static void compact(
      Lake lake, List<TableSchema> tables, Map<String, Long> versions, RunContext context)
      throws Exception {
    Map<String, Long> compacted = new ConcurrentHashMap<>();
    together(
        tables,
        table -> {
          lake.keep(table, keptNights(table, context));
          lake.compact(table);
          compacted.put(table.path(), lake.version(table).orElseThrow());
        });
    versions.replaceAll(compacted::getOrDefault);
  }

  private static void publish(
      Lake lake, Publication last, Map<String, Long> versions, RunContext context)
      throws IOException {
    if (versions.equals(last.versions())) {
      context.progress().say("Nothing to do: all tables are compact.");
      return;
    }
    PublishedNights.publishMoved(lake, last, versions);
    context
        .progress()
        .say(
            "%d of %d tables were rewritten; night %s is published as revision %d.",
            versions.entrySet().stream()
                .filter(entry -> !last.versions().get(entry.getKey()).equals(entry.getValue()))
                .count(),
            versions.size(),
            last.date(),
            last.revision() + 1);
  }

  private static void vacuum(
      Lake lake, List<TableSchema> tables, PublishedNights publications, RunContext context)
      throws Exception {
    Instant now = context.clock().instant();
    AtomicInteger vacuumed = new AtomicInteger();
    AtomicInteger leftAlone = new AtomicInteger();
    together(
        tables,
        table -> {
          long nights = keptNights(table, context);
          Duration kept = Duration.ofDays(nights);
          if (needed(lake, table, publications, nights, now).compareTo(kept) >= 0) {
            leftAlone.incrementAndGet();
          } else if (age(lake.followedAt(table, -1), now).compareTo(kept) >= 0) {
            lake.vacuum(table);
            vacuumed.incrementAndGet();
          }
        });
    context.progress().say("Deleted unused files of %d tables.", vacuumed.get());
    if (leftAlone.get() > 0) {
      context
          .progress()
          .say(
              "%d tables keep all files, because retained nights still need old versions.",
              leftAlone.get());
    }
  }

  private static long keptNights(TableSchema table, RunContext context) {
    return context.value(table == PostTexts.TABLE ? KEEP_TEXT_NIGHTS : KEEP_NIGHTS);
  }

  /**
   * How long removed files have to be kept for the retained nights to stay readable: back to when
   * the oldest version they use was superseded. That is longer than as many days if the lake was
   * idle, and Delta cannot be told to keep files whose removal it has forgotten.
   */
  static Duration needed(
      Lake lake, TableSchema table, PublishedNights publications, long nights, Instant now)
      throws IOException {
    Optional<Publication> night = publications.latest();
    Optional<Long> oldest = Optional.empty();
    for (long i = 0; i < nights && night.isPresent(); i++) {
      Long version = night.get().versions().get(table.path());
      if (version != null && (oldest.isEmpty() || version < oldest.get())) {
        oldest = Optional.of(version);
      }
      night = publications.before(night.get().date());
    }
    if (oldest.isEmpty()) {
      return Duration.ZERO;
    }
    return age(lake.followedAt(table, oldest.get()), now);
  }

  private static Duration age(Optional<Instant> moment, Instant now) {
    return moment.map(then -> Duration.between(then, now)).orElse(Duration.ZERO);
  }

  private interface Work {
    void on(TableSchema table) throws Exception;
  }

  /** Runs it on all tables, several at a time: most of the work is waiting for storage. */
  private static void together(List<TableSchema> tables, Work work) throws Exception {
    List<Together.Step> steps = new ArrayList<>();
    tables.forEach(table -> steps.add(() -> work.on(table)));
    Together.run(steps);
  }
}
