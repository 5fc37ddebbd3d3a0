package renown.ask.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import renown.ask.sql.PublishedMarts;
import renown.ask.sql.PublishedMarts.Opened;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.run.RenownException;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartBreakouts;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartNetworks;
import renown.tables.MartPersons;
import renown.tables.MartPostSpread;
import renown.tables.MartPostingHours;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Reads cards from published marts, column by column: a card needs no query. */
final class AccountCards {
  private static final int MOST_ROWS = 5;
  private static final int MOST_NEAR = 5;
  private static final int MOST_HOURS = 3;
  private static final int MOST_NIGHTS = 60;

  /** An account by its key. */
  private record Named(String network, long key, String id, String handle) {
    String shown() {
      return network + " " + (handle == null ? id : "@" + handle);
    }
  }

  private final Opened marts;

  /**
   * @param marts of the night to read
   */
  AccountCards(Opened marts) {
    this.marts = marts;
  }

  /**
   * The card of an account.
   *
   * @param who its handle, with or without @, small and capital letters alike, or its id
   * @param network null for all
   * @param language {@code en} or {@code es}, of the explanation and of topics' names
   * @throws RenownException where there is no such account, with those of similar handles, or
   *     several
   */
  AccountCard of(String who, String network, String language) {
    Named account = find(who, network);
    boolean isSpanish = language.equals("es");
    TableSchema latestTable = MartAccountScoresLatest.TABLE;
    Rows latest = new Rows(latestTable, MartAccountScoresLatest.ACCOUNT_KEY, account.key);
    int row = latest.first();
    List<AccountCard.Change> changes = new ArrayList<>();
    Double scoreChange = changes(account.key, changes);
    return new AccountCard(
        account.network,
        account.id,
        account.handle,
        latest.text(MartAccountScoresLatest.DISPLAY_NAME, row),
        latest.text(MartAccountScoresLatest.KIND, row),
        latest.text(MartAccountScoresLatest.LANGUAGE, row),
        marts.publication().date().toString(),
        latest.number(MartAccountScoresLatest.SCORE, row),
        latest.number(MartAccountScoresLatest.SCORE_LOW, row),
        latest.number(MartAccountScoresLatest.SCORE_HIGH, row),
        latest.number(MartAccountScoresLatest.MOMENTUM, row),
        latest.whole(MartAccountScoresLatest.PLACE, row),
        scoredCount(account.network),
        latest.text(MartAccountScoresLatest.EVIDENCE, row),
        latest.text(
            isSpanish
                ? MartAccountScoresLatest.EXPLANATION_ES
                : MartAccountScoresLatest.EXPLANATION_EN,
            row),
        terms(account.key),
        changes,
        scoreChange,
        sources(account.key),
        topics(account.key, isSpanish ? MartTopics.LABEL_ES : MartTopics.LABEL_EN),
        latest.number(MartAccountScoresLatest.RESPONSE_RATE, row),
        latest.number(MartAccountScoresLatest.RESPONSE_RATE_LOW, row),
        latest.number(MartAccountScoresLatest.RESPONSE_RATE_HIGH, row),
        hours(account.key),
        community(account.key),
        linked(account.key),
        posts(account.key),
        history(account.key));
  }

  private TableFiles files(TableSchema table) {
    Long version = marts.publication().versions().get(table.path());
    if (version == null) {
      throw RenownException.configuration(
          "The night %s has published no %s: it was run by an earlier version. Run the night again"
              + " with nightly --again.",
          marts.publication().date(), table.name());
    }
    return marts.lake().filesAt(table, version);
  }

  private Named find(String who, String network) {
    String wanted = who.startsWith("@") ? who.substring(1) : who;
    String folded = wanted.toLowerCase(Locale.ROOT);
    List<Named> found = new ArrayList<>();
    Map<Named, Integer> near = new HashMap<>();
    if (network != null) {
      PublishedMarts.checkNetwork(
          network,
          List.of(
              files(MartNetworks.TABLE)
                  .read(MartNetworks.NETWORK)
                  .texts(MartNetworks.NETWORK)
                  .toArray()));
    }
    LevenshteinDistance edits = new LevenshteinDistance(Math.max(2, wanted.length() / 3));
    // File by file: only what matches is kept.
    for (TableFiles file : files(MartAccountScoresLatest.TABLE).each()) {
      ColumnRows rows =
          file.read(
              MartAccountScoresLatest.NETWORK,
              MartAccountScoresLatest.ACCOUNT_KEY,
              MartAccountScoresLatest.ACCOUNT_ID,
              MartAccountScoresLatest.HANDLE);
      for (int i = 0; i < rows.size(); i++) {
        Named account =
            new Named(
                rows.texts(MartAccountScoresLatest.NETWORK).get(i),
                rows.longs(MartAccountScoresLatest.ACCOUNT_KEY).get(i),
                rows.texts(MartAccountScoresLatest.ACCOUNT_ID).get(i),
                rows.texts(MartAccountScoresLatest.HANDLE).get(i));
        if (network != null && !network.equals(account.network)) {
          continue;
        }
        String handle = account.handle == null ? "" : account.handle.toLowerCase(Locale.ROOT);
        if (handle.equals(folded) || account.id.equals(wanted)) {
          found.add(account);
        } else if (found.isEmpty() && !handle.isEmpty()) {
          int distance =
              folded.length() > 2 && handle.contains(folded) ? 1 : edits.apply(folded, handle);
          if (distance >= 0) {
            near.put(account, distance);
            forgetFarthest(near);
          }
        }
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw RenownException.configuration(
          "%s: no account of that handle or id%s was published on %s%s",
          who,
          network == null ? "" : " on " + network,
          marts.publication().date(),
          near.isEmpty() ? "." : "; did you mean " + String.join(", ", shown(near.keySet())) + "?");
    }
    throw RenownException.configuration(
        "%s: several accounts have that name: %s. Say which by --network, or by the id.",
        who, String.join(", ", shown(found)));
  }

  private static List<String> shown(Iterable<Named> accounts) {
    List<String> shown = new ArrayList<>();
    accounts.forEach(account -> shown.add(account.shown()));
    shown.sort(null);
    return shown;
  }

  private static void forgetFarthest(Map<Named, Integer> near) {
    if (near.size() > MOST_NEAR) {
      near.entrySet().stream()
          .max(
              Map.Entry.<Named, Integer>comparingByValue()
                  .thenComparing(entry -> entry.getKey().shown()))
          .ifPresent(farthest -> near.remove(farthest.getKey()));
    }
  }

  private long scoredCount(String network) {
    ColumnRows rows =
        files(MartNetworks.TABLE).read(MartNetworks.NETWORK, MartNetworks.SCORED_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      if (network.equals(rows.texts(MartNetworks.NETWORK).get(i))) {
        return rows.longs(MartNetworks.SCORED_COUNT).get(i);
      }
    }
    return 0;
  }

  private List<AccountCard.Term> terms(long key) {
    Rows rows = new Rows(MartScoreTerms.TABLE, MartScoreTerms.ACCOUNT_KEY, key);
    List<AccountCard.Term> terms = new ArrayList<>();
    for (int row : rows.matching) {
      if ("score".equals(rows.text(MartScoreTerms.MEASURE, row))) {
        terms.add(
            new AccountCard.Term(
                rows.text(MartScoreTerms.TERM, row),
                rows.number(MartScoreTerms.VALUE, row),
                rows.number(MartScoreTerms.POINTS, row),
                rows.text(MartScoreTerms.MEANING, row)));
      }
    }
    terms.sort(
        Comparator.comparingDouble((AccountCard.Term term) -> -term.points())
            .thenComparing(AccountCard.Term::term));
    return terms;
  }

  /** Fills in the causes of the last change; the change in all, null where there is none. */
  private Double changes(long key, List<AccountCard.Change> changes) {
    Rows rows = new Rows(MartScoreChanges.TABLE, MartScoreChanges.ACCOUNT_KEY, key);
    long night = marts.publication().date().toEpochDay();
    Set<Long> sources = new HashSet<>();
    List<Integer> ofNight = new ArrayList<>();
    Double change = null;
    for (int row : rows.matching) {
      if (rows.whole(MartScoreChanges.NIGHT, row) == night) {
        ofNight.add(row);
        sources.add(rows.whole(MartScoreChanges.SOURCE_KEY, row));
        change = rows.number(MartScoreChanges.SCORE_CHANGE, row);
      }
    }
    Map<Long, String> handles = handles(sources);
    for (int row : ofNight) {
      double points = rows.number(MartScoreChanges.POINTS, row);
      if (points != 0) {
        changes.add(
            new AccountCard.Change(
                rows.text(MartScoreChanges.TERM, row),
                handles.get(rows.whole(MartScoreChanges.SOURCE_KEY, row)),
                points));
      }
    }
    changes.sort(
        Comparator.comparingDouble((AccountCard.Change one) -> -Math.abs(one.points()))
            .thenComparing(AccountCard.Change::term)
            .thenComparing(one -> String.valueOf(one.source())));
    if (changes.size() > MOST_ROWS) {
      changes.subList(MOST_ROWS, changes.size()).clear();
    }
    return change;
  }

  /** The handles of some accounts, in one pass. */
  private Map<Long, String> handles(Set<Long> keys) {
    Map<Long, String> handles = new HashMap<>();
    if (keys.stream().allMatch(key -> key < 0)) {
      return handles;
    }
    for (TableFiles file : files(MartAccountScoresLatest.TABLE).each()) {
      ColumnRows rows =
          file.read(MartAccountScoresLatest.ACCOUNT_KEY, MartAccountScoresLatest.HANDLE);
      ColumnRows.Longs found = rows.longs(MartAccountScoresLatest.ACCOUNT_KEY);
      for (int row = 0; row < found.size(); row++) {
        if (keys.contains(found.get(row))) {
          handles.put(found.get(row), rows.texts(MartAccountScoresLatest.HANDLE).get(row));
        }
      }
    }
    return handles;
  }

  private List<AccountCard.Source> sources(long key) {
    Rows rows = new Rows(MartTopSources.TABLE, MartTopSources.ACCOUNT_KEY, key);
    List<AccountCard.Source> sources = new ArrayList<>();
    rows.matching.stream()
        .sorted(Comparator.comparing(row -> rows.whole(MartTopSources.PLACE, row)))
        .limit(MOST_ROWS)
        .forEach(
            row ->
                sources.add(
                    new AccountCard.Source(
                        rows.text(MartTopSources.SOURCE_HANDLE, row),
                        rows.number(MartTopSources.INFLUENCE_SHARE, row))));
    return sources;
  }

  private List<AccountCard.TopicStanding> topics(long key, TableColumn label) {
    Rows rows = new Rows(MartTopicScores.TABLE, MartTopicScores.ACCOUNT_KEY, key);
    ColumnRows names =
        files(MartTopics.TABLE)
            .read(Stream.of(MartTopics.TOPIC_ID, MartTopics.LABEL_EN, label).distinct().toList());
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String asked = names.texts(label).get(i);
      labels.put(
          names.texts(MartTopics.TOPIC_ID).get(i),
          asked == null ? names.texts(MartTopics.LABEL_EN).get(i) : asked);
    }
    List<AccountCard.TopicStanding> topics = new ArrayList<>();
    for (int row : rows.matching) {
      String id = rows.text(MartTopicScores.TOPIC_ID, row);
      topics.add(
          new AccountCard.TopicStanding(
              labels.getOrDefault(id, id),
              rows.number(MartTopicScores.EXPERTISE, row),
              rows.number(MartTopicScores.EXPERTISE_LOW, row),
              rows.number(MartTopicScores.EXPERTISE_HIGH, row),
              rows.whole(MartTopicScores.PLACE, row),
              rows.number(MartTopicScores.INTEREST_SHARE, row)));
    }
    topics.sort(
        Comparator.comparingDouble(
                (AccountCard.TopicStanding topic) ->
                    topic.expertise() == null ? 0 : -topic.expertise())
            .thenComparingDouble(
                topic -> topic.interestShare() == null ? 0 : -topic.interestShare())
            .thenComparing(AccountCard.TopicStanding::topic));
    return List.copyOf(topics.subList(0, Math.min(MOST_ROWS, topics.size())));
  }

  private List<AccountCard.PostingHour> hours(long key) {
    Rows rows = new Rows(MartPostingHours.TABLE, MartPostingHours.ACCOUNT_KEY, key);
    return rows.matching.stream()
        .filter(row -> "*".equals(rows.text(MartPostingHours.TOPIC_ID, row)))
        .sorted(Comparator.comparing(row -> rows.whole(MartPostingHours.PLACE, row)))
        .limit(MOST_HOURS)
        .map(
            row ->
                new AccountCard.PostingHour(
                    rows.whole(MartPostingHours.POST_WEEKDAY, row),
                    rows.whole(MartPostingHours.POST_HOUR, row),
                    rows.whole(MartPostingHours.UTC_OFFSET_HOURS, row),
                    rows.number(MartPostingHours.EXPECTED_GAIN_SHARE, row)))
        .toList();
  }

  private AccountCard.Community community(long key) {
    Rows members = new Rows(MartCommunityMembers.TABLE, MartCommunityMembers.ACCOUNT_KEY, key);
    if (members.matching.isEmpty()) {
      return null;
    }
    Rows its =
        new Rows(
            MartCommunities.TABLE,
            MartCommunities.COMMUNITY_KEY,
            members.whole(MartCommunityMembers.COMMUNITY_KEY, members.first()));
    return new AccountCard.Community(
        its.text(MartCommunities.NAME, its.first()),
        its.whole(MartCommunities.MEMBER_COUNT, its.first()),
        members.whole(MartCommunityMembers.BRIDGED_COUNT, members.first()));
  }

  private List<AccountCard.Linked> linked(long key) {
    Rows own = new Rows(MartPersons.TABLE, MartPersons.ACCOUNT_KEY, key);
    List<AccountCard.Linked> linked = new ArrayList<>();
    for (int mine : own.matching) {
      long person = own.whole(MartPersons.PERSON_KEY, mine);
      Rows all = new Rows(MartPersons.TABLE, MartPersons.PERSON_KEY, person);
      for (int row : all.matching) {
        if (all.whole(MartPersons.ACCOUNT_KEY, row) != key) {
          linked.add(
              new AccountCard.Linked(
                  all.text(MartPersons.NETWORK, row),
                  all.text(MartPersons.HANDLE, row),
                  all.text(MartPersons.BASIS, row),
                  all.number(MartPersons.SCORE, row)));
        }
      }
    }
    linked.sort(
        Comparator.comparing(AccountCard.Linked::network)
            .thenComparing(one -> String.valueOf(one.handle())));
    return linked;
  }

  private List<AccountCard.Post> posts(long key) {
    Rows breakouts = new Rows(MartBreakouts.TABLE, MartBreakouts.AUTHOR_KEY, key);
    Set<String> far = new HashSet<>();
    breakouts.matching.forEach(row -> far.add(breakouts.text(MartBreakouts.POST_ID, row)));
    Rows rows = new Rows(MartPostSpread.TABLE, MartPostSpread.AUTHOR_KEY, key);
    // A post has a row for each night on which something happened to it: the last one tells all.
    Map<String, Integer> last = new HashMap<>();
    for (int row : rows.matching) {
      last.merge(
          rows.text(MartPostSpread.POST_ID, row),
          row,
          (one, other) ->
              rows.whole(MartPostSpread.NIGHT, one) > rows.whole(MartPostSpread.NIGHT, other)
                  ? one
                  : other);
    }
    List<AccountCard.Post> posts = new ArrayList<>();
    last.forEach(
        (post, row) ->
            posts.add(
                new AccountCard.Post(
                    post,
                    instant(rows.whole(MartPostSpread.POSTED_AT, row)),
                    rows.whole(MartPostSpread.ACTOR_COUNT, row),
                    rows.whole(MartPostSpread.DEPTH, row),
                    far.contains(post))));
    // What one account reacted to has not travelled.
    posts.removeIf(post -> post.actorCount() < 2);
    posts.sort(
        Comparator.comparingLong((AccountCard.Post post) -> -post.actorCount())
            .thenComparing(AccountCard.Post::postId));
    return List.copyOf(posts.subList(0, Math.min(MOST_ROWS, posts.size())));
  }

  private static String instant(Long micros) {
    return micros == null
        ? null
        : Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(micros)).toString();
  }

  private List<AccountCard.Past> history(long key) {
    Rows rows = new Rows(MartAccountScores.TABLE, MartAccountScores.ACCOUNT_KEY, key);
    long last = marts.publication().date().toEpochDay();
    return rows.matching.stream()
        .filter(row -> rows.whole(MartAccountScores.NIGHT, row) > last - MOST_NIGHTS)
        .filter(row -> rows.whole(MartAccountScores.NIGHT, row) <= last)
        .sorted(Comparator.comparing(row -> rows.whole(MartAccountScores.NIGHT, row)))
        .map(
            row ->
                new AccountCard.Past(
                    LocalDate.ofEpochDay(rows.whole(MartAccountScores.NIGHT, row)).toString(),
                    rows.number(MartAccountScores.SCORE, row)))
        .toList();
  }

  /** The rows of a mart in which a column has a value, from the files that may hold it. */
  private final class Rows {
    private final ColumnRows rows;
    private final List<Integer> matching = new ArrayList<>();

    Rows(TableSchema table, TableColumn key, long value) {
      rows = files(table).holding(key, value).read(table.columns());
      ColumnRows.Longs keys = rows.longs(key);
      for (int row = 0; row < keys.size(); row++) {
        if (keys.get(row) == value) {
          matching.add(row);
        }
      }
    }

    int first() {
      return matching.get(0);
    }

    String text(TableColumn column, int row) {
      return rows.texts(column).get(row);
    }

    Double number(TableColumn column, int row) {
      ColumnRows.Doubles values = rows.doubles(column);
      return values.isNull(row) ? null : (Double) values.get(row);
    }

    Long whole(TableColumn column, int row) {
      ColumnRows.Longs values = rows.longs(column);
      return values.isNull(row) ? null : (Long) values.get(row);
    }
  }
}
