package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.junit.jupiter.api.Test;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.OneStage;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.CitedPosts;
import renown.tables.Deletions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.PostTexts;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.TopicClocks;
import renown.tables.TopicIncrements;
import renown.testing.AskedOfSpark;
import renown.testing.Columns;
import renown.testing.PrintedIds;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/** Two nights of a small town; the tables of topics themselves. */
class TopicStageTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 13);
  private static final long ANN = 1;
  private static final long BOB = 2;
  private static final long CARL = 3;
  private static final long DORA = 4;
  private static final long EVE = 5;

  private Lake lake;
  private long increments;

  /** Rows that are to be added together; null where each is added at once. */
  private Map<TableSchema, List<Object[]>> waiting;

  private void add(TableSchema table, Object... pairs) throws Exception {
    Object[] row = Columns.rowOf(table, pairs);
    if (waiting == null) {
      lake.append(table, Columns.rows(table, row));
    } else {
      waiting.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
    }
  }

  private void addWaiting() throws Exception {
    for (Map.Entry<TableSchema, List<Object[]>> rows : waiting.entrySet()) {
      lake.append(
          rows.getKey(), Columns.rows(rows.getKey(), rows.getValue().toArray(Object[][]::new)));
    }
    waiting = null;
  }

  private static Timestamp at(LocalDate day) {
    return Timestamp.valueOf(day.atTime(12, 0));
  }

  private void post(LocalDate night, String id, long author, String text, String answers)
      throws Exception {
    String[] hashtags = id.equals("a") ? new String[] {"Linares2026", "chess"} : new String[0];
    add(
        Posts.TABLE,
        Posts.NETWORK,
        "town",
        Posts.POST_ID,
        id,
        Posts.AUTHOR_KEY,
        author,
        Posts.HAPPENED_AT,
        at(night),
        Posts.LANGUAGE,
        "en",
        Posts.REPLY_TO_ID,
        answers,
        Posts.HASHTAGS,
        hashtags,
        Posts.NIGHT,
        night);
    add(
        PostTexts.TABLE,
        PostTexts.NETWORK,
        "town",
        PostTexts.POST_ID,
        id,
        PostTexts.TEXT,
        text,
        PostTexts.NIGHT,
        night);
  }

  private void act(
      LocalDate night, String id, String verb, long actor, long target, String object, long change)
      throws Exception {
    add(
        Interactions.TABLE,
        Interactions.NETWORK,
        "town",
        Interactions.RECORD_PRINT_HIGH,
        PrintedIds.of(id).high(),
        Interactions.RECORD_PRINT_LOW,
        PrintedIds.of(id).low(),
        Interactions.VERB,
        verb,
        Interactions.ACTOR_KEY,
        actor,
        Interactions.TARGET_KEY,
        target,
        Interactions.OBJECT_ID,
        object,
        Interactions.HAPPENED_AT,
        at(FIRST),
        Interactions.CHANGE,
        change,
        Interactions.NIGHT,
        night);
  }

  private void deletion(String id, long deleter) throws Exception {
    add(
        Deletions.TABLE,
        Deletions.NETWORK,
        "town",
        Deletions.RECORD_ID,
        id,
        Deletions.DELETER_KEY,
        deleter,
        Deletions.NIGHT,
        NIGHT);
  }

  private void load(LocalDate night) throws Exception {
    add(LoadedFiles.TABLE, LoadedFiles.NETWORK, "town", LoadedFiles.NIGHT, night);
  }

  /** An empty lake with five accounts. */
  private void begin() throws Exception {
    begin("lake");
  }

  private void begin(String name) throws Exception {
    lake = new Lake(spark(), folder.resolve(name).toUri().toString());
    Set<TableSchema> tables = new LinkedHashSet<>(new TopicStage().inputs());
    tables.addAll(new TopicStage().outputs());
    lake.create(new ArrayList<>(tables));
    for (long key = ANN; key <= EVE; key++) {
      account(key);
    }
  }

  private void account(long key) throws Exception {
    add(
        Accounts.TABLE,
        Accounts.ACCOUNT_KEY,
        key,
        Accounts.NETWORK,
        "town",
        Accounts.HANDLE,
        "handle" + key,
        Accounts.DISPLAY_NAME,
        "Name",
        Accounts.STATUS,
        "active");
    add(
        AccountState.TABLE,
        AccountState.NETWORK,
        "town",
        AccountState.ACCOUNT_KEY,
        key,
        AccountState.CREDIBILITY,
        0.5,
        AccountState.TRADING_SHARE,
        0.0);
  }

  private AskedOfSpark run(LocalDate night, LocalDate previous) throws Exception {
    return OneStage.run(
        new TopicStage(), lake, night, previous, Map.of("topics.attesters-min", "2"));
  }

  /** Values of the rows about chess. */
  private List<List<Object>> chess(TableSchema table, TableColumn... columns) {
    List<TableColumn> all = new ArrayList<>(List.of(columns));
    all.add(PostTopics.TOPIC_ID);
    return Columns.values(lake.files(table).read(all), all.toArray(new TableColumn[0])).stream()
        .filter(row -> row.get(columns.length).equals("chess"))
        .map(row -> row.subList(0, columns.length))
        .toList();
  }

  private List<List<Object>> all(TableSchema table, TableColumn... columns) {
    return Columns.values(lake.files(table).read(columns), columns);
  }

  @Test
  void twoNightsOfATown() throws Exception {
    begin();
    load(FIRST);
    post(FIRST, "a", ANN, "zugzwang and tablebase!", null);
    post(FIRST, "b", BOB, "I agree", "a");
    post(FIRST, "c", CARL, "a fine zugzwang in that tablebase", null);
    post(FIRST, "d", DORA, "good morning", null);
    act(FIRST, "b", "reply", BOB, ANN, "a", 1);
    act(FIRST, "c", "quote", CARL, EVE, "old", 1);
    act(FIRST, "l1", "like", DORA, ANN, "a", 1);
    act(FIRST, "l2", "like", CARL, ANN, "a", 1);
    act(FIRST, "l5", "like", ANN, ANN, "a", 1);
    act(FIRST, "l6", "like", CARL, ANN, "unseen", 1);
    act(FIRST, "f", "follow", CARL, ANN, null, 1);
    act(FIRST, "i", "list", DORA, BOB, "list", 1);
    add(
        AccountLists.TABLE,
        AccountLists.NETWORK,
        "town",
        AccountLists.LIST_ID,
        "list",
        AccountLists.LIST_NAME,
        "Chess experts");
    AskedOfSpark asked = run(FIRST, null);
    assertThat(asked.queries()).isZero();
    assertThat(asked.jobs()).isEqualTo(2);
    assertThat(asked.largestBroadcast()).isBetween(1L, 200_000L);
    assertThat(asked.largestResult()).isBetween(1L, 200_000L);
    assertThat(asked.windows()).isEmpty();

    assertThat(chess(PostTopics.TABLE, PostTopics.POST_ID, PostTopics.BASIS))
        .containsExactlyInAnyOrder(
            List.of("a", "term"), List.of("c", "term"), List.of("b", "thread"));
    assertThat(all(PostTopics.TABLE, PostTopics.POST_ID, PostTopics.BASIS))
        .contains(
            List.of("a", "seen"), List.of("b", "seen"), List.of("c", "seen"), List.of("d", "seen"));
    assertThat(chess(CitedPosts.TABLE, CitedPosts.POST_ID)).containsExactly(List.of("old"));
    assertThat(chess(HashtagIncrements.TABLE, HashtagIncrements.HASHTAG))
        .containsExactly(List.of("linares2026"));
    assertThat(increments(FIRST))
        .containsExactlyInAnyOrder(
            List.of("post", ANN, ANN, 1L, "a"),
            List.of("post", BOB, BOB, 1L, "b"),
            List.of("post", CARL, CARL, 1L, "c"),
            List.of("reply", BOB, ANN, 1L, "a"),
            List.of("quote", CARL, EVE, 1L, "old"),
            List.of("like", DORA, ANN, 1L, "a"),
            List.of("like", CARL, ANN, 1L, "a"),
            Arrays.asList("list", DORA, BOB, 1L, null));
    assertThat(
            chess(
                MartTopicScores.TABLE,
                MartTopicScores.ACCOUNT_KEY,
                MartTopicScores.ATTESTER_COUNT,
                MartTopicScores.PLACE))
        .contains(List.of(ANN, 3L, 1L), Arrays.asList(BOB, 1L, null));
    assertThat(chess(MartTopicLeaders.TABLE, MartTopicLeaders.HANDLE, MartTopicLeaders.LANGUAGE))
        .containsExactly(List.of("handle1", "en"));
    assertThat(chess(MartTopicAttesters.TABLE, MartTopicAttesters.SOURCE_HANDLE))
        .containsExactlyInAnyOrder(List.of("handle2"), List.of("handle3"), List.of("handle4"));

    // Ann takes her post back, the network the greeting; a stranger takes back nothing.
    load(NIGHT);
    act(NIGHT, "l3", "like", EVE, CARL, "c", 1);
    act(NIGHT, "l4", "like", DORA, EVE, "old", 1);
    act(NIGHT, "l2", "like", CARL, ANN, "a", -1);
    post(NIGHT, "e", EVE, "me too", "c");
    deletion("a", ANN);
    deletion("c", DORA);
    deletion("d", Deletions.BY_THE_NETWORK);
    asked = run(NIGHT, FIRST);
    assertThat(asked.queries()).isZero();
    assertThat(asked.jobs()).isEqualTo(3);

    assertThat(chess(PostTopics.TABLE, PostTopics.POST_ID, PostTopics.BASIS))
        .containsExactlyInAnyOrder(
            List.of("c", "term"), List.of("b", "thread"), List.of("e", "thread"));
    assertThat(all(PostTopics.TABLE, PostTopics.POST_ID))
        .doesNotContain(List.of("a"), List.of("d"))
        .contains(List.of("b"));
    assertThat(increments(NIGHT))
        .containsExactlyInAnyOrder(
            List.of("post", ANN, ANN, -1L, "a"),
            List.of("post", EVE, EVE, 1L, "e"),
            List.of("like", EVE, CARL, 1L, "c"),
            List.of("like", DORA, EVE, 1L, "old"),
            List.of("like", CARL, ANN, -1L, "a"));
    assertThat(written(DORA)).containsExactly(0, 0);
    assertThat(written(BOB)[0]).isEqualTo(2);
    assertThat(
            all(AccountLanguages.TABLE, AccountLanguages.ACCOUNT_KEY, AccountLanguages.POST_COUNT))
        .containsExactlyInAnyOrder(
            List.of(ANN, 1L),
            List.of(BOB, 1L),
            List.of(CARL, 1L),
            List.of(DORA, 1L),
            List.of(EVE, 1L));
    // Who did nothing stays what it was judged to be.
    assertThat(all(AccountKinds.TABLE, AccountKinds.ACCOUNT_KEY, AccountKinds.NIGHT))
        .containsExactlyInAnyOrder(
            List.of(ANN, FIRST.toEpochDay()),
            List.of(BOB, FIRST.toEpochDay()),
            List.of(CARL, NIGHT.toEpochDay()),
            List.of(DORA, NIGHT.toEpochDay()),
            List.of(EVE, NIGHT.toEpochDay()));
    assertThat(lake.version(MartTopicAncestors.TABLE).orElseThrow()).isEqualTo(1);
  }

  /**
   * A night whose topics are shared out among so many tasks, after one that was judged in one; the
   * second compacts.
   */
  private Map<String, Set<List<Object>>> judgedIn(int tasks) throws Exception {
    begin("lake" + tasks);
    waiting = new HashMap<>();
    for (long key = EVE + 1; key <= 12; key++) {
      account(key);
    }
    LocalDate compacting = LocalDate.ofEpochDay((NIGHT.toEpochDay() / 32 + 1) * 32);
    List<String> said =
        List.of(
            "zugzwang and tablebase", "photosynthesis and mitochondria", "sourdough and baking");
    for (LocalDate night : List.of(compacting.minusDays(1), compacting)) {
      waiting = waiting == null ? new HashMap<>() : waiting;
      load(night);
      // The same on both nights, so that there are twice as many increments on the second.
      Random random = new Random(7);
      for (int i = 0; i < 60; i++) {
        long author = ANN + random.nextInt(5);
        post(night, night + "p" + i, author, said.get(random.nextInt(3)), null);
        for (int like = 0; like < 3; like++) {
          long actor = ANN + random.nextInt(12);
          act(night, night + "l" + i + "-" + like, "like", actor, author, night + "p" + i, 1);
        }
      }
      addWaiting();
      boolean isFirst = !night.equals(compacting);
      long rows = tasks == 1 || isFirst ? 1_000_000 : (long) (increments / (tasks - 0.5));
      Map<String, String> settings =
          Map.of("topics.attesters-min", "2", "topics.shard-rows", Long.toString(rows));
      AskedOfSpark asked =
          OneStage.run(
              new TopicStage(), lake, night, isFirst ? null : night.minusDays(1), settings);
      assertThat(asked.largestBroadcast()).isBetween(1L, 200_000L);
      assertThat(asked.jobs()).isEqualTo(tasks == 1 || isFirst ? 2 : 3);
      increments = 2 * lake.files(TopicIncrements.TABLE).rowCount();
    }
    Map<String, Set<List<Object>>> judged = new TreeMap<>();
    for (TableSchema table :
        List.of(
            TopicIncrements.TABLE,
            AccountKinds.TABLE,
            MartTopicScores.TABLE,
            MartTopicLeaders.TABLE,
            MartTopicAttesters.TABLE,
            MartTopics.TABLE)) {
      TableColumn[] columns =
          table.columns().stream()
              .filter(column -> !(column.type() instanceof ArrayType))
              .toArray(TableColumn[]::new);
      List<List<Object>> rows = all(table, columns);
      judged.put(table.name(), new HashSet<>(rows));
      assertThat(judged.get(table.name())).hasSameSizeAs(rows);
    }
    return judged;
  }

  @Test
  void theSameBitsHoweverManyTasksShareTheTopics() throws Exception {
    Map<String, Set<List<Object>>> inOne = judgedIn(1);
    assertThat(inOne.get(MartTopicScores.TABLE.name())).hasSizeGreaterThan(15);
    assertThat(inOne.get(MartTopicAttesters.TABLE.name())).hasSizeGreaterThan(15);
    assertThat(judgedIn(3)).isEqualTo(inOne);
    assertThat(judgedIn(8)).isEqualTo(inOne);
  }

  /** Acts and units of an account's own posts, over all its topics and over everything. */
  private long[] written(long account) {
    long[] written = new long[2];
    ColumnRows sums = lake.files(TopicIncrements.TABLE).read(TopicIncrements.TABLE.columns());
    for (int row = 0; row < sums.size(); row++) {
      String topic = sums.texts(TopicIncrements.TOPIC_ID).get(row);
      if (sums.longs(TopicIncrements.SRC_KEY).get(row) == account
          && sums.texts(TopicIncrements.VERB).get(row).equals("post")
          && (topic.equals("*") || topic.equals("chess"))) {
        written[0] += sums.longs(TopicIncrements.ACT_COUNT).get(row);
        written[1] += sums.longs(TopicIncrements.DECAYED_UNITS).get(row);
      }
    }
    return written;
  }

  /** On such a night the increments are written again, one row each, and mean the same. */
  @Test
  void incrementsAreCompacted() throws Exception {
    begin();
    LocalDate compacting = LocalDate.ofEpochDay((NIGHT.toEpochDay() / 32 + 1) * 32);
    LocalDate before = compacting.minusDays(1);
    for (LocalDate night : List.of(before, compacting)) {
      load(night);
      post(night, "p" + night, ANN, "zugzwang and tablebase!", null);
      post(night, "q" + night, BOB, "zugzwang and tablebase!", null);
      act(night, "l" + night, "like", DORA, ANN, "p" + night, 1);
      act(night, "m" + before, "like", CARL, BOB, "q" + before, night.equals(before) ? 1 : -1);
      run(night, night.equals(before) ? null : before);
    }
    assertThat(increments(compacting))
        .containsExactlyInAnyOrder(
            List.of("post", ANN, ANN, 2L, "p" + compacting),
            List.of("post", BOB, BOB, 2L, "q" + compacting),
            List.of("like", DORA, ANN, 2L, "p" + compacting));
    assertThat(increments(before)).isEmpty();
  }

  private List<List<Object>> increments(LocalDate night) {
    return chess(
            TopicIncrements.TABLE,
            TopicIncrements.VERB,
            TopicIncrements.SRC_KEY,
            TopicIncrements.DST_KEY,
            TopicIncrements.ACT_COUNT,
            TopicIncrements.LATEST_POST_ID,
            TopicIncrements.NIGHT)
        .stream()
        .filter(row -> row.get(5).equals(night.toEpochDay()))
        .map(row -> row.subList(0, 5))
        .toList();
  }

  @Test
  void theHalfLifeOfALakeIsKept() throws Exception {
    Lake lake = new Lake(spark(), folder.resolve("lake").toUri().toString());
    lake.create(List.of(TopicClocks.TABLE));
    TopicStage.keepHalfLife(lake, 90);
    TopicStage.keepHalfLife(lake, 90);
    assertThat(lake.version(TopicClocks.TABLE).orElseThrow()).isEqualTo(1);
    assertThatThrownBy(() -> TopicStage.keepHalfLife(lake, 60))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith(
            "topics.half-life-days = 60, but the topics of this lake were summed with 90: ");
  }

  private static Topic topic(String id, String... parents) {
    return new Topic(
        id, List.of(parents), Map.of("en", "About " + id), List.of(), List.of(), List.of(), null);
  }

  @Test
  void whatStandsAboveATopicIsThereFlat() {
    Taxonomy taxonomy =
        new Taxonomy(
            "test",
            List.of(
                topic("games"),
                topic("sport"),
                topic("mind", "games"),
                topic("chess", "mind", "sport")));
    ColumnRows rows = TopicMarts.ancestors(taxonomy, NIGHT.toEpochDay());
    List<String> told = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      told.add(
          rows.texts(MartTopicAncestors.TOPIC_ID).get(row)
              + " < "
              + rows.texts(MartTopicAncestors.ANCESTOR_LABEL_EN).get(row)
              + (rows.longs(MartTopicAncestors.IS_PARENT).get(row) == 1 ? " (parent)" : ""));
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "games < About games",
            "sport < About sport",
            "mind < About mind",
            "mind < About games (parent)",
            "chess < About chess",
            "chess < About mind (parent)",
            "chess < About sport (parent)",
            "chess < About games");
  }

  /** Small tables stay as they are where nothing is new but the night. */
  @Test
  void theTaxonomyIsWrittenWhereItChanges() throws Exception {
    Lake lake = new Lake(spark(), folder.resolve("lake").toUri().toString());
    lake.create(List.of(MartTopicAncestors.TABLE, MartTopics.TABLE));
    Taxonomy small = new Taxonomy("test", List.of(topic("games"), topic("chess", "games")));
    Taxonomy larger =
        new Taxonomy("test", List.of(topic("games"), topic("sport"), topic("chess", "sport")));
    long night = NIGHT.toEpochDay();
    List<Long> versions = new ArrayList<>();
    for (Taxonomy taxonomy : List.of(small, small, larger)) {
      TopicMarts.write(
          lake,
          MartTopicAncestors.TABLE,
          MartTopicAncestors.NIGHT,
          TopicMarts.ancestors(taxonomy, night + versions.size()));
      versions.add(lake.version(MartTopicAncestors.TABLE).orElseThrow());
    }
    assertThat(versions).containsExactly(1L, 1L, 2L);
    for (long accounts : new long[] {5, 5, 6}) {
      TopicMarts.write(
          lake,
          MartTopics.TABLE,
          MartTopics.NIGHT,
          TopicMarts.topics(small, Map.of("chess", new long[] {accounts, 1}), night));
    }
    assertThat(lake.version(MartTopics.TABLE).orElseThrow()).isEqualTo(2);
    TableAssert.assertThat(
            lake.read(MartTopics.TABLE).select("topic_id", "account_count", "expert_count"))
        .hasRows(row("games", 0L, 0L), row("chess", 6L, 1L));
  }
}
