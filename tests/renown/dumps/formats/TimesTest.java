package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.ParsedRecord;

class TimesTest {
  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  @Test
  void agreesWithTheClassLibraryOnRandomTimes() {
    Random random = new Random(2);
    DateTimeFormatter x =
        DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss xx yyyy", Locale.ENGLISH);
    for (int round = 0; round < 50_000; round++) {
      OffsetDateTime time =
          Instant.ofEpochSecond(
                  random.nextLong(-62_100_000_000L, 253_400_000_000L),
                  random.nextBoolean() ? 0 : random.nextInt(1_000_000_000))
              .atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1_080, 1_081)));
      long expected = micros(time.toInstant());
      String iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      if (iso.length() >= 20 && !iso.startsWith("+") && iso.matches(".*T\\d\\d:\\d\\d:\\d\\d.*")) {
        assertThat(Times.iso(iso)).as(iso).isEqualTo(expected);
        assertThat(Times.day(expected))
            .isEqualTo((int) time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate().toEpochDay());
      }
      String text = x.format(time);
      assertThat(Times.x(text))
          .as(text)
          .isEqualTo(micros(time.truncatedTo(ChronoUnit.SECONDS).toInstant()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2024-02-29 23:59:59z, 2024-02-29T23:59:59Z",
    "2024-02-29t23:59:59.1Z, 2024-02-29T23:59:59.1Z",
    "2024-02-29T23:59:59.1234567890123456789012345Z, 2024-02-29T23:59:59.123456Z",
    "2024-02-29T23:59:59+0130, 2024-02-29T22:29:59Z",
    "2024-02-29T23:59:59-01, 2024-03-01T00:59:59Z",
    "2024-02-29T23:59:59.5-00:00, 2024-02-29T23:59:59.5Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void readsTheVariantsOfIso8601(String text, Instant expected) {
    assertThat(Times.iso(text)).isEqualTo(micros(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-02-29",
        "2024-02-29T23:59:59",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00.5",
        "2024-01-01T00:00:00ZZ",
        "2024-01-01T00:00:00+1",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+01:60",
        "2024-01-01T00:00:00+0:100",
        "2024-01-01_00:00:00Z",
        "2024/01/01T00:00:00Z",
        "-024-01-01T00:00:00Z",
        "+2024-01-01T00:00:00Z",
        "12024-01-01T00:00:00Z",
        "2024-01-01T00:00:00 Z",
        "２024-01-01T00:00:00Z",
        "2024-01-01T00:00:00.5.5Z",
        "20240101T000000Z     "
      })
  void whatIsNoIsoTime(String text) {
    assertThat(Times.iso(text)).isEqualTo(ParsedRecord.NO_TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Wed Oct 10 20:19:24 2018",
        "Wed Okt 10 20:19:24 +0000 2018",
        "Xed Oct 10 20:19:24 +0000 2018",
        "Wed Oct 32 20:19:24 +0000 2018",
        "Wed Feb 29 20:19:24 +0000 2018",
        "Wed Oct 10 24:19:24 +0000 2018",
        "Wed Oct 10 20:19:24 00000 2018",
        "Wed Oct  1 20:19:24 +0000 2018",
        "wed oct 10 20:19:24 +0000 2018",
        "edT ctN 10 20:19:24 +0000 2018",
        "Wed Oct 10 20:19:24 +0000 18  ",
        "2018-10-10T20:19:24.00000000Z"
      })
  void whatIsNoTimeOfX(String text) {
    assertThat(Times.x(text)).isEqualTo(ParsedRecord.NO_TIME);
  }

  @Test
  void eventsHappenFrom2006To2100() {
    assertThat(Times.isPlausible(micros(Instant.parse("2005-12-31T23:59:59.999999Z")))).isFalse();
    assertThat(Times.isPlausible(micros(Instant.parse("2006-01-01T00:00:00Z")))).isTrue();
    assertThat(Times.isPlausible(micros(Instant.parse("2100-12-31T23:59:59.999999Z")))).isTrue();
    assertThat(Times.isPlausible(micros(Instant.parse("2101-01-01T00:00:00Z")))).isFalse();
    assertThat(Times.isPlausible(ParsedRecord.NO_TIME)).isFalse();
  }
}
