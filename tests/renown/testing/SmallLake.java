package renown.testing;

import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.lake.Lake;
import renown.run.Together;
import renown.tables.EdgeIncrements;
import renown.tables.Landmarks;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.tables.MartBreakouts;
import renown.tables.MartBridges;
import renown.tables.MartCampaignShortlists;
import renown.tables.MartCandidateScores;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartDates;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.MartPersons;
import renown.tables.MartPostSpread;
import renown.tables.MartPostingHours;
import renown.tables.MartReferencePopulations;
import renown.tables.MartRunHealth;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.MartValidation;
import renown.tables.MartWarningOutcomes;
import renown.tables.PostTopics;
import renown.tables.Publications;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.TopicWords;

/**
 * A lake of ten published nights, its marts written row by row: two networks of thirty accounts
 * each, of which the last five have no score, and two topics. Made once for a build; nobody changes
 * it. One more night was begun: two of its stages have ended.
 *
 * <p>The score of account {@code i} on the {@code n}-th night is {@code 62 - 2 * i}, and {@code n /
 * 4} more for the accounts of even number, less for the others; on {@code x} it is one point less.
 */
public final class SmallLake {
  public static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  public static final int NIGHTS = 10;
  public static final LocalDate LAST = FIRST.plusDays(NIGHTS - 1);
  public static final List<String> NETWORKS = List.of("bluesky", "x");
  public static final int ACCOUNTS = 30;
  public static final int SCORED = 25;

  /** Handles of the first accounts of x, who would like to own the reader's browser. */
  public static final List<String> HOSTILE =
      List.of(
          "</script><script>document.documentElement.dataset.owned = 1</script>",
          "<img src=x onerror=\"document.documentElement.dataset.owned = 1\">",
          "--><svg onload='document.documentElement.dataset.owned = 1'>&lt;b&gt;&amp;",
          "{{script}}\\u003c\"'`${1}\u2028\u2029\\",
          "\u202egro.live\u202c \ud83d\udc69\u200d\ud83d\ude80");

  private static final List<String> TERMS =
      List.of(
          "attestation",
          "audience",
          "authority",
          "conversation",
          "persistence",
          "reactors",
          "regularity",
          "resonance");
  private static final double[] SHARES = {
    0.03125, 0.125, 0.25, 0.0625, 0.03125, 0.25, 0.125, 0.125
  };
  private static final List<String> KINDS = List.of("person", "organisation", "automated");
  private static final List<String> TOPICS = List.of("climate", "chess");

  private SmallLake() {}

  /** The lake's root. */
  public static Path root() throws Exception {
    return MadeOnce.folder(
        "small-lake", folder -> write(new Lake(SparkTest.spark(), folder.toUri().toString())));
  }

  public static Lake lake() throws Exception {
    return new Lake(SparkTest.spark(), root().toUri().toString());
  }

  /** Key of an account, by the network's number and its own. */
  public static long key(int network, int account) {
    return ((long) network << 40) + account;
  }

  public static String handle(int network, int account) {
    if (network == 0 && account == 3) {
      return "alice.example";
    }
    return network == 1 && account < HOSTILE.size()
        ? HOSTILE.get(account)
        : NETWORKS.get(network) + "-" + account;
  }

  public static double score(int network, int account, int night) {
    return 62 - 2 * account + (account % 2 == 0 ? 1 : -1) * night / 4.0 - network;
  }

  /** The rows of the marts as the last night left them. */
  public static Map<TableSchema, List<Row>> marts() {
    Map<TableSchema, List<Row>> marts = new LinkedHashMap<>();
    marts.put(MartAccountScores.TABLE, scores(0, NIGHTS));
    marts.put(MartAccountScoresLatest.TABLE, latest(NIGHTS - 1));
    marts.put(MartCandidateScores.TABLE, candidates());
    marts.put(MartScoreTerms.TABLE, terms());
    marts.put(MartReferencePopulations.TABLE, references());
    marts.put(MartScoreChanges.TABLE, changes());
    marts.put(MartValidation.TABLE, validation());
    marts.put(MartTopSources.TABLE, sources());
    marts.put(MartTopics.TABLE, topics());
    marts.put(MartTopicAncestors.TABLE, topicAncestors());
    marts.put(MartTopicScores.TABLE, topicScores());
    marts.put(MartTopicLeaders.TABLE, leaders());
    marts.put(MartTopicAttesters.TABLE, attesters());
    marts.put(MartEmergingHashtags.TABLE, hashtags());
    marts.put(MartPostSpread.TABLE, spread());
    marts.put(MartBreakouts.TABLE, breakouts());
    marts.put(MartEarlyWarnings.TABLE, warnings());
    marts.put(MartWarningOutcomes.TABLE, warningOutcomes());
    marts.put(MartBridges.TABLE, bridges());
    marts.put(MartCommunities.TABLE, communities());
    marts.put(MartCommunityMembers.TABLE, communityMembers());
    marts.put(MartAudienceSketches.TABLE, sketches());
    marts.put(MartAudienceOverlaps.TABLE, overlaps());
    marts.put(MartPostingHours.TABLE, hours());
    marts.put(MartCampaignShortlists.TABLE, shortlist());
    marts.put(MartPersons.TABLE, persons());
    marts.put(MartNetworks.TABLE, networks());
    marts.put(MartDates.TABLE, dates());
    marts.put(MartNetworkActivity.TABLE, activity());
    marts.put(MartRunHealth.TABLE, health());
    return marts;
  }

  /** Tables are made by their first rows, which takes half as long as to create them before. */
  private static void write(Lake lake) throws Exception {
    Map<TableSchema, List<Row>> marts = marts();
    // Two tables are written by night: at version 0 the last but one, at version 1 the last.
    marts.put(MartAccountScores.TABLE, scores(0, NIGHTS - 1));
    marts.put(MartAccountScoresLatest.TABLE, latest(NIGHTS - 2));
    marts.put(EdgeIncrements.TABLE, edges());
    marts.put(TopicWords.TABLE, words());
    marts.put(PostTopics.TABLE, postTopics());
    marts.put(Landmarks.TABLE, landmarks());
    List<Row> publications = new ArrayList<>();
    for (int night = NIGHTS - 2; night < NIGHTS; night++) {
      for (TableSchema table : marts.keySet()) {
        boolean changed =
            table == MartAccountScores.TABLE || table == MartAccountScoresLatest.TABLE;
        publications.add(
            RowFactory.create(
                date(night),
                1L,
                run(night),
                table.path(),
                night == NIGHTS - 1 && changed ? 1L : 0L));
      }
    }
    marts.put(Publications.TABLE, publications);
    List<Row> begun = new ArrayList<>();
    for (long stage = 1; stage <= 2; stage++) {
      begun.add(
          RowFactory.create(
              run(NIGHTS),
              date(NIGHTS),
              "stage " + stage,
              stage,
              "core/any",
              7L,
              null,
              1L,
              1L,
              1.0,
              1.0,
              1L,
              1L,
              1L,
              1L,
              1L,
              1L,
              1L,
              1L));
    }
    marts.put(StageRuns.TABLE, begun);
    Together.run(
        marts.entrySet().stream()
            .map(mart -> (Together.Step) () -> append(lake, mart.getKey(), mart.getValue()))
            .toArray(Together.Step[]::new));
    append(lake, MartAccountScores.TABLE, scores(NIGHTS - 1, NIGHTS));
    lake.overwrite(
        MartAccountScoresLatest.TABLE,
        lake.spark()
            .createDataFrame(latest(NIGHTS - 1), MartAccountScoresLatest.TABLE.structType())
            .coalesce(1));
  }

  private static void append(Lake lake, TableSchema table, List<Row> rows) {
    lake.append(table, lake.spark().createDataFrame(rows, table.structType()).coalesce(1));
  }

  private static Date date(int night) {
    return Date.valueOf(FIRST.plusDays(night));
  }

  private static String run(int night) {
    return FIRST.plusDays(night) + ".1-0badcafe";
  }

  private static List<Row> scores(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (int night = from; night < to; night++) {
      for (int network = 0; network < 2; network++) {
        for (int i = 0; i < ACCOUNTS; i++) {
          boolean known = i < SCORED;
          double score = score(network, i, night);
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  key(network, i),
                  date(night),
                  known ? score : null,
                  known ? score - 2 : null,
                  known ? score + 2.5 : null,
                  known ? score - 1 : null,
                  known ? "sufficient" : "insufficient",
                  Math.exp(score / 10),
                  known ? 100L - i : 1L,
                  known ? 50.0 - i : 0.5,
                  1L,
                  1L,
                  null));
        }
      }
    }
    return rows;
  }

  /**
   * Account {@code i + 1} reposted {@code i} on the first night and liked it on the third; the
   * third account liked the first and took that back; somebody who is not published follows the
   * second.
   */
  private static List<Row> edges() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i + 1 < ACCOUNTS; i++) {
        rows.add(edge(network, i + 1, i, "repost", 2, 0));
        rows.add(edge(network, i + 1, i, "like", 1, 2));
      }
      rows.add(edge(network, 2, 0, "like", 1, 0));
      rows.add(edge(network, 2, 0, "like", -1, 1));
      rows.add(edge(network, ACCOUNTS + 9, 1, "follow", 1, 0));
    }
    return rows;
  }

  private static Row edge(int network, int source, int target, String verb, long acts, int night) {
    // An act of the first midnight is worth 2^30 units, twice that after the half-life of 8 days.
    long units = acts < 0 ? -(1L << 30) : acts * Math.round(Math.pow(2, 30 + night / 8.0));
    return RowFactory.create(
        NETWORKS.get(network),
        key(network, source),
        key(network, target),
        verb,
        acts,
        units,
        date(night));
  }

  private static List<Row> landmarks() {
    return NETWORKS.stream().map(network -> RowFactory.create(network, date(0), 8L)).toList();
  }

  private static List<Row> latest(int night) {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < ACCOUNTS; i++) {
        boolean known = i < SCORED;
        double score = score(network, i, night);
        rows.add(
            RowFactory.create(
                NETWORKS.get(network),
                key(network, i),
                "id-" + network + "-" + i,
                i == 7 ? null : handle(network, i),
                i % 3 == 0 ? "Name of " + handle(network, i) : null,
                i < 20 ? KINDS.get(i % 3) : "unknown",
                i == 9 ? null : i % 2 == 0 ? "en" : "es",
                date(0),
                date(night),
                known ? score : null,
                known ? score - 2 : null,
                known ? score + 2.5 : null,
                known ? score - 1 : null,
                known ? (Long) (i + 1L) : null,
                known ? "sufficient" : "insufficient",
                Math.exp(score / 10),
                known ? 100L - i : 1L,
                known ? 50.0 - i : 0.5,
                i % 2 == 0 ? 0.3 : null,
                i % 2 == 0 ? 0.2 : null,
                i % 2 == 0 ? 0.45 : null,
                known ? "Score of " + score + " in a sentence." : "No score: too few.",
                known ? "La puntuación de " + score + " en una frase." : "Sin puntuación."));
      }
    }
    return rows;
  }

  /** Another model, under which every fifth account gains a point and every fifth loses one. */
  private static List<Row> candidates() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < SCORED; i++) {
        double score = score(network, i, NIGHTS - 1) + (i % 5 - 2) * 0.5;
        rows.add(
            RowFactory.create(
                NETWORKS.get(network), key(network, i), date(NIGHTS - 1), 3L, score, score - 1));
      }
    }
    return rows;
  }

  private static List<Row> terms() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < SCORED; i++) {
        for (String measure : List.of("score", "momentum")) {
          double total = score(network, i, NIGHTS - 1) - (measure.equals("score") ? 0 : 1);
          for (int t = 0; t < TERMS.size(); t++) {
            rows.add(
                RowFactory.create(
                    NETWORKS.get(network),
                    key(network, i),
                    measure,
                    TERMS.get(t),
                    10.0 - t,
                    1.0,
                    1.0,
                    Math.log1p(10.0 - t),
                    total * SHARES[t],
                    "What " + TERMS.get(t) + " measures.",
                    date(NIGHTS - 1)));
          }
        }
      }
    }
    return rows;
  }

  private static List<Row> references() {
    List<Row> rows = new ArrayList<>();
    for (String network : NETWORKS) {
      for (String measure : List.of("score", "momentum")) {
        for (long step = 0; step < 4; step++) {
          rows.add(
              RowFactory.create(
                  network,
                  measure,
                  1L,
                  step * 64,
                  Math.pow(2, step),
                  Math.pow(10, -step),
                  step == 3 ? null : (Double) Math.pow(2, step + 1),
                  step == 3 ? null : (Double) Math.pow(10, -step - 1),
                  step == 2,
                  3.3,
                  0.05,
                  50L,
                  date(NIGHTS - 1)));
        }
      }
    }
    return rows;
  }

  private static List<Row> changes() {
    List<Row> rows = new ArrayList<>();
    for (int night = 1; night < NIGHTS; night++) {
      for (int network = 0; network < 2; network++) {
        for (int i = 0; i < SCORED; i++) {
          double change = score(network, i, night) - score(network, i, night - 1);
          double score = score(network, i, night);
          long source = key(network, (i + 1) % SCORED);
          Object[][] causes = {
            {"authority", source, change / 2},
            {"authority", -1L, change / 4},
            {"reactors", -1L, change / 4}
          };
          for (Object[] cause : causes) {
            rows.add(
                RowFactory.create(
                    NETWORKS.get(network),
                    key(network, i),
                    date(night),
                    date(night - 1),
                    cause[0],
                    cause[1],
                    cause[2],
                    score,
                    change,
                    change > 0 ? 3L : -2L));
          }
        }
      }
    }
    return rows;
  }

  private static List<Row> validation() {
    List<Row> rows = new ArrayList<>();
    List<String> predictors =
        List.of("momentum", "attending accounts", "audience", "authority", "reactors");
    for (int night = 7; night < NIGHTS; night++) {
      for (String network : NETWORKS) {
        for (int p = 0; p < predictors.size(); p++) {
          double correlation = 0.8 - 0.07 * p + 0.01 * night;
          rows.add(
              RowFactory.create(
                  network,
                  date(night),
                  "momentum",
                  predictors.get(p),
                  7L,
                  (long) SCORED,
                  correlation,
                  0.9 - 0.05 * p,
                  8.0 - p,
                  p == 0 ? null : (Double) (0.07 * p),
                  p == 0 ? null : (Double) (0.07 * p - 0.1),
                  p == 0 ? null : (Double) (0.07 * p + 0.1),
                  "Momentum told it.",
                  "El impulso acertó."));
        }
      }
    }
    return rows;
  }

  private static List<Row> sources() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < SCORED; i++) {
        for (int place = 1; place <= 3; place++) {
          int source = (i + place) % ACCOUNTS;
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  key(network, i),
                  (long) place,
                  key(network, source),
                  handle(network, source),
                  0.5 / place,
                  date(NIGHTS - 1)));
        }
      }
    }
    return rows;
  }

  private static List<Row> topics() {
    return List.of(
        topic("climate", "Climate", "Clima", "nature", 30L, 20L),
        topic("chess", "Chess", null, "games", 30L, 20L));
  }

  private static List<Row> topicAncestors() {
    List<Row> rows = new ArrayList<>();
    for (String topic : TOPICS) {
      String parent = topic.equals("climate") ? "nature" : "games";
      rows.add(RowFactory.create(topic, topic, "Label", false, date(NIGHTS - 1)));
      rows.add(RowFactory.create(topic, parent, "Field of " + parent, true, date(NIGHTS - 1)));
    }
    return rows;
  }

  private static Row topic(
      String id, String english, String spanish, String parent, long accounts, long experts) {
    List<String> labels =
        spanish == null ? List.of("en=" + english) : List.of("en=" + english, "es=" + spanish);
    return RowFactory.create(
        id,
        english,
        spanish,
        labels.toArray(new String[0]),
        new String[] {parent},
        new String[] {parent},
        null,
        "renown",
        accounts,
        experts,
        date(NIGHTS - 1));
  }

  /** Experts of climate are the first ten accounts of each network, of chess the next ten. */
  private static double expertise(int topic, int i) {
    return 50 - 3.0 * (i - 10 * topic);
  }

  private static List<Row> topicScores() {
    List<Row> rows = new ArrayList<>();
    for (int topic = 0; topic < 2; topic++) {
      for (int network = 0; network < 2; network++) {
        for (int i = 0; i < SCORED; i++) {
          boolean expert = i / 10 == topic;
          double expertise = expertise(topic, i);
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  key(network, i),
                  TOPICS.get(topic),
                  expert ? expertise : null,
                  expert ? expertise - 3 : null,
                  expert ? expertise + 3 : null,
                  expert ? (Long) (i % 10 + 1L) : null,
                  expert ? 20L : 0L,
                  0L,
                  expert ? 0.6 : null,
                  expert ? expertise / 10 : 0.0,
                  // Those who talk most of it are not those who are attested.
                  expert ? 0.2 : 0.02 * i,
                  (long) i,
                  2L,
                  date(NIGHTS - 1)));
        }
      }
    }
    return rows;
  }

  private static List<Row> leaders() {
    List<Row> rows = new ArrayList<>();
    for (int topic = 0; topic < 2; topic++) {
      for (int network = 0; network < 2; network++) {
        Map<String, Long> places = new LinkedHashMap<>();
        for (int i = 10 * topic; i < 10 * topic + 10; i++) {
          String kind = KINDS.get(i % 3);
          String language = i == 9 ? null : i % 2 == 0 ? "en" : "es";
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  TOPICS.get(topic),
                  topic == 0 ? "Climate" : "Chess",
                  i % 10 + 1L,
                  places.merge(kind + language, 1L, Long::sum),
                  key(network, i),
                  i == 7 ? null : handle(network, i),
                  kind,
                  language,
                  expertise(topic, i),
                  expertise(topic, i) - 3,
                  expertise(topic, i) + 3,
                  i == 8 ? null : 0.2,
                  20L,
                  i % 2 == 0 ? 0.3 : null,
                  i % 2 == 0 ? 0.2 : null,
                  i % 2 == 0 ? 0.45 : null,
                  "20 accounts attest it.",
                  date(NIGHTS - 1)));
        }
      }
    }
    return rows;
  }

  private static List<Row> attesters() {
    List<Row> rows = new ArrayList<>();
    for (int topic = 0; topic < 2; topic++) {
      for (int i = 10 * topic; i < 10 * topic + 10; i++) {
        rows.add(
            RowFactory.create(
                "bluesky",
                key(0, i),
                TOPICS.get(topic),
                1L,
                key(0, i + 1),
                handle(0, i + 1),
                0.4,
                5L,
                "post-" + i,
                date(NIGHTS - 1)));
      }
    }
    return rows;
  }

  private static List<Row> hashtags() {
    return List.of(
        RowFactory.create("bluesky", "newthing", 1L, 12L, 20L, 3L, null, null, date(NIGHTS - 1)),
        RowFactory.create("bluesky", "cop40", 2L, 9L, 15L, 0L, "climate", 0.7, date(NIGHTS - 1)));
  }

  private static List<Row> words() {
    String topic = TOPICS.get(0);
    return List.of(
        RowFactory.create("bluesky", "en", "*", "*", 400.0, null, date(NIGHTS - 1)),
        RowFactory.create("bluesky", "en", "*", topic, 40.0, null, date(NIGHTS - 1)),
        RowFactory.create("bluesky", "en", "heatwave", topic, 9.5, 2.25, date(NIGHTS - 1)),
        RowFactory.create("x", "en", "permafrost", topic, 6.0, 3.0, date(NIGHTS - 1)),
        RowFactory.create("bluesky", "en", "morning", topic, 8.0, 0.0, date(NIGHTS - 1)),
        RowFactory.create("bluesky", "es", "deshielo", topic, 7.0, 2.5, date(NIGHTS - 1)));
  }

  /** Four posts of the last night on bluesky, of which two are about the first topic. */
  private static List<Row> postTopics() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(postTopic(i, "*", 1, "seen"));
    }
    rows.add(postTopic(0, TOPICS.get(0), 0.75, "term"));
    rows.add(postTopic(1, TOPICS.get(0), 0.6, "co-occurrence"));
    return rows;
  }

  private static Row postTopic(int post, String topic, double confidence, String basis) {
    return RowFactory.create(
        NETWORKS.get(0),
        "post-" + post,
        date(NIGHTS - 1),
        key(0, post),
        topic,
        confidence,
        basis,
        noon(NIGHTS - 1),
        date(NIGHTS - 1),
        null);
  }

  /**
   * Account {@code i} reaches 40 accounts from the {@code 10 i}-th on, on its topic the first 20.
   */
  private static List<Row> sketches() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < SCORED; i++) {
        rows.add(sketch(network, i, "*", 40));
        if (i < 20) {
          rows.add(sketch(network, i, TOPICS.get(i / 10), 20));
        }
      }
    }
    return rows;
  }

  private static Row sketch(int network, int i, String topic, int reached) {
    boolean isOfEverything = topic.equals("*");
    UpdateSketch sketch = UpdateSketch.builder().build();
    for (int member = 0; member < reached; member++) {
      sketch.update(key(network, 1000 + 10 * i + member));
    }
    return RowFactory.create(
        NETWORKS.get(network),
        key(network, i),
        topic,
        (long) reached,
        0.0,
        sketch.compact().toByteArrayCompressed(),
        40L,
        i % 2 == 0 ? null : (Long) (100L + i),
        KINDS.get(i % 3),
        i == 9 ? null : i % 2 == 0 ? "en" : "es",
        score(network, i, NIGHTS - 1),
        isOfEverything ? null : (Double) expertise(i / 10, i),
        isOfEverything ? null : (Long) 20L,
        date(NIGHTS - 1));
  }

  private static List<Row> overlaps() {
    List<Row> rows = new ArrayList<>();
    for (int topic = 0; topic < 2; topic++) {
      for (int network = 0; network < 2; network++) {
        for (int i = 10 * topic; i < 10 * topic + 10; i++) {
          for (int other = 10 * topic; other < 10 * topic + 10; other++) {
            if (i != other) {
              long shared = Math.max(0, 20 - 10 * Math.abs(i - other));
              rows.add(
                  RowFactory.create(
                      NETWORKS.get(network),
                      TOPICS.get(topic),
                      key(network, i),
                      key(network, other),
                      20L,
                      shared,
                      shared / 20.0,
                      date(NIGHTS - 1)));
            }
          }
        }
      }
    }
    return rows;
  }

  /** For the first five accounts of each network the hour of their number is the best. */
  private static List<Row> hours() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < 5; i++) {
        for (long place = 1; place <= 24; place++) {
          // Tuesdays from the account's own number on, on a clock two hours ahead of UTC.
          long hour = 24 + (place - 1 + i) % 24;
          long utc = hour - 2;
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  key(network, i),
                  "*",
                  place,
                  hour / 24 + 1,
                  hour % 24,
                  2L,
                  utc / 24 + 1,
                  utc % 24,
                  (12.5 - place) / 25,
                  place == 1 ? 1.5 : 1.0,
                  1 / 168.0,
                  1 / 168.0,
                  48.0,
                  date(NIGHTS - 1)));
        }
      }
    }
    return rows;
  }

  /** Every other expert of climate reaches twenty that the others of them do not. */
  private static List<Row> shortlist() {
    List<Row> rows = new ArrayList<>();
    for (int seat = 0; seat < 3; seat++) {
      int i = 2 * seat;
      rows.add(
          RowFactory.create(
              "spring",
              date(NIGHTS - 1),
              seat + 1L,
              NETWORKS.get(0),
              key(0, i),
              handle(0, i),
              TOPICS.get(0),
              20L,
              20L,
              20L + 20 * seat,
              20L + 10 * seat,
              20L,
              20L,
              KINDS.get(i % 3),
              "en",
              score(0, i, NIGHTS - 1),
              expertise(0, i),
              20L,
              0.4,
              "shortlist"));
    }
    return rows;
  }

  private static java.sql.Timestamp noon(int night) {
    return java.sql.Timestamp.from(
        FIRST.plusDays(night).atTime(12, 0).toInstant(java.time.ZoneOffset.UTC));
  }

  /** Posts of three small accounts of each network, seen on the last two nights. */
  private static List<Row> spread() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < 3; i++) {
        for (int night = NIGHTS - 2; night < NIGHTS; night++) {
          long times = night - NIGHTS + 3;
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network),
                  "post-" + i,
                  key(network, 20 + i),
                  noon(NIGHTS - 2),
                  10L * times,
                  times,
                  2L * times,
                  9L * times,
                  20L * times,
                  15.0 * times,
                  30.0 * times,
                  450.0 * times,
                  2L * times,
                  8L * times,
                  3.5,
                  0.9,
                  0.95,
                  3.0,
                  0.5 * times,
                  0.7,
                  3L,
                  score(network, 20 + i, night),
                  date(night)));
        }
      }
    }
    return rows;
  }

  private static List<Row> breakouts() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < 3; i++) {
        rows.add(
            RowFactory.create(
                NETWORKS.get(network),
                "post-" + i,
                key(network, 20 + i),
                handle(network, 20 + i),
                noon(NIGHTS - 2),
                i + 1L,
                2.0,
                40L - i,
                (network + 1) * Math.pow(10, i - 12),
                (network + 1) * Math.pow(10, i - 10),
                300L,
                6.0,
                12L,
                score(network, 20 + i, NIGHTS - 1),
                i == 2 ? null : TOPICS.get(i),
                i == 2 ? null : "en",
                8L,
                4L,
                6L,
                2L,
                2L,
                4L,
                3.5,
                3L,
                0.7,
                i == 0,
                date(NIGHTS - 1)));
      }
    }
    return rows;
  }

  private static List<Row> warnings() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      rows.add(
          RowFactory.create(
              NETWORKS.get(network),
              "post-w",
              key(network, 23),
              noon(NIGHTS - 1),
              1L,
              5L,
              1.0,
              12L,
              1e-9,
              1e-7,
              200L,
              date(NIGHTS - 1)));
    }
    return rows;
  }

  /** Of six warnings four came true, and of five breakouts four had been warned of. */
  private static List<Row> warningOutcomes() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      rows.add(
          RowFactory.create(NETWORKS.get(network), 4L, 3L, 2L, 0.5, 2 / 3.0, date(NIGHTS - 2)));
      rows.add(RowFactory.create(NETWORKS.get(network), 2L, 2L, 2L, 1.0, 1.0, date(NIGHTS - 1)));
    }
    return rows;
  }

  private static List<Row> bridges() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 2; i < 4; i++) {
        for (String topic : List.of("*", TOPICS.get(0))) {
          for (int from = 10; from < 12; from++) {
            rows.add(
                RowFactory.create(
                    NETWORKS.get(network),
                    key(network, i),
                    key(network, from),
                    key(network, 5),
                    topic,
                    from - 7L,
                    15L,
                    8.0 - i,
                    date(NIGHTS - 1)));
          }
        }
      }
    }
    return rows;
  }

  private static List<Row> communities() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      rows.add(
          RowFactory.create(
              NETWORKS.get(network),
              key(network, 5),
              "#endgame #opening",
              10L,
              "endgame opening",
              "chess",
              "en",
              0.75,
              2L,
              date(NIGHTS - 1)));
      rows.add(
          RowFactory.create(
              NETWORKS.get(network),
              key(network, 11),
              null,
              8L,
              "",
              "chess climate",
              null,
              null,
              0L,
              date(NIGHTS - 1)));
    }
    return rows;
  }

  private static List<Row> communityMembers() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      for (int i = 0; i < 18; i++) {
        rows.add(
            RowFactory.create(
                NETWORKS.get(network),
                key(network, i < 10 ? 5 : 11),
                key(network, i),
                score(network, i, NIGHTS - 1),
                i == 2 || i == 3 ? 15L : 0L,
                date(NIGHTS - 1)));
      }
    }
    return rows;
  }

  /** The first three accounts of either network are the same persons'. */
  private static List<Row> persons() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (int network = 0; network < 2; network++) {
        rows.add(
            RowFactory.create(
                key(0, i),
                NETWORKS.get(network),
                key(network, i),
                "id-" + network + "-" + i,
                handle(network, i),
                "cross-linked",
                2L,
                score(network, i, NIGHTS - 1),
                score(0, i, NIGHTS - 1),
                date(NIGHTS - 1)));
      }
    }
    return rows;
  }

  private static List<Row> networks() {
    List<Row> rows = new ArrayList<>();
    for (int network = 0; network < 2; network++) {
      // On the last night x sends a quarter of what it did.
      double nights = NIGHTS - 0.75 * network;
      rows.add(
          RowFactory.create(
              NETWORKS.get(network),
              date(0),
              date(NIGHTS - 1),
              (long) NIGHTS,
              (long) (1000 * nights),
              (long) (10 * nights),
              (long) (300 * nights),
              (long) (660 * nights),
              true,
              true,
              (long) ACCOUNTS,
              (long) SCORED,
              date(NIGHTS - 1)));
    }
    return rows;
  }

  private static List<Row> dates() {
    List<Row> rows = new ArrayList<>();
    for (LocalDate day = FIRST.withDayOfYear(1);
        day.getYear() == FIRST.getYear();
        day = day.plusDays(1)) {
      int weekday = day.getDayOfWeek().getValue();
      rows.add(
          RowFactory.create(
              Date.valueOf(day),
              (long) day.getYear(),
              (long) day.get(IsoFields.QUARTER_OF_YEAR),
              (long) day.getMonthValue(),
              Date.valueOf(day.withDayOfMonth(1)),
              (long) day.getDayOfMonth(),
              (long) day.get(IsoFields.WEEK_BASED_YEAR),
              (long) day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
              Date.valueOf(day.minusDays(weekday - 1)),
              (long) weekday,
              weekday >= 6));
    }
    return rows;
  }

  private static List<Row> activity() {
    List<Row> rows = new ArrayList<>();
    Map<String, Long> measures = new LinkedHashMap<>();
    measures.put("file", 2L);
    measures.put("line", 1000L);
    measures.put("accepted line", 960L);
    measures.put("duplicate line", 20L);
    measures.put("ignored line", 10L);
    measures.put("rejected line", 10L);
    measures.put("account", 3L);
    measures.put("post", 300L);
    measures.put("repost", 150L);
    measures.put("like", 400L);
    measures.put("reply", 80L);
    measures.put("follow", 30L);
    measures.put("undone follow", 2L);
    measures.put("deletion", 5L);
    for (int night = 0; night < NIGHTS; night++) {
      for (int network = 0; network < 2; network++) {
        // On the last night x sends a quarter of what it did.
        long part = network == 1 && night == NIGHTS - 1 ? 4 : 1;
        for (Map.Entry<String, Long> one : measures.entrySet()) {
          rows.add(
              RowFactory.create(
                  NETWORKS.get(network), date(night), one.getKey(), one.getValue() / part));
        }
      }
    }
    return rows;
  }

  private static List<Row> health() {
    List<Row> rows = new ArrayList<>();
    List<String> stages = List.of("ingest", "graph", "influence", "scores", "topics");
    for (int night = 0; night < NIGHTS; night++) {
      for (int s = 0; s < stages.size(); s++) {
        rows.add(
            RowFactory.create(
                date(night),
                run(night),
                stages.get(s),
                s + 1L,
                2000L,
                1000L,
                10.0 + 5 * s,
                12.0 + 5 * s,
                4000L,
                2000L,
                3000L,
                60L,
                50L,
                70L,
                5L,
                14L));
      }
    }
    return rows;
  }
}
