package renown.night.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.dumps.ParsedRecord.Kind;
import renown.lake.Lake;
import renown.night.Night;
import renown.run.Together;
import renown.tables.AccountLists;
import renown.tables.AccountMoves;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.tables.WaitingInteractions;

/**
 * Merges a night's statements into the core tables. Of the history it only reads the affected days.
 */
final class CoreTables {
  /** The table is small compared with a night, and rewritten each time. */
  private static final int WAITING_FILES = 4;

  private final Lake lake;
  private final Night night;
  private final Dataset<Row> parsed;
  private final RecordDates dates;
  private final Column literal;
  private final Map<String, Long> erasedKeys;
  private final Collection<Dataset<Row>> fresh = new ConcurrentLinkedQueue<>();
  private volatile Dataset<Row> undecided;

  /**
   * @param parsed rows of {@link Parsed}, persisted
   * @param erasedKeys for each network, the highest key that an erased account had
   */
  CoreTables(Night night, Dataset<Row> parsed, Map<String, Long> erasedKeys) {
    this.lake = night.lake();
    this.night = night;
    this.parsed = parsed;
    this.dates = RecordDates.of(parsed);
    this.literal = night.literal();
    this.erasedKeys = erasedKeys;
  }

  /**
   * Writes all of them.
   *
   * @param optOuts network, account_id of those who asked not to be scored
   * @param textDays nights for which texts are kept
   * @param waitingDays nights for which acts wait for the post that they name
   */
  void write(Dataset<Row> optOuts, long textDays, long waitingDays) throws Exception {
    Dataset<Row> keys = writeAccounts();
    Dataset<Row> accounts = lake.read(Accounts.TABLE);
    Dataset<Row> newDeletions = writeDeletions(keys);
    Dataset<Row> posts = night.kept(Records.posts(statements(Kind.POST), keys, literal));
    Dataset<Row> heldPosts = lake.read(Posts.TABLE);
    addFresh(Kind.DELETION, newDeletions, "record_id");
    Together.run(
        () -> writeInteractions(keys, newDeletions, posts, heldPosts, accounts, waitingDays),
        () -> writePosts(posts, heldPosts, newDeletions, textDays),
        () -> writeLists(keys, newDeletions),
        () ->
            lake.overwrite(
                Exclusions.TABLE, Consent.exclusions(accounts, optOuts, literal).coalesce(1)));
  }

  /**
   * Lines without new information; after {@link #write}.
   *
   * @return as {@link Records#duplicateLines}
   */
  Dataset<Row> duplicateLines() {
    return fresh.stream()
        .reduce(Dataset::unionByName)
        .map(all -> Records.duplicateLines(parsed, all))
        .orElseThrow();
  }

  /**
   * The mentions by name that are of nobody; after {@link #write}.
   *
   * @return network, rule, statement_count; empty if none was looked for
   */
  Optional<Dataset<Row>> undecidedMentions() {
    return Optional.ofNullable(undecided);
  }

  private void addFresh(Kind kind, Dataset<Row> added, String id) {
    fresh.add(
        added.select(col("network"), lit(Parsed.kind(kind)).as("kind"), col(id).as("record_id")));
  }

  private Dataset<Row> statements(Kind kind) {
    return Parsed.of(parsed, kind);
  }

  /** Sorted by day, so that a later night that needs few days reads few files and pages. */
  private static Dataset<Row> byDay(Dataset<Row> rows) {
    return rows.sort("record_date");
  }

  /**
   * Assigns keys and writes profiles; returns network, account_id, account_key of all named
   * accounts.
   */
  private Dataset<Row> writeAccounts() {
    Dataset<Row> accounts = lake.read(Accounts.TABLE);
    Dataset<Row> named = night.kept(AccountKeys.named(parsed));
    Dataset<Row> known = night.kept(AccountKeys.known(named, accounts));
    Dataset<Row> unseen =
        night.kept(
            AccountKeys.assign(
                named.join(known, new String[] {"network", "account_id"}, "left_anti"),
                AccountKeys.next(accounts, erasedKeys)));
    Dataset<Row> keys = known.unionByName(unseen);
    Dataset<Row> profiles =
        Profiles.freshest(statements(Kind.ACCOUNT))
            .join(keys, new String[] {"network", "account_id"});
    lake.upsert(Accounts.TABLE, Profiles.changed(profiles, accounts, unseen, literal));
    return keys;
  }

  /** Returns the new deletions. */
  private Dataset<Row> writeDeletions(Dataset<Row> keys) {
    Dataset<Row> held = lake.read(Deletions.TABLE).where(dates.within(Kind.DELETION));
    Dataset<Row> added =
        night.kept(
            Records.newDeletions(
                Records.deletions(statements(Kind.DELETION), keys, literal), held));
    if (dates.has(Kind.DELETION)) {
      lake.append(Deletions.TABLE, added);
    }
    return added;
  }

  /** The deletions, of this night and earlier ones, that can affect records of a kind. */
  private Dataset<Row> deletionsOf(Kind kind, RecordDates dates) {
    return lake.read(Deletions.TABLE).where(dates.within(kind).or(col("record_date").isNull()));
  }

  private void writeInteractions(
      Dataset<Row> keys,
      Dataset<Row> newDeletions,
      Dataset<Row> posts,
      Dataset<Row> heldPosts,
      Dataset<Row> accounts,
      long waitingDays) {
    Dataset<Row> statements = statements(Kind.INTERACTION);
    Dataset<Row> acts = Records.withTargets(Records.acts(statements, keys), keys);
    RecordDates days = dates;
    // Most networks name the target of an act.
    if (dates.hasOpenActs() || lake.has(WaitingInteractions.TABLE)) {
      Dataset<Row> found =
          night.kept(
              foundTargets(
                  Targets.open(statements, keys, literal),
                  posts,
                  heldPosts,
                  accounts,
                  waitingDays));
      acts = acts.unionByName(found);
      days = dates.with(Kind.INTERACTION, RecordDates.daysOf(found));
    }
    writeMoves(keys);
    if (lake.has(AccountMoves.TABLE)) {
      acts = Moves.followed(acts, Moves.confirmed(lake.read(AccountMoves.TABLE)));
    }
    Dataset<Row> table = lake.read(Interactions.TABLE);
    Dataset<Row> added =
        night.kept(
            Records.newInteractions(
                Records.interactions(acts, literal), table.where(days.within(Kind.INTERACTION))));
    addFresh(Kind.INTERACTION, added, "record_id");
    Dataset<Row> changes =
        added.unionByName(Records.undone(added, deletionsOf(Kind.INTERACTION, days), literal));
    if (dates.has(Kind.DELETION)) {
      Dataset<Row> held = table.where(dates.within(Kind.DELETION));
      changes = changes.unionByName(Records.undone(held, newDeletions, literal));
    }
    lake.append(Interactions.TABLE, byDay(changes), dates.rowsPerFile(Kind.INTERACTION));
  }

  private void writeMoves(Dataset<Row> keys) {
    // Not having moved is only news after a move.
    if (dates.hasMoves() || dates.has(Kind.MOVE) && lake.has(AccountMoves.TABLE)) {
      lake.overwrite(
          AccountMoves.TABLE,
          Moves.known(
                  Moves.said(parsed, keys),
                  Moves.aliases(parsed, keys),
                  lake.read(AccountMoves.TABLE),
                  literal)
              .coalesce(1));
    }
  }

  /** Returns the interactions whose post is now known, and stores those that still wait. */
  private Dataset<Row> foundTargets(
      Dataset<Row> open,
      Dataset<Row> posts,
      Dataset<Row> heldPosts,
      Dataset<Row> accounts,
      long waitingDays) {
    Dataset<Row> before = lake.read(WaitingInteractions.TABLE);
    boolean areAddressed =
        dates.hasAddressedNames() || !before.where(Targets.isAddressed()).isEmpty();
    Dataset<Row> openNow =
        night.kept(
            dates.hasAddressedNames()
                ? Targets.notDecidedBefore(open, heldPosts.where(dates.within(Kind.POST)))
                : open);
    Dataset<Row> tonight = Targets.posts(posts);
    // Older waiting acts were already checked against the posts of earlier nights.
    Dataset<Row> authors =
        night.kept(
            Targets.authors(openNow, tonight.unionByName(Targets.posts(heldPosts)))
                .unionByName(Targets.authors(before, tonight))
                .distinct());
    lake.overwrite(
        WaitingInteractions.TABLE,
        Targets.waiting(
                openNow,
                before,
                authors,
                lit(java.sql.Date.valueOf(night.date().minusDays(waitingDays))))
            .coalesce(WAITING_FILES));
    addFresh(Kind.INTERACTION, night.rows(WaitingInteractions.TABLE), "record_id");
    Dataset<Row> all = openNow.unionByName(before);
    Dataset<Row> found = Targets.found(all, authors);
    if (!areAddressed) {
      return found;
    }
    Dataset<Row> addressing =
        all.where(Targets.isAddressed())
            .join(authors, new String[] {"network", "object_id"}, "left_semi");
    Dataset<Row> decided =
        night.kept(
            Targets.decided(
                addressing,
                Targets.participants(
                    addressing,
                    Targets.conversations(posts).unionByName(Targets.conversations(heldPosts)),
                    accounts)));
    undecided =
        decided
            .where(col("rule").isNotNull())
            .groupBy("network", "rule")
            .agg(count(lit(1)).as("statement_count"));
    return found.unionByName(decided.where(col("rule").isNull()).drop("rule"));
  }

  private void writePosts(
      Dataset<Row> posts, Dataset<Row> table, Dataset<Row> newDeletions, long textDays)
      throws Exception {
    Dataset<Row> added =
        night.kept(
            Records.newPosts(
                posts, table.where(dates.within(Kind.POST)), deletionsOf(Kind.POST, dates)));
    // A post that came and went on one night is not kept, and yet new.
    Dataset<Row> goneBefore =
        deletionsOf(Kind.POST, dates).where(Deletions.NIGHT.col().lt(literal));
    addFresh(
        Kind.POST,
        Records.newPosts(posts, table.where(dates.within(Kind.POST)), goneBefore),
        "post_id");
    Dataset<Row> deleted =
        night.kept(
            table
                .where(dates.within(Kind.DELETION))
                .join(
                    Records.gone(newDeletions),
                    Records.isGone("post_id", "author_key"),
                    "left_semi")
                .select("network", "post_id", "record_date"));
    TreeSet<LocalDate> theirDays =
        dates.has(Kind.DELETION) ? RecordDates.daysOf(deleted) : new TreeSet<>();
    long rowsPerFile = dates.rowsPerFile(Kind.POST);
    Together.run(
        () -> {
          lake.append(Posts.TABLE, byDay(Records.toPosts(added)), rowsPerFile);
          deleteMatching(Posts.TABLE, deleted, theirDays);
        },
        () -> {
          if (textDays > 0) {
            lake.append(PostTexts.TABLE, byDay(Records.toTexts(added)), rowsPerFile);
          }
          deleteMatching(PostTexts.TABLE, deleted, theirDays);
          forgetTexts(textDays);
        });
  }

  /** Reads the files of the table that contain one of the days. */
  private void deleteMatching(TableSchema table, Dataset<Row> keys, TreeSet<LocalDate> days) {
    if (!days.isEmpty()) {
      lake.deleteMatching(table, keys, RecordDates.on(days, "old.record_date"));
    }
  }

  private void forgetTexts(long textDays) {
    Column tooOld =
        PostTexts.NIGHT.col().leq(lit(java.sql.Date.valueOf(night.date().minusDays(textDays))));
    if (!lake.read(PostTexts.TABLE).where(tooOld).isEmpty()) {
      lake.delete(PostTexts.TABLE, tooOld);
    }
  }

  private void writeLists(Dataset<Row> keys, Dataset<Row> newDeletions) {
    if (dates.has(Kind.LIST)) {
      Dataset<Row> added =
          night.kept(
              Records.newLists(
                  Records.lists(statements(Kind.LIST), keys, literal),
                  lake.read(AccountLists.TABLE),
                  deletionsOf(Kind.LIST, dates)));
      addFresh(Kind.LIST, added, "list_id");
      lake.upsert(AccountLists.TABLE, added);
    }
    if (dates.has(Kind.DELETION)) {
      Dataset<Row> deleted =
          lake.read(AccountLists.TABLE)
              .where(dates.within(Kind.DELETION))
              .join(Records.gone(newDeletions), Records.isGone("list_id", "owner_key"), "left_semi")
              .select("network", "list_id", "record_date");
      deleteMatching(AccountLists.TABLE, deleted, RecordDates.daysOf(deleted));
    }
  }
}
