package renown.dumps.formats;

/**
 * The address of a record in the AT protocol, {@code at://did/collection/rkey}.
 *
 * @param text the whole address
 */
record AtUri(String text, String did, String collection, String rkey) {
  private static final String SCHEME = "at://";
  private static final int LONGEST_DID = 2_048;
  private static final int LONGEST_COLLECTION = 317;
  private static final int LONGEST_RECORD_KEY = 512;

  /** The address, or null if it is not one of a record, or names its account by a handle. */
  static AtUri parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return null;
    }
    int collection = text.indexOf('/', SCHEME.length());
    int rkey = collection < 0 ? -1 : text.indexOf('/', collection + 1);
    if (rkey < 0) {
      return null;
    }
    AtUri uri =
        new AtUri(
            text,
            text.substring(SCHEME.length(), collection),
            text.substring(collection + 1, rkey),
            text.substring(rkey + 1));
    boolean valid =
        isDid(uri.did)
            && consistsOf(uri.collection, ".-", LONGEST_COLLECTION)
            && isRecordKey(uri.rkey);
    return valid ? uri : null;
  }

  /** Whether it is a DID, such as {@code did:plc:abc} or {@code did:web:example.org}. */
  static boolean isDid(String text) {
    int method = text.indexOf(':', 4);
    return text.startsWith("did:")
        && method > 4
        && method + 1 < text.length()
        && consistsOf(text, ".:_%-", LONGEST_DID);
  }

  /** Whether it can be the last part of an address. */
  static boolean isRecordKey(String text) {
    return consistsOf(text, ".:_~-", LONGEST_RECORD_KEY) && !text.equals(".") && !text.equals("..");
  }

  private static boolean consistsOf(String text, String marks, int longest) {
    if (text.isEmpty() || text.length() > longest) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
