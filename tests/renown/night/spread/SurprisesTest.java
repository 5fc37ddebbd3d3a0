package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.spread.BreakoutMarts.Told;
import renown.night.spread.Surprises.Surprise;
import renown.tables.AuthorRecords;
import renown.tables.MartWarningOutcomes;
import renown.tables.Posts;

class SurprisesTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final long END =
      NIGHT.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;

  /** 90 days before the night: one half-life. */
  private static final LocalDate LONG_AGO = NIGHT.minusDays(90);

  private final Names networks = new Names();
  private final NightPosts posts = new NightPosts(END, Long.MIN_VALUE);
  private final Judged judged = new Judged(posts);
  private final List<Object[]> replies = new ArrayList<>();

  /** A post by what it drew in its first hour and later, and how many attend to its author. */
  private void add(String id, long author, double age, long audience, int firstHour, int later) {
    int post = posts.add(networks.of("x"), id);
    posts.tellAuthor(post, author);
    posts.tellPosted(post, END - (long) (age * NightPosts.MICROS_PER_HOUR));
    long[] hours = new long[24];
    hours[0] = (long) firstHour << 20;
    hours[4] = (long) later << 20;
    judged.add(
        post,
        posts.window(posts.posted(post), null),
        audience,
        Judged.band(audience, 0),
        firstHour + later == 0 ? null : hours);
  }

  private void reply(String id, long author, int firstHour, int later) {
    add(id, author, 30, 0, firstHour, later);
    replies.add(
        row(
            "x",
            id,
            NIGHT,
            author,
            null,
            "en",
            "any",
            "any",
            null,
            new String[0],
            new String[0],
            NIGHT));
  }

  @Test
  void bandsGoByFourAndByWhatTheNetworkStates() {
    assertThat(Judged.band(0, 0)).isZero();
    assertThat(Judged.band(2, 0)).isZero();
    assertThat(Judged.band(3, 0)).isEqualTo(1);
    assertThat(Judged.band(1, 300)).isEqualTo(4);
    assertThat(Judged.band(1000, 5)).isEqualTo(4);
  }

  @Test
  void recordsAddUpHalveAndForget() {
    Records records =
        new Records(
            new SpreadTables()
                .with(
                    AuthorRecords.TABLE,
                    rows(
                        AuthorRecords.TABLE,
                        row("x", "post", 1L, 4L << 20, 8L << 20, 20L << 20, LONG_AGO),
                        // What the newest row of 1 has replaced, and an author of long ago.
                        row("x", "post", 1L, 9L << 20, 9L << 20, 9L << 20, LONG_AGO.minusDays(2)),
                        row("x", "post", 2L, 100L, 100L, 100L, NIGHT.minusDays(1)),
                        row("x", "post", 3L, 2L << 20, 2L << 20, 2L << 20, LONG_AGO)))
                .input(NIGHT, null),
            networks);
    records.add(networks.of("x"), 0, 1, 3, 2);
    records.add(networks.of("x"), NightPosts.KINDS.indexOf("reply"), 1, 1, 2);
    List<Object> post = List.of("x", "post", 1L, 3L << 20, 7L << 20, 19L << 20, NIGHT.toEpochDay());
    List<Object> reply =
        List.of("x", "reply", 1L, 1L << 20, 1L << 20, 1L << 20, NIGHT.toEpochDay());
    // A night writes what it changes; where most counts no more, all that is left.
    assertThat(recordRows(records, false)).containsExactlyInAnyOrder(post, reply);
    assertThat(recordRows(records, true))
        .containsExactlyInAnyOrder(
            post,
            reply,
            List.of("x", "post", 3L, 1L << 20, 1L << 20, 1L << 20, NIGHT.toEpochDay()));
    assertThat(records.isMostlyOutdated()).isFalse();
  }

  private List<List<Object>> recordRows(Records records, boolean isWhole) {
    return values(
        records.rows(new SpreadTables().input(NIGHT, null), networks, isWhole),
        AuthorRecords.TABLE.columns().toArray(SpreadInput.COLUMNS));
  }

  /** Authors of four posts each draw what their audience lets expect; three posts do not. */
  @Test
  void postsFarBeyondTheirAuthorsRecordAreFoundAndNoOthers() {
    Random random = new Random(3);
    for (int author = 0; author < 400; author++) {
      boolean isFamous = author % 10 == 0;
      double rate = (isFamous ? 60 : 2) * (0.5 + random.nextDouble());
      for (int p = 0; p < 4; p++) {
        int drawn = 0;
        for (double t = -Math.log(1 - random.nextDouble());
            t < rate;
            t -= Math.log(1 - random.nextDouble())) {
          drawn++;
        }
        add(author + "-" + p, author, 30, isFamous ? 1000 : 5, drawn / 3, drawn - drawn / 3);
      }
    }
    add("small", 3, 30, 0, 10, 30);
    add("unknown", 9999, 30, 0, 10, 30);
    add("famous", 10, 30, 700, 100, 400);
    // As many as the small one, but no surprise.
    add("usual", 20, 30, 1000, 10, 30);
    // Who only answered so far draws little with it; a post of its own draws what posts do.
    for (int author = 20_000; author < 20_100; author++) {
      for (int p = 0; p < 8; p++) {
        reply(author + "-answer-" + p, author, 0, 0);
      }
      add(author + "-own", author, 30, 0, 2, 4);
    }
    reply("answer", 20_000, 10, 10);
    SpreadInput input = new SpreadTables().input(NIGHT, null);
    posts.describe(input, rows(Posts.TABLE, replies.toArray(Object[][]::new)), networks);
    // Three and a half hours after they were posted: what is drawn later is not known yet.
    add("rises", 3, 3.5, 0, 20, 0);
    add("calm", 4, 3.5, 5, 1, 0);
    add("empty", 5, 1.5, 5, 0, 0);

    long[] counted = Surprises.counted(posts, judged);
    Records records = new Records(input, networks);
    for (int i = 0; i < judged.size(); i++) {
      int post = judged.post(i);
      if (judged.isJudged(i)) {
        records.add(0, posts.kind(post), posts.author(post), counted[i], judged.band(i));
      }
    }
    People nobody = new People(input, networks);
    Priors priors = new Priors(1, records, nobody, posts, judged, counted);
    List<Surprise> found =
        Surprises.find(posts, judged, true, counted, records, priors, 0.01, 5, 1);
    assertThat(found.stream().map(one -> posts.id(one.post())).collect(Collectors.toSet()))
        .isEqualTo(Set.of("small", "unknown", "famous", "answer"));
    assertThat(found.stream().map(Surprise::place)).containsExactly(1L, 2L, 3L, 4L);
    Surprise small =
        found.stream().filter(one -> posts.id(one.post()).equals("small")).findAny().get();
    assertThat(small.expected()).isBetween(0.5, 5.0);
    assertThat(small.observed()).isEqualTo(40);
    assertThat(small.lookedAt()).isEqualTo(2505);
    assertThat(small.authorPosts()).isCloseTo(4, within(1e-9));
    assertThat(small.tail()).isLessThan(small.adjusted());

    List<Surprise> warnings =
        Surprises.find(posts, judged, false, counted, records, priors, 0.01, 5, 1);
    assertThat(warnings).hasSize(1);
    assertThat(posts.id(warnings.get(0).post())).isEqualTo("rises");
    assertThat(warnings.get(0).hours()).isEqualTo(3);
    assertThat(warnings.get(0).observed()).isEqualTo(20);
    assertThat(warnings.get(0).lookedAt()).isEqualTo(3);
    assertThat(warnings.get(0).expected()).isLessThan(small.expected());
  }

  /** Three times the ninth decile of posts alike, and 5. */
  @Test
  void whatAPostCountsIsBounded() {
    for (int i = 0; i <= 10; i++) {
      add("p" + i, i, 30, 0, i == 10 ? 500 : i, 0);
    }
    long[] counted = Surprises.counted(posts, judged);
    assertThat(counted).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).endsWith(3 * 9 + 5);
  }

  /** Benjamini and Hochberg's own example (1995, section 5): 4 of 15 hypotheses at level 0.05. */
  @Test
  void theCorrectionIsThatOfTheWorkedExample() {
    double[] tails = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459};
    List<Surprise> unlikely = new ArrayList<>();
    for (int i = 0; i < tails.length; i++) {
      unlikely.add(new Surprise(i, 0, 24, 1, 10, tails[i], tails[i], 15, 0, 0));
    }
    List<Surprise> kept = Surprises.corrected(unlikely, 0.05, 5);
    assertThat(kept.stream().map(Surprise::post)).containsExactly(0, 1, 2, 3);
    assertThat(kept.get(3).adjusted()).isCloseTo(0.0095 * 15 / 4, within(1e-12));
    assertThat(Surprises.corrected(unlikely, 0.05, 11)).isEmpty();
  }

  @Test
  void warningsAreHeldAgainstWhatHappened() {
    ColumnRows outcomes =
        BreakoutMarts.outcomes(
            NIGHT,
            Set.of(new Told("x", "a"), new Told("x", "b"), new Told("x", "c"), new Told("y", "a")),
            Set.of(new Told("x", "b"), new Told("x", "c"), new Told("x", "d"), new Told("z", "d")));
    assertThat(
            values(
                outcomes,
                MartWarningOutcomes.NETWORK,
                MartWarningOutcomes.WARNED_COUNT,
                MartWarningOutcomes.BREAKOUT_COUNT,
                MartWarningOutcomes.CONFIRMED_COUNT))
        .containsExactly(
            List.of("x", 3L, 3L, 2L), List.of("y", 1L, 0L, 0L), List.of("z", 0L, 1L, 0L));
    assertThat(outcomes.doubles(MartWarningOutcomes.PRECISION).get(0)).isEqualTo(2 / 3.0);
    assertThat(outcomes.doubles(MartWarningOutcomes.RECALL).isNull(1)).isTrue();
    assertThat(outcomes.doubles(MartWarningOutcomes.PRECISION).isNull(2)).isTrue();
  }
}
