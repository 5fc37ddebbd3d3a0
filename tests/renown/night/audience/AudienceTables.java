package renown.night.audience;

import static renown.testing.Columns.row;
import static renown.testing.Columns.rowOf;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.AudienceHours;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartAudienceSketches;
import renown.tables.MartPostingHours;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.NetworkHours;
import renown.tables.PostTopics;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;
import renown.testing.Columns;

/** What a night's audiences are made from, for tests: row by row, or as a night left it. */
final class AudienceTables {
  private final Map<TableSchema, ColumnRows> tables = new HashMap<>();
  private final Map<TableSchema, List<Object[]>> added = new HashMap<>();
  private long leaders = 2;
  private boolean areSketchesWhole = true;
  private double halfLifeDays = 1000;

  private AudienceTables add(TableSchema table, Object... row) {
    added.computeIfAbsent(table, none -> new ArrayList<>()).add(row);
    return this;
  }

  AudienceTables with(TableSchema table, ColumnRows rows) {
    tables.put(table, rows);
    return this;
  }

  AudienceTables comparing(long topLeaders) {
    leaders = topLeaders;
    return this;
  }

  /** Only what a night changes of sketches is to be written. */
  AudienceTables changing() {
    areSketchesWhole = false;
    return this;
  }

  AudienceTables halving(double days) {
    halfLifeDays = days;
    return this;
  }

  AudienceTables credibility(long account, double credibility) {
    return add(
        AccountState.TABLE,
        rowOf(
            AccountState.TABLE,
            AccountState.NETWORK,
            "n",
            AccountState.ACCOUNT_KEY,
            account,
            AccountState.CREDIBILITY,
            credibility));
  }

  /** Accounts that count. */
  AudienceTables credible(long... accounts) {
    for (long account : accounts) {
      credibility(account, 1);
    }
    return this;
  }

  /** An account that counted the night before. */
  AudienceTables counted(long account) {
    return add(CredibleAccounts.TABLE, row("n", account, null));
  }

  AudienceTables edge(long src, long dst, String verb, long count, LocalDate night) {
    return add(EdgeIncrements.TABLE, row("n", src, dst, verb, count, 0, night));
  }

  AudienceTables about(String topic, long src, long dst, String verb, long count, LocalDate night) {
    return add(TopicIncrements.TABLE, row("n", topic, src, dst, verb, count, 0, null, 0, night));
  }

  /** An account with a score. */
  AudienceTables scored(long account) {
    return add(
        AccountState.TABLE,
        rowOf(
            AccountState.TABLE,
            AccountState.NETWORK,
            "n",
            AccountState.ACCOUNT_KEY,
            account,
            AccountState.EVIDENCE,
            "sufficient",
            AccountState.SCORE,
            40.0));
  }

  /** An account with an expertise. */
  AudienceTables expert(long account, String topic) {
    return add(
        MartTopicScores.TABLE,
        rowOf(
            MartTopicScores.TABLE,
            MartTopicScores.NETWORK,
            "n",
            MartTopicScores.ACCOUNT_KEY,
            account,
            MartTopicScores.TOPIC_ID,
            topic,
            MartTopicScores.EXPERTISE,
            30.0,
            MartTopicScores.EXPERTISE_LOW,
            20.0,
            MartTopicScores.EXPERTISE_HIGH,
            40.0,
            MartTopicScores.PLACE,
            1L,
            MartTopicScores.ATTESTER_COUNT,
            3L));
  }

  AudienceTables leader(long account, String topic, long place, String language) {
    return add(
        MartTopicLeaders.TABLE,
        rowOf(
            MartTopicLeaders.TABLE,
            MartTopicLeaders.ACCOUNT_KEY,
            account,
            MartTopicLeaders.TOPIC_ID,
            topic,
            MartTopicLeaders.PLACE,
            place,
            MartTopicLeaders.LANGUAGE,
            language));
  }

  AudienceTables followers(long account, Long count) {
    return add(
        Accounts.TABLE,
        rowOf(Accounts.TABLE, Accounts.ACCOUNT_KEY, account, Accounts.FOLLOWER_COUNT, count));
  }

  AudienceTables kind(long account, String kind) {
    return add(
        AccountKinds.TABLE,
        rowOf(AccountKinds.TABLE, AccountKinds.ACCOUNT_KEY, account, AccountKinds.KIND, kind));
  }

  AudienceTables writes(long account, String language, long posts) {
    return add(AccountLanguages.TABLE, row("n", account, language, posts, null));
  }

  AudienceTables act(
      String verb,
      long actor,
      long target,
      String post,
      Timestamp at,
      long change,
      LocalDate night) {
    return add(
        Interactions.TABLE,
        row("n", 1L, 2L, night, verb, actor, target, post, null, null, at, change, night));
  }

  AudienceTables post(String id, String topic, Timestamp at, LocalDate night) {
    return add(PostTopics.TABLE, row("n", id, night, 100L, topic, 1, "term", at, night));
  }

  ColumnRows rows(TableSchema table) {
    return tables.containsKey(table)
        ? tables.get(table)
        : Columns.rows(table, added.getOrDefault(table, List.of()).toArray(Object[][]::new));
  }

  private TableReader reader(TableSchema table) {
    ColumnRows rows = rows(table);
    return columns -> rows;
  }

  AudienceInput input(LocalDate night) {
    return new AudienceInput(
        night,
        0.1,
        leaders,
        halfLifeDays,
        20,
        reader(Interactions.TABLE),
        reader(EdgeIncrements.TABLE),
        reader(TopicIncrements.TABLE),
        reader(PostTopics.TABLE),
        reader(AccountState.TABLE),
        reader(MartTopicScores.TABLE),
        reader(MartTopicLeaders.TABLE),
        reader(Accounts.TABLE),
        reader(AccountKinds.TABLE),
        reader(AccountLanguages.TABLE),
        reader(CredibleAccounts.TABLE),
        reader(MartAudienceSketches.TABLE),
        areSketchesWhole,
        reader(AudienceHours.TABLE),
        reader(NetworkHours.TABLE),
        List.of(reader(MartPostingHours.TABLE)));
  }

  Map<TableSchema, ColumnRows> rowsOf(LocalDate night) {
    AudienceStage.Made made = AudienceStage.rows(input(night));
    made.rows().put(MartAudienceSketches.TABLE, made.sketches().sketches());
    made.rows().put(MartPostingHours.TABLE, postingHours(made));
    return made.rows();
  }

  /** What is written of {@code mart_posting_hours}, all parts together. */
  static ColumnRows postingHours(AudienceStage.Made made) {
    ColumnRows all = new ColumnRows(MartPostingHours.TABLE);
    for (ColumnRows part : made.postingHours().parts()) {
      if (part != null) {
        all.addAll(part);
      }
    }
    return all;
  }
}
