package renown.lab.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing byte buffer for a line, with formatting helpers. */
final class LineBuffer {
  private static final byte[] DIGITS = Vocabulary.utf8("0123456789");
  private static final byte[] HEX = Vocabulary.utf8("0123456789abcdef");
  private static final byte[] TID = Vocabulary.utf8("234567abcdefghijklmnopqrstuvwxyz");
  private static final byte[] BASE32 = Vocabulary.utf8("abcdefghijklmnopqrstuvwxyz234567");
  private static final byte[] WEEKDAYS = Vocabulary.utf8("ThuFriSatSunMonTueWed");
  private static final byte[] MONTHS = Vocabulary.utf8("JanFebMarAprMayJunJulAugSepOctNovDec");
  private static final byte[] CID = Vocabulary.utf8("bafyrei");

  private byte[] bytes = new byte[1 << 13];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void truncate(int newLength) {
    length = newLength;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  LineBuffer put(byte[] text) {
    return put(text, 0, text.length);
  }

  LineBuffer put(byte[] text, int offset, int count) {
    reserve(count);
    System.arraycopy(text, offset, bytes, length, count);
    length += count;
    return this;
  }

  LineBuffer put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Short ASCII text; long, frequent text is encoded once instead. */
  LineBuffer put(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  LineBuffer put(LineBuffer other) {
    return put(other.bytes, 0, other.length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** Decimal digits of a number that is not negative. */
  LineBuffer number(long value) {
    reserve(20);
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = DIGITS[(int) (rest % 10)];
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void padded(int value, int digits) {
    int rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = DIGITS[rest % 10];
      rest /= 10;
    }
    length += digits;
  }

  /** The low {@code digits} hexadecimal digits. */
  LineBuffer hex(long value, int digits) {
    reserve(digits);
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length++] = HEX[(int) (value >>> (4 * i)) & 15];
    }
    return this;
  }

  /**
   * An AT Protocol timestamp identifier: 53 bits of microseconds and 10 bits to distinguish
   * simultaneous records, in 13 characters that sort by time.
   */
  LineBuffer tid(long micros, long clock) {
    reserve(13);
    long value = (micros & ((1L << 53) - 1)) << 10 | (clock & 1023);
    for (int i = 12; i >= 0; i--) {
      bytes[length++] = TID[(int) (value >>> (5 * i)) & 31];
    }
    return this;
  }

  /** A well-formed content id (version 1, DAG-CBOR, SHA-256) whose hash is drawn, not computed. */
  LineBuffer cid(long key) {
    put(CID);
    reserve(52);
    long word = CounterRandom.key(key, 101);
    bytes[length++] = BASE32[(int) (word >>> 61)];
    int bits = 61;
    int words = 0;
    for (int i = 0; i < 50; i++) {
      if (bits < 5) {
        word = CounterRandom.key(key, 102 + words++);
        bits = 64;
      }
      bits -= 5;
      bytes[length++] = BASE32[(int) (word >>> bits) & 31];
    }
    // 256 bits end three bits into the last character.
    bytes[length++] = BASE32[(int) CounterRandom.mix(word) & 28];
    return this;
  }

  /** {@code 2026-01-05T12:34:56.789Z}. */
  LineBuffer isoTime(long ms) {
    reserve(24);
    long day = Math.floorDiv(ms, Society.DAY_MS);
    long date = civil(day);
    padded((int) (date >> 16), 4);
    bytes[length++] = '-';
    padded((int) (date >> 8) & 255, 2);
    bytes[length++] = '-';
    padded((int) date & 255, 2);
    bytes[length++] = 'T';
    int rest = (int) (ms - day * Society.DAY_MS);
    clock(rest);
    bytes[length++] = '.';
    padded(rest % 1000, 3);
    bytes[length++] = 'Z';
    return this;
  }

  /** {@code Wed Jul 03 06:30:16 +0000 2019}. */
  LineBuffer twitterTime(long ms) {
    reserve(30);
    long day = Math.floorDiv(ms, Society.DAY_MS);
    long date = civil(day);
    put(WEEKDAYS, 3 * (int) Math.floorMod(day, 7L), 3).put(' ');
    put(MONTHS, 3 * (((int) (date >> 8) & 255) - 1), 3).put(' ');
    padded((int) date & 255, 2);
    bytes[length++] = ' ';
    clock((int) (ms - day * Society.DAY_MS));
    put(ZONE);
    padded((int) (date >> 16), 4);
    return this;
  }

  private static final byte[] ZONE = Vocabulary.utf8(" +0000 ");

  private void clock(int msOfDay) {
    padded(msOfDay / 3_600_000, 2);
    bytes[length++] = ':';
    padded(msOfDay / 60_000 % 60, 2);
    bytes[length++] = ':';
    padded(msOfDay / 1000 % 60, 2);
  }

  /**
   * Year, month and day packed as {@code year << 16 | month << 8 | day}, of a day since 1970 in the
   * proleptic Gregorian calendar (years counted from March, so that the leap day comes last).
   */
  private static long civil(long day) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    long dayOfEra = shifted - era * 146_097;
    long year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
    long month = (5 * dayOfYear + 2) / 153;
    long dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
    long civilMonth = month < 10 ? month + 3 : month - 9;
    return (era * 400 + year + (civilMonth <= 2 ? 1 : 0)) << 16 | civilMonth << 8 | dayOfMonth;
  }

  // ---------------------------------------------------------------- JSON strings

  /**
   * The inside of a JSON string as Jetstream writes it: UTF-8 as it is; quote, backslash and
   * control characters escaped; {@code & < >} and the two line separators as escapes too.
   */
  LineBuffer jetstream(byte[] text, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      byte b = text[i];
      if (b == '&' || b == '<' || b == '>') {
        unicode(b);
      } else if (b == (byte) 0xE2
          && i + 2 < offset + count
          && text[i + 1] == (byte) 0x80
          && (text[i + 2] & 0xFE) == 0xA8) {
        unicode(0x2000 | text[i + 2] & 0x3F);
        i += 2;
      } else {
        common(b);
      }
    }
    return this;
  }

  LineBuffer jetstream(byte[] text) {
    return jetstream(text, 0, text.length);
  }

  /**
   * The inside of a JSON string as the X stream writes it: ASCII only, with surrogate pairs beyond
   * the basic plane, and every slash escaped.
   *
   * @param text well-formed UTF-8
   */
  LineBuffer twitter(byte[] text, int offset, int count) {
    int i = offset;
    while (i < offset + count) {
      int b = text[i];
      if (b >= 0) {
        if (b == '/') {
          put('\\');
        }
        common((byte) b);
        i++;
      } else if ((b & 0xE0) == 0xC0) {
        unicode((b & 0x1F) << 6 | text[i + 1] & 0x3F);
        i += 2;
      } else if ((b & 0xF0) == 0xE0) {
        unicode((b & 0x0F) << 12 | (text[i + 1] & 0x3F) << 6 | text[i + 2] & 0x3F);
        i += 3;
      } else {
        int point =
            (b & 0x07) << 18
                | (text[i + 1] & 0x3F) << 12
                | (text[i + 2] & 0x3F) << 6
                | text[i + 3] & 0x3F;
        unicode(Character.highSurrogate(point));
        unicode(Character.lowSurrogate(point));
        i += 4;
      }
    }
    return this;
  }

  LineBuffer twitter(byte[] text) {
    return twitter(text, 0, text.length);
  }

  private void common(byte b) {
    if (b == '"' || b == '\\') {
      put('\\').put((char) b);
    } else if (b >= 0 && b < 0x20) {
      switch (b) {
        case '\n' -> put('\\').put('n');
        case '\r' -> put('\\').put('r');
        case '\t' -> put('\\').put('t');
        default -> unicode(b);
      }
    } else {
      reserve(1);
      bytes[length++] = b;
    }
  }

  private void unicode(int unit) {
    reserve(6);
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    hex(unit, 4);
  }
}
