package renown.kernels.keys;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for the id of a record in the place of its text: 128 bits. Where an id ends with a
 * number, as nearly all do, the lower half is that number and the upper half a hash of what stands
 * before it, so that the records of one account share their upper half and the lower ones grow with
 * time: both shrink in a file as no hash of the whole would. Of other ids both halves are a hash.
 *
 * <p>The hash is SHA-256, cut: servers of the fediverse choose their ids as they like, and nobody
 * may choose one that is taken for somebody else's.
 *
 * @param high hash of the network's id without its number
 * @param low the number, or more of the hash
 */
public record RecordPrint(long high, long low) implements Comparable<RecordPrint>, Serializable {
  /** Ids of AT Protocol end with a time and a clock's number in 13 letters that sort. */
  private static final String LETTERS = "234567abcdefghijklmnopqrstuvwxyz";

  private static final int LETTER_COUNT = 13;

  /** More do not fit 63 bits for sure. */
  private static final int MOST_DIGITS = 18;

  private static final byte[] VALUES = new byte[128];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < LETTERS.length(); i++) {
      VALUES[LETTERS.charAt(i)] = (byte) i;
    }
  }

  private enum Form {
    LETTERS,
    DIGITS,
    TEXT
  }

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException(e);
            }
          });

  /** Of an id; null for null. */
  public static RecordPrint of(String id) {
    if (id == null) {
      return null;
    }
    int length = id.length();
    if (endsWithLetters(id)) {
      long number = 0;
      for (int i = length - LETTER_COUNT; i < length; i++) {
        number = number << 5 | VALUES[id.charAt(i)];
      }
      return new RecordPrint(hash(id, length - LETTER_COUNT, Form.LETTERS, 0), number);
    }
    int start = length;
    int digits = length;
    while (digits > 0 && length - digits < MOST_DIGITS && isDigit(id.charAt(digits - 1))) {
      digits--;
      // Of "007" the number is 7: it has to give the same digits again.
      if (id.charAt(digits) != '0' || digits == length - 1) {
        start = digits;
      }
    }
    if (start == length) {
      return new RecordPrint(hash(id, length, Form.TEXT, 0), hash(id, length, Form.TEXT, 1));
    }
    return new RecordPrint(hash(id, start, Form.DIGITS, 0), Long.parseLong(id, start, length, 10));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether it ends with a slash and letters that say no more than 64 bits. */
  private static boolean endsWithLetters(String id) {
    int start = id.length() - LETTER_COUNT;
    if (start < 1 || id.charAt(start - 1) != '/') {
      return false;
    }
    for (int i = start; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= VALUES.length || VALUES[c] < 0) {
        return false;
      }
    }
    return VALUES[id.charAt(start)] < 16;
  }

  /** The first or second eight bytes of the hash of some first letters and of what follows them. */
  private static long hash(String id, int end, Form form, int half) {
    MessageDigest digest = DIGEST.get();
    digest.update((byte) form.ordinal());
    byte[] hash = digest.digest(id.substring(0, end).getBytes(StandardCharsets.UTF_8));
    long number = 0;
    for (int i = 8 * half; i < 8 * half + 8; i++) {
      number = number << 8 | hash[i] & 0xff;
    }
    return number;
  }

  /** A hash of 64 bits. Two records may share it. */
  public long folded() {
    long hash = high ^ low * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
    return hash ^ hash >>> 31;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(folded());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordPrint print && print.high == high && print.low == low;
  }

  /** By both halves; no order that means anything. */
  @Override
  public int compareTo(RecordPrint other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compare(low, other.low);
  }

  /** As {@link #compareTo}; null comes first. */
  public static int compare(RecordPrint one, RecordPrint other) {
    if (one == null || other == null) {
      return one == other ? 0 : one == null ? -1 : 1;
    }
    return one.compareTo(other);
  }
}
