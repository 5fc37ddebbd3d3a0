package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineBufferTest {
  private static final DateTimeFormatter TWITTER =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Random random = new Random(1);

  @Test
  void escapedTextReadsBackAsItWas() {
    for (int i = 0; i < 1000; i++) {
      escapedTextReadsBack(text());
    }
  }

  private static void escapedTextReadsBack(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String jetstream = text(new LineBuffer().put('"').jetstream(utf8).put('"'));
    String twitter = text(new LineBuffer().put('"').twitter(utf8).put('"'));

    assertThat(Dumps.parse(jetstream.getBytes(StandardCharsets.UTF_8)).asText()).isEqualTo(text);
    assertThat(Dumps.parse(twitter.getBytes(StandardCharsets.UTF_8)).asText()).isEqualTo(text);
    assertThat(jetstream).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(twitter).matches("\\p{ASCII}*");
  }

  /** All planes without lone surrogates, and the characters that need care more often. */
  private String text() {
    String[] special = {"\"", "\\", "/", "\n", "\r", "\t", "&", "<", ">", "\u2028", "\u2029", "🧵"};
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(21); left > 0; left--) {
      int any = random.nextInt(Character.MAX_CODE_POINT + 1);
      if (random.nextBoolean()
          || any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE) {
        text.append(special[random.nextInt(special.length)]);
      } else {
        text.appendCodePoint(any);
      }
    }
    return text.toString();
  }

  /** Numbers of all sizes up to a bound, the ends among them. */
  private LongStream numbers(long most) {
    LongStream drawn =
        random.longs(1000).map(bits -> (bits >>> 1 + random.nextInt(63)) % Math.max(1, most));
    return LongStream.concat(LongStream.of(0, 1, most), drawn);
  }

  @Test
  void timesAgreeWithTheCalendar() {
    numbers(4_102_444_800_000L)
        .forEach(
            ms -> {
              Instant time = Instant.ofEpochMilli(ms);
              assertThat(text(new LineBuffer().isoTime(ms))).isEqualTo(ISO.format(time));
              assertThat(text(new LineBuffer().twitterTime(ms))).isEqualTo(TWITTER.format(time));
            });
  }

  @Test
  void timestampIdentifiersHoldTheirTime() {
    numbers((1L << 53) - 1)
        .forEach(
            micros ->
                assertThat(Dumps.microsOfTid(text(new LineBuffer().tid(micros, random.nextLong()))))
                    .isEqualTo(micros));
  }

  @Test
  void numbersReadBack() {
    numbers(Long.MAX_VALUE)
        .forEach(
            number ->
                assertThat(text(new LineBuffer().number(number))).isEqualTo(Long.toString(number)));
  }

  @Test
  void contentIdsAreWellFormed() {
    random.longs(200).forEach(LineBufferTest::contentIdIsWellFormed);
  }

  private static void contentIdIsWellFormed(long key) {
    String cid = text(new LineBuffer().cid(key));
    // Multibase b, then version 1, DAG-CBOR, SHA-256 of 32 bytes, and no bits left over.
    assertThat(cid).matches("b[a-z2-7]{58}");
    java.math.BigInteger bits = java.math.BigInteger.ZERO;
    for (char c : cid.substring(1).toCharArray()) {
      bits = bits.shiftLeft(5).add(digit(c));
    }
    assertThat(bits.testBit(0) || bits.testBit(1)).isFalse();
    assertThat(bits.shiftRight(58 * 5 - 32).intValueExact()).isEqualTo(0x01711220);
  }

  private static java.math.BigInteger digit(char c) {
    return java.math.BigInteger.valueOf("abcdefghijklmnopqrstuvwxyz234567".indexOf(c));
  }

  private static String text(LineBuffer buffer) {
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
  }
}
