package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void agreesWithTheClassLibrarysDecoder() {
    Random random = new Random(1);
    int valid = 0;
    for (int round = 0; round < 400_000; round++) {
      StringBuilder text = new StringBuilder();
      int size = random.nextInt(12);
      for (int i = 0; i < size; i++) {
        int range = new int[] {0x7F, 0x7FF, 0xD7FF, 0x10FFFF}[random.nextInt(4)];
        int codePoint = 1 + random.nextInt(range);
        text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 'x' : codePoint);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) (1 + random.nextInt(255));
      }
      boolean decodes = decodes(bytes);
      valid += decodes ? 1 : 0;
      assertThat(Utf8.fault(bytes, 0, bytes.length) == null).isEqualTo(decodes);
    }
    assertThat(valid).isBetween(100_000, 390_000);
  }

  @Test
  void agreesOnEveryPairAndTripleOfLeadBytes() {
    for (int first = 1; first < 256; first++) {
      for (int second = 1; second < 256; second++) {
        for (int third : new int[] {0x20, 0x7F, 0x80, 0xBF, 0xC0}) {
          byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) 0x80};
          for (int length = 1; length <= 4; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThat(Utf8.fault(part, 0, length) == null).isEqualTo(decodes(part));
          }
        }
      }
    }
  }
}
