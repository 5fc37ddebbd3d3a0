package renown.kernels.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecordPrintTest {
  private static final String LETTERS = "234567abcdefghijklmnopqrstuvwxyz";
  private static final Pattern AT = Pattern.compile("(?s)(.*/)([2-7a-j][2-7a-z]{12})");
  private static final Pattern NUMBERED = Pattern.compile("(?s)(.*?)(0|[1-9][0-9]{0,17})");

  /** The same by regular expressions and whole numbers of any size. */
  private static RecordPrint slow(String id) throws Exception {
    Matcher at = AT.matcher(id);
    if (at.matches()) {
      BigInteger number = BigInteger.ZERO;
      for (char letter : at.group(2).toCharArray()) {
        number =
            number
                .multiply(BigInteger.valueOf(32))
                .add(BigInteger.valueOf(LETTERS.indexOf(letter)));
      }
      return new RecordPrint(hash(0, at.group(1), 0), number.longValue());
    }
    // As few letters before the number as there can be.
    Matcher numbered = NUMBERED.matcher(id);
    if (numbered.matches()) {
      return new RecordPrint(
          hash(1, numbered.group(1), 0), new BigInteger(numbered.group(2)).longValueExact());
    }
    return new RecordPrint(hash(2, id, 0), hash(2, id, 1));
  }

  private static long hash(int form, String text, int half) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[bytes.length + 1];
    all[0] = (byte) form;
    System.arraycopy(bytes, 0, all, 1, bytes.length);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
    return new BigInteger(Arrays.copyOfRange(digest, 8 * half, 8 * half + 8)).longValue();
  }

  @Test
  void anIdIsItsNumberAndAHashOfTheRest() throws Exception {
    Random random = new Random(1);
    String[] parts = {
      "at://did:plc:abc/app.bsky.feed.like/",
      "3kabcdefgh2sx",
      "z",
      "/",
      "0",
      "00",
      "7",
      "123",
      "999999999999999999",
      "9",
      "\u00e9",
      "https://host/users/a/statuses/",
      "-",
      "a"
    };
    Map<RecordPrint, String> ids = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder id = new StringBuilder();
      for (int length = random.nextInt(4); length >= 0; length--) {
        id.append(parts[random.nextInt(parts.length)]);
      }
      RecordPrint print = RecordPrint.of(id.toString());
      assertThat(print).as(id.toString()).isEqualTo(slow(id.toString()));
      assertThat(ids.merge(print, id.toString(), (one, other) -> one)).isEqualTo(id.toString());
    }
    assertThat(ids).hasSizeGreaterThan(5_000);
  }

  @Test
  void recordsOfAnAccountDifferInTheirNumberAlone() {
    String likes = "at://did:plc:abc/app.bsky.feed.like/";
    RecordPrint first = RecordPrint.of(likes + "3kaaaaaaaaa22");
    RecordPrint later = RecordPrint.of(likes + "3kaaaaaaaab22");
    assertThat(first.high()).isEqualTo(later.high());
    assertThat(first.low()).isLessThan(later.low());
    assertThat(RecordPrint.of("at://did:plc:abc/app.bsky.feed.post/3kaaaaaaaaa22").high())
        .isNotEqualTo(first.high());
    assertThat(RecordPrint.of("1234567890123456789").low()).isEqualTo(234567890123456789L);
    assertThat(RecordPrint.of("210462857140252672").low()).isEqualTo(210462857140252672L);
    assertThat(RecordPrint.of("t1_abc")).isNotEqualTo(RecordPrint.of("t1_abd"));
    assertThat(RecordPrint.of(null)).isNull();
    assertThat(RecordPrint.compare(null, first)).isNegative();
    assertThat(List.of(later, first).stream().sorted().toList()).containsExactly(first, later);
  }
}
