package renown.night.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import renown.kernels.hours.PostingModel;
import renown.kernels.hours.Week;
import renown.lake.ColumnRows;
import renown.tables.AudienceHours;
import renown.tables.MartPostingHours;
import renown.tables.NetworkHours;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

class HoursTest {
  /** A Monday. */
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

  private static final long UNIT = 1 << 20;

  private static Timestamp at(String time) {
    return Timestamp.valueOf("2026-01-05 " + time);
  }

  private static AudienceTables acts() {
    AudienceTables tables = new AudienceTables().credible(1, 2, 3, 4, 100);
    Object[][] acts = {
      {"like", 1L, "a", "09:30:00", 1L},
      {"repost", 2L, "a", "11:30:00", 1L},
      {"like", 9L, "a", "11:30:00", 1L},
      {"mention", 1L, "a", "11:30:00", 1L},
      {"like", 100L, "a", "11:30:00", 1L},
      {"reply", 3L, "old", "08:00:00", 1L},
      {"reply", 3L, "older", "08:00:00", 1L},
      {"like", 4L, "a", "12:00:00", 1L},
      {"like", 4L, "a", "12:00:00", -1L},
      {"like", 4L, "unseen", "12:00:00", 1L}
    };
    for (Object[] act : acts) {
      tables.act(
          (String) act[0],
          (Long) act[1],
          100,
          (String) act[2],
          at((String) act[3]),
          (Long) act[4],
          NIGHT);
    }
    return tables
        .post("a", "*", at("09:00:00"), NIGHT)
        .post("a", "chess", at("09:00:00"), NIGHT)
        .post("old", "*", Timestamp.valueOf("2026-01-04 22:00:00"), NIGHT.minusDays(1))
        .post("older", "*", Timestamp.valueOf("2026-01-04 07:00:00"), NIGHT.minusDays(1));
  }

  private static String acts(long[] hours, long[] units, long offset) {
    StringBuilder text = new StringBuilder();
    long[] order = LongStream.range(0, Week.HOURS).toArray();
    for (long h : order) {
      for (int i = 0; i < hours.length; i++) {
        long acts = Math.round(units[i] / (double) UNIT);
        if (acts != 0 && Math.floorMod(hours[i] - offset, (long) Week.HOURS) == h) {
          text.append(h).append('=').append(acts).append(' ');
        }
      }
    }
    return text.toString().strip();
  }

  private static String acts(ColumnRows sums, int row, TableColumn hours, TableColumn units) {
    return acts(
        sums.lists(hours).longs(row),
        sums.lists(units).longs(row),
        sums.longs(AudienceHours.BASE_OFFSET_HOURS).get(row));
  }

  /** By hour of the week in UTC, whatever clock they are kept on. */
  @Test
  void postsAndReactionsWithinADayAreCountedByHour() {
    Map<TableSchema, ColumnRows> night = acts().rowsOf(NIGHT);
    ColumnRows sums = night.get(AudienceHours.TABLE);
    Map<String, String> posts = new HashMap<>();
    Map<String, String> reactions = new HashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      assertThat(sums.longs(AudienceHours.ACCOUNT_KEY).get(i)).isEqualTo(100);
      String topic = sums.texts(AudienceHours.TOPIC_ID).get(i);
      posts.put(topic, acts(sums, i, AudienceHours.POST_HOURS, AudienceHours.POST_UNITS));
      reactions.put(
          topic, acts(sums, i, AudienceHours.REACTION_HOURS, AudienceHours.REACTION_UNITS));
    }
    assertThat(posts).isEqualTo(Map.of("*", "9=1", "chess", "9=1"));
    assertThat(reactions).isEqualTo(Map.of("*", "8=1 9=1 11=1", "chess", "9=1 11=1"));
    long offset = sums.longs(AudienceHours.BASE_OFFSET_HOURS).get(0);
    ColumnRows networks = night.get(NetworkHours.TABLE);
    Map<Long, List<Long>> byPost = new HashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      byPost.put(
          Math.floorMod(networks.longs(NetworkHours.POST_HOUR).get(i) - offset, (long) Week.HOURS),
          Arrays.stream(networks.lists(NetworkHours.REACTION_UNITS).longs(i))
              .map(units -> Math.round(units / (double) UNIT))
              .boxed()
              .toList()
              .subList(0, 11));
    }
    // Monday at nine: a reaction within the hour, one two hours later; Sunday at 22: ten later.
    assertThat(byPost)
        .isEqualTo(
            Map.of(
                9L, List.of(1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                166L, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L)));
  }

  @Test
  void nothingIsKeptOfAnAccountThatMustNotBeScored() {
    AudienceTables tables = new AudienceTables().credible(1);
    tables.post("a", "*", at("09:00:00"), NIGHT);
    assertThat(tables.rowsOf(NIGHT).get(AudienceHours.TABLE).size()).isZero();

    // Nor of one that no longer may: the table is written again without it, whatever the night.
    ColumnRows before = acts().rowsOf(NIGHT).get(AudienceHours.TABLE);
    AudienceStage.Made made =
        AudienceStage.rows(
            new AudienceTables()
                .credible(1)
                .with(AudienceHours.TABLE, before)
                .input(NIGHT.plusDays(1)));
    assertThat(made.areHoursWhole()).isTrue();
    assertThat(made.rows().get(AudienceHours.TABLE).size()).isZero();
  }

  /** After a half-life half is left; nothing done and nothing left is no row. */
  @Test
  void sumsFade() {
    LocalDate first = LocalDate.ofEpochDay(16 * 1280);
    AudienceTables tables = new AudienceTables().credible(1, 100).halving(32);
    Timestamp noon = Timestamp.valueOf(first.atTime(12, 0));
    tables.post("a", "*", noon, first).act("like", 1, 100, "a", noon, 1, first);
    ColumnRows before = tables.rowsOf(first).get(AudienceHours.TABLE);
    // Nothing is written of who did nothing,
    AudienceStage.Made quiet = fading(before, first.plusDays(32));
    assertThat(quiet.areHoursWhole()).isFalse();
    assertThat(quiet.rows().get(AudienceHours.TABLE).size()).isZero();
    // until rows of 16 nights are there: then one row of each is kept.
    for (int night = 1; night < 16; night++) {
      before.addValues(before, 0, withoutNight());
      before.longs(AudienceHours.NIGHT).add(first.plusDays(-night).toEpochDay());
    }
    AudienceStage.Made made = fading(before, first.plusDays(32));
    assertThat(made.areHoursWhole()).isTrue();
    assertThat(made.rows().get(AudienceHours.TABLE).size()).isEqualTo(1);
    ColumnRows later = made.rows().get(AudienceHours.TABLE);
    for (TableColumn units : List.of(AudienceHours.POST_UNITS, AudienceHours.REACTION_UNITS)) {
      assertThat(later.lists(units).longs(0)[0])
          .isCloseTo(before.lists(units).longs(0)[0] / 2, within(1L));
    }
    assertThat(fading(before, first.plusDays(320)).rows().get(AudienceHours.TABLE).size()).isZero();
  }

  private static List<TableColumn> withoutNight() {
    return AudienceHours.TABLE.columns().stream()
        .filter(column -> column != AudienceHours.NIGHT)
        .toList();
  }

  private static AudienceStage.Made fading(ColumnRows before, LocalDate night) {
    return AudienceStage.rows(
        new AudienceTables()
            .credible(1, 100)
            .halving(32)
            .with(AudienceHours.TABLE, before)
            .input(night));
  }

  /** A society of one country, on its own clock: readers are about in the afternoon. */
  private static final class Country {
    private final ZoneId zone;
    private final Random random = new Random(11);
    private ColumnRows hours = new ColumnRows(AudienceHours.TABLE);
    private ColumnRows networks = new ColumnRows(NetworkHours.TABLE);
    private ColumnRows mart;
    private int rowsRead;

    Country(String zone) {
      this.zone = ZoneId.of(zone);
    }

    /** An instant of a local time of day, as the tests' tables take it. */
    private Timestamp at(LocalDate day, double hour) {
      ZonedDateTime local = day.atStartOfDay().plusSeconds((long) (hour * 3600)).atZone(zone);
      LocalDateTime utc = local.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
      return Timestamp.valueOf(utc);
    }

    /** One night of 300 readers of account 100, each about three times; posts at 8 and 20. */
    void live(LocalDate night) {
      AudienceTables tables = new AudienceTables().credible(100).scored(100).halving(30);
      tables.post(night + " 8", "*", at(night, 8), night);
      tables.post(night + " 20", "*", at(night, 20), night);
      for (long reader = 1; reader <= 300; reader++) {
        tables.credible(reader);
        tables.act("follow", reader, 100, null, at(night, drawn()), 1, night);
        tables.act("follow", reader, 100, null, at(night, drawn()), 1, night);
        double hour = drawn();
        if (hour >= 8) {
          String post = night + (hour < 20 ? " 8" : " 20");
          tables.act("like", reader, 100, post, at(night, hour), 1, night);
        }
        tables.edge(reader, 100, "follow", 1, night);
      }
      tables.with(AudienceHours.TABLE, hours).with(NetworkHours.TABLE, networks);
      AudienceStage.Made made = AudienceStage.rows(tables.input(night));
      ColumnRows changed = made.rows().get(AudienceHours.TABLE);
      if (made.areHoursWhole()) {
        hours = changed;
      } else {
        for (int i = 0; i < changed.size(); i++) {
          hours.addRow(changed, i);
        }
      }
      rowsRead = hours.size();
      networks = made.rows().get(NetworkHours.TABLE);
      mart = AudienceTables.postingHours(made);
    }

    private double drawn() {
      double hour = 17 + 4.5 * random.nextGaussian();
      return hour < 0 ? hour + 24 : hour >= 24 ? hour - 24 : hour;
    }

    long first(TableColumn column) {
      int best =
          IntStream.range(0, mart.size())
              .filter(i -> mart.longs(MartPostingHours.PLACE).get(i) == 1)
              .findAny()
              .orElseThrow();
      return mart.longs(column).get(best);
    }
  }

  /**
   * Clocks go forward on 29 March 2026 and back on 25 October. In the weeks around it the best hour
   * stays the same hour of theirs, and moves by one in UTC.
   */
  @Test
  void theAudiencesOwnHourStaysWhenClocksChange() {
    for (String[] change : new String[][] {{"2026-03-29", "1", "2"}, {"2026-10-25", "2", "1"}}) {
      Country country = new Country("Europe/Berlin");
      LocalDate day = LocalDate.parse(change[0]);
      for (LocalDate night = day.minusDays(25); night.isBefore(day); night = night.plusDays(1)) {
        country.live(night);
      }
      long hour = country.first(MartPostingHours.POST_HOUR);
      assertThat(hour).isBetween(8L, 20L);
      assertThat(country.first(MartPostingHours.UTC_OFFSET_HOURS))
          .isEqualTo(Long.parseLong(change[1]));
      for (LocalDate night = day; night.isBefore(day.plusDays(8)); night = night.plusDays(1)) {
        country.live(night);
        assertThat(country.first(MartPostingHours.POST_HOUR)).isBetween(hour - 1, hour + 1);
      }
      assertThat(country.first(MartPostingHours.UTC_OFFSET_HOURS))
          .isEqualTo(Long.parseLong(change[2]));
      assertThat(country.first(MartPostingHours.POST_HOUR)).isEqualTo(hour);
      assertThat(country.first(MartPostingHours.UTC_HOUR))
          .isEqualTo(hour - Long.parseLong(change[2]));
      // One row a night since all were written again, at most 16 nights ago.
      assertThat(country.rowsRead).isBetween(1, 16);
    }
  }

  /** No clock changes where none does; a day begins when the audience's does. */
  @Test
  void theAudiencesOwnDayCounts() {
    Country country = new Country("Asia/Tokyo");
    for (int night = 0; night < 40; night++) {
      country.live(LocalDate.of(2026, 3, 9).plusDays(night));
      assertThat(country.first(MartPostingHours.UTC_OFFSET_HOURS)).isEqualTo(9);
    }
    for (int i = 0; i < country.mart.size(); i++) {
      long own =
          (country.mart.longs(MartPostingHours.POST_WEEKDAY).get(i) - 1) * 24
              + country.mart.longs(MartPostingHours.POST_HOUR).get(i);
      long utc =
          (country.mart.longs(MartPostingHours.UTC_WEEKDAY).get(i) - 1) * 24
              + country.mart.longs(MartPostingHours.UTC_HOUR).get(i);
      assertThat(Math.floorMod(own - utc, 168)).isEqualTo(9);
    }
  }

  @Test
  void theMartTellsTheBestHoursOfTheWeek() {
    long[] posts = LongStream.range(0, 7).map(day -> day * 24 + 9).toArray();
    long[] written = new long[7];
    Arrays.fill(written, 10 * UNIT);
    long[] reactions =
        LongStream.range(0, 14).map(i -> i / 2 * 24 + (i % 2 == 0 ? 9 : 20)).toArray();
    long[] reacted = new long[14];
    Arrays.fill(reacted, 30 * UNIT);
    // On Sunday evenings twice as many.
    reacted[13] = 60 * UNIT;
    Object[] nobody = {new long[0], new long[0]};
    long[] quiet = new long[24];
    AudienceTables tables =
        new AudienceTables()
            .credible(100, 200)
            .scored(100)
            .expert(100, "chess")
            .with(
                AudienceHours.TABLE,
                rows(
                    AudienceHours.TABLE,
                    row(
                        "n", 100L, "*", posts, written, reactions, reacted, 2L, 1L, quiet, quiet,
                        NIGHT),
                    row(
                        "n", 200L, "*", posts, written, reactions, reacted, 2L, 1L, quiet, quiet,
                        NIGHT),
                    row(
                        "n", 100L, "chess", posts, written, nobody[0], nobody[1], 2L, 0L, nobody[0],
                        nobody[0], NIGHT)))
            // A network that reacts as evenly at every hour as it posts.
            .with(NetworkHours.TABLE, evenly());
    ColumnRows mart = tables.rowsOf(NIGHT).get(MartPostingHours.TABLE);
    assertThat(mart.size()).isEqualTo(PostingHours.PLACES);
    assertThat(new HashSet<>(values(mart, MartPostingHours.PLACE))).hasSize(PostingHours.PLACES);
    assertThat(mart.longs(MartPostingHours.PLACE).get(0)).isEqualTo(1);
    assertThat(mart.longs(MartPostingHours.POST_WEEKDAY).get(0)).isEqualTo(7);
    assertThat(mart.longs(MartPostingHours.POST_HOUR).get(0)).isEqualTo(20);
    assertThat(mart.longs(MartPostingHours.UTC_OFFSET_HOURS).get(0)).isEqualTo(3);
    assertThat(mart.longs(MartPostingHours.UTC_WEEKDAY).get(0)).isEqualTo(7);
    assertThat(mart.longs(MartPostingHours.UTC_HOUR).get(0)).isEqualTo(17);
    assertThat(mart.doubles(MartPostingHours.EXPECTED_GAIN_SHARE).get(0)).isPositive();
    assertThat(mart.doubles(MartPostingHours.REACTION_SHARE).get(0))
        .isCloseTo(60.0 / 450, within(1e-12));
    assertThat(mart.doubles(MartPostingHours.POST_SHARE).get(0)).isZero();
    assertThat(mart.doubles(MartPostingHours.REACTION_COUNT).get(0)).isEqualTo(450);
    assertThat(values(mart, MartPostingHours.ACCOUNT_KEY, MartPostingHours.TOPIC_ID))
        .containsOnly(List.of(100L, "*"));
  }

  private static ColumnRows evenly() {
    Object[][] hours = new Object[Week.HOURS][];
    long[] reactions = new long[PostingModel.LAGS];
    for (int lag = 0; lag < reactions.length; lag++) {
      reactions[lag] = (1L << 30) >> lag + 1;
    }
    for (int h = 0; h < Week.HOURS; h++) {
      hours[h] = row("n", h, 1 << 30, reactions, NIGHT);
    }
    return rows(NetworkHours.TABLE, hours);
  }
}
