package renown.dumps.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are text: strict UTF-8 (Unicode 15, table 3-7) without the NUL character. */
final class Utf8 {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /**
   * Why the bytes are no text, or null if they are. Overlong forms, surrogates and values beyond
   * U+10FFFF are no UTF-8. NUL is looked for because a JSON parser may take it for a sign of
   * UTF-16.
   */
  static String fault(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (i <= end - 8) {
        long word = (long) WORDS.get(bytes, i);
        if (((word | (word - ONES)) & HIGHS) == 0) {
          i += 8;
          continue;
        }
      }
      int size = sequence(bytes, i, end);
      if (size <= 0) {
        return size == 0 ? "NUL byte" : "not UTF-8";
      }
      i += size;
    }
    return null;
  }

  /** Bytes of the character at i: 1..4, 0 for NUL, -1 for invalid UTF-8. */
  private static int sequence(byte[] bytes, int i, int end) {
    int first = bytes[i];
    if (first > 0) {
      return 1;
    }
    if (first == 0) {
      return 0;
    }
    int lead = first & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (end - i < size) {
      return -1;
    }
    int second = bytes[i + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return -1;
    }
    for (int k = 2; k < size; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return size;
  }
}
