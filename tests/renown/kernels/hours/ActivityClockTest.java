package renown.kernels.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivityClockTest {
  /**
   * Edits of the German Wikipedia by hour of the day as published by Yasseri, Sumi and Kertész,
   * read off their figure: quiet until six, busy from ten to ten.
   */
  private static final double[] DAY = {
    35, 21, 12, 7, 6, 6, 10, 19, 30, 40, 46, 48, 48, 50, 52, 54, 56, 58, 60, 63, 66, 67, 62, 50
  };

  /** The same day on a clock so far ahead of UTC, by hour in UTC. */
  private static double[] day(int offset, double acts) {
    double[] hours = new double[Week.DAY];
    double all = 0;
    for (double some : DAY) {
      all += some;
    }
    for (int h = 0; h < Week.DAY; h++) {
      hours[h] = DAY[Math.floorMod(h + offset, Week.DAY)] * acts / all;
    }
    return hours;
  }

  @Test
  void hoursOfTheWeekAreThoseOfACalendar() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      int offset = random.nextInt(27) - 13;
      ZonedDateTime at =
          ZonedDateTime.of(1969, 12, 20, 0, 0, 0, 0, ZoneOffset.ofHours(offset))
              .plusSeconds(random.nextInt(2_000_000_000));
      int hour = Week.hour(at.toEpochSecond() * 1_000_000, offset);
      assertThat(Week.weekday(hour)).isEqualTo(at.get(ChronoField.DAY_OF_WEEK));
      assertThat(Week.hourOfDay(hour)).isEqualTo(at.getHour());
    }
    assertThat(Week.later(167, 1)).isZero();
    assertThat(Week.later(0, -1)).isEqualTo(167);
  }

  @Test
  void activityShowsEveryClock() {
    for (int offset = -11; offset <= 12; offset++) {
      double shown = ActivityClock.shown(day(offset, 1000));
      assertThat(Math.IEEEremainder(shown - offset, 24)).as("%s", offset).isCloseTo(0, within(0.5));
      assertThat(ActivityClock.offset(day(offset, 1000), null)).isEqualTo(offset);
    }
    assertThat(ActivityClock.offset(new double[Week.DAY], null)).isZero();
    assertThat(ActivityClock.offset(new double[Week.DAY], 5)).isEqualTo(5);
  }

  /** Noise of less than three quarters of an hour changes nothing. */
  @Test
  void anOffsetStaysUntilActivitySaysOtherwise() {
    double shown = ActivityClock.shown(day(2, 1000));
    assertThat(Math.rint(shown)).isEqualTo(2);
    int near = shown > 2 ? 3 : 1;
    if (Math.abs(shown - near) <= 0.75) {
      assertThat(ActivityClock.offset(day(2, 1000), near)).isEqualTo(near);
    }
    assertThat(ActivityClock.offset(day(2, 1000), 4)).isEqualTo(2);
    assertThat(ActivityClock.offset(day(12, 1000), -11)).isEqualTo(12);
  }

  /** Of drawn acts, not of means: it takes some hundreds to see an hour. */
  @Test
  void aChangeOfAnHourIsSeenAndNothingElse() {
    Random random = new Random(7);
    int seen = 0;
    for (int run = 0; run < 200; run++) {
      double[] usual = drawn(random, 0, 3000);
      assertThat(ActivityClock.change(usual, drawn(random, 0, 1500))).isZero();
      assertThat(ActivityClock.change(usual, drawn(random, 1, 30))).isZero();
      int forward = ActivityClock.change(usual, drawn(random, 1, 1500));
      int back = ActivityClock.change(usual, drawn(random, -1, 1500));
      assertThat(forward).isNotEqualTo(-1);
      assertThat(back).isNotEqualTo(1);
      seen += forward - back;
    }
    assertThat(seen).isGreaterThan(380);
    assertThat(ActivityClock.change(new double[Week.DAY], new double[Week.DAY])).isZero();
  }

  private static double[] drawn(Random random, int offset, int acts) {
    double[] hours = new double[Week.DAY];
    double[] cumulated = day(offset, 1);
    for (int h = 1; h < Week.DAY; h++) {
      cumulated[h] += cumulated[h - 1];
    }
    for (int i = 0; i < acts; i++) {
      double where = random.nextDouble();
      int h = 0;
      while (h < Week.DAY - 1 && cumulated[h] <= where) {
        h++;
      }
      hours[h]++;
    }
    return hours;
  }

  @Test
  void countsAreThoseOfAPlainArray() {
    Random random = new Random(3);
    HourCounts counts = new HourCounts();
    long[] plain = new long[Week.HOURS];
    for (int i = 0; i < 3000; i++) {
      int hour = random.nextInt(Week.HOURS);
      long units = random.nextInt(1000) - 400;
      counts.add(hour, units);
      plain[hour] += units;
      if (i % 500 == 250) {
        counts.move(-7);
        long[] moved = new long[Week.HOURS];
        for (int h = 0; h < Week.HOURS; h++) {
          moved[Math.floorMod(h - 7, Week.HOURS)] = plain[h];
        }
        plain = moved;
        counts = new HourCounts(counts.hours(), counts.units());
      }
    }
    counts.noneBelowZero();
    counts.fade(0.5);
    long sum = 0;
    for (int h = 0; h < Week.HOURS; h++) {
      long expected = (long) Math.rint(Math.max(plain[h], 0) * 0.5);
      sum += expected;
      assertThat(counts.week(2)[h]).isEqualTo(2.0 * expected);
    }
    assertThat(counts.sum()).isEqualTo(sum).isPositive();
    assertThat(counts.hours()).isSorted().hasSameSizeAs(counts.units());
  }
}
