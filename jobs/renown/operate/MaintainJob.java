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

/** Keeps the lake's files few and its past as long as it is needed. */
@Command(
    name = "maintain",
    description = {
      "Writes small files of all tables into larger ones, laid out for the queries people make, and",
      "deletes files that neither the last nights (maintain.keep-nights) nor the last as many days",
      "need. Rows stay the same; run again, it finds nothing to do. Best once a week, and never",
      "beside a night: the second of the two stops with exit code 5."
    })
public final class MaintainJob implements Job {
  /** The validation reads the night 28 days ago. */
  static final ConfigKey<Long> KEEP_NIGHTS =
      ConfigKey.integer(
          "maintain.keep-nights",
          35,
          29,
          3650,
          "How many published nights can still be read, and be run again, after maintain; files"
              + " given up stay as many days at least.");

  static final ConfigKey<Long> KEEP_TEXT_NIGHTS =
      ConfigKey.integer(
          "maintain.keep-text-nights",
          7,
          7,
          3650,
          "The same for texts of posts: for so many nights longer than retention.text-days a text"
              + " lies in old files. Nights longer ago cannot be run again.");

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
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE);
    try (LakeLock lock = LakeLock.take(lake.root(), context)) {
      PublishedNights publications = PublishedNights.of(lake);
      Publication last = publications.latest().orElseThrow(() -> lake.lacking("published night"));
      Map<String, Long> versions = new HashMap<>(last.versions());
      List<TableSchema> tables =
          Tables.ALL.stream()
              .filter(
                  t -> versions.containsKey(t.path()) || t.floor().equals("runs") && lake.has(t))
              .toList();
      // Of what a night that died left behind, nobody knows whether it is right.
      PublishedNights.putBack(lake, versions);
      compact(lake, tables, versions, context);
      lock.check();
      publish(lake, last, versions, context);
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
          compacted.put(table.path(), lake.version(table));
        });
    versions.replaceAll(compacted::getOrDefault);
  }

  private static void publish(
      Lake lake, Publication last, Map<String, Long> versions, RunContext context) {
    if (versions.equals(last.versions())) {
      context.progress().say("All tables are as they should be.");
      return;
    }
    PublishedNights.publishMoved(lake, last, versions);
    context
        .progress()
        .say(
            "%d of %d tables have new files; night %s is published as revision %d.",
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
    context
        .progress()
        .say("Files that no kept night reads are deleted from %d tables.", vacuumed.get());
    if (leftAlone.get() > 0) {
      context
          .progress()
          .say(
              "%d tables keep all files: of the last nights, some were published longer ago.",
              leftAlone.get());
    }
  }

  private static long keptNights(TableSchema table, RunContext context) {
    return context.value(table == PostTexts.TABLE ? KEEP_TEXT_NIGHTS : KEEP_NIGHTS);
  }

  /**
   * How far back files that were given up have to stay for the last nights to be read: as far as
   * the oldest version among theirs was followed by another. More than as many days where the lake
   * stood still, and Delta cannot be told to keep what it has forgotten giving up.
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

  /** Does it to all tables, some at a time: most of the work is waiting for the store. */
  private static void together(List<TableSchema> tables, Work work) throws Exception {
    List<Together.Step> steps = new ArrayList<>();
    tables.forEach(table -> steps.add(() -> work.on(table)));
    Together.run(steps);
  }
}
