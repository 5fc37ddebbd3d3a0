package renown.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class LineBufferTest {
  private static final DateTimeFormatter TWITTER =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Property
  void escapedTextReadsBackAsItWas(@ForAll("texts") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String jetstream = text(new LineBuffer().put('"').jetstream(utf8).put('"'));
    String twitter = text(new LineBuffer().put('"').twitter(utf8).put('"'));

    assertThat(Dumps.parse(jetstream.getBytes(StandardCharsets.UTF_8)).asText()).isEqualTo(text);
    assertThat(Dumps.parse(twitter.getBytes(StandardCharsets.UTF_8)).asText()).isEqualTo(text);
    assertThat(jetstream).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(twitter).matches("\\p{ASCII}*");
  }

  @Provide
  Arbitrary<String> texts() {
    // All planes without lone surrogates, and the characters that need care more often.
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .map(Character::toString);
    Arbitrary<String> special =
        Arbitraries.of("\"", "\\", "/", "\n", "\r", "\t", "&", "<", ">", "\u2028", "\u2029", "🧵");
    return Arbitraries.oneOf(any, special).list().ofMaxSize(20).map(all -> String.join("", all));
  }

  @Property
  void timesAgreeWithTheCalendar(@ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long ms) {
    Instant time = Instant.ofEpochMilli(ms);
    assertThat(text(new LineBuffer().isoTime(ms))).isEqualTo(ISO.format(time));
    assertThat(text(new LineBuffer().twitterTime(ms))).isEqualTo(TWITTER.format(time));
  }

  @Property
  void timestampIdentifiersHoldTheirTime(
      @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long micros, @ForAll long clock) {
    assertThat(Dumps.microsOfTid(text(new LineBuffer().tid(micros, clock)))).isEqualTo(micros);
  }

  @Property
  void numbersReadBack(@ForAll @LongRange(min = 0) long number) {
    assertThat(text(new LineBuffer().number(number))).isEqualTo(Long.toString(number));
  }

  @Property(tries = 200)
  void contentIdsAreWellFormed(@ForAll long key) {
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
