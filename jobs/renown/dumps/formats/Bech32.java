package renown.dumps.formats;

/**
 * Text of five bits a character with a checksum (BIP 173): {@code npub1...}, {@code nprofile1...}
 * and invoices of the Lightning network.
 *
 * @param prefix what stands before the last {@code 1}
 * @param words five bits each, without the checksum
 */
record Bech32(String prefix, byte[] words) {
  private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int CHECKSUM = 6;
  private static final int LONGEST = 10_000;

  /** What a text says; null if it is not of this kind, or its checksum does not hold. */
  static Bech32 of(String text) {
    int one = text.lastIndexOf('1');
    if (one < 1 || text.length() > LONGEST || text.length() - one - 1 < CHECKSUM) {
      return null;
    }
    String prefix = text.substring(0, one);
    int check = 1;
    for (int i = 0; i < one; i++) {
      char c = prefix.charAt(i);
      if (c < 33 || c > 126 || c >= 'A' && c <= 'Z') {
        return null;
      }
      check = next(check, c >> 5);
    }
    check = next(check, 0);
    for (int i = 0; i < one; i++) {
      check = next(check, prefix.charAt(i) & 31);
    }
    byte[] words = new byte[text.length() - one - 1 - CHECKSUM];
    for (int i = one + 1; i < text.length(); i++) {
      int word = DIGITS.indexOf(text.charAt(i));
      if (word < 0) {
        return null;
      }
      check = next(check, word);
      if (i - one - 1 < words.length) {
        words[i - one - 1] = (byte) word;
      }
    }
    return check == 1 ? new Bech32(prefix, words) : null;
  }

  private static int next(int check, int word) {
    int next = (check & 0x1ffffff) << 5 ^ word;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (check >>> 25 + i & 1) == 0 ? 0 : GENERATOR[i];
    }
    return next;
  }

  /** Words as bytes; bits that fill no byte are left out. */
  byte[] bytes(int from, int to) {
    byte[] bytes = new byte[(to - from) * 5 / 8];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = from; i < to && at < bytes.length; i++) {
      held = held << 5 | words[i];
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >> bits);
        held &= (1 << bits) - 1;
      }
    }
    return bytes;
  }

  byte[] bytes() {
    return bytes(0, words.length);
  }
}
