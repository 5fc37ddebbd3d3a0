package renown.dumps.formats;

/**
 * The address of a record in the AT protocol, {@code at://did/collection/rkey}.
 *
 * @param text the whole address
 */
record AtUri(String text, String did, String collection, String rkey) {
  private static final String SCHEME = "at://";
  private static final String POST = "app.bsky.feed.post";
  private static final int LONGEST_DID = 2_048;
  private static final int LONGEST_COLLECTION = 317;
  private static final int LONGEST_PART = 63;
  private static final String PLC = "did:plc:";
  private static final int PLC_LENGTH = PLC.length() + 24;
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
    boolean valid = isDid(uri.did) && isCollection(uri.collection) && isRecordKey(uri.rkey);
    return valid ? uri : null;
  }

  /**
   * Whether it is a DID, such as {@code did:plc:abc} or {@code did:web:example.org}, by the
   * protocol's syntax: a method of small letters, then letters, digits and {@code . _ : % -},
   * neither {@code :} nor {@code %} at the end, at most 2,048 characters.
   */
  static boolean isDid(String text) {
    if (text.length() == PLC_LENGTH && text.startsWith(PLC) && isWord(text, PLC.length())) {
      // Nearly all.
      return true;
    }
    if (!text.startsWith("did:")) {
      return false;
    }
    int method = text.indexOf(':', 4);
    for (int i = 4; i < method; i++) {
      if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
        return false;
      }
    }
    return method > 4
        && method + 1 < text.length()
        && !text.endsWith(":")
        && !text.endsWith("%")
        && consistsOf(text, ".:_%-", LONGEST_DID);
  }

  /**
   * Whether it is a name of the protocol (NSID), such as {@code app.bsky.feed.post}: the parts of a
   * domain, the first of which begins with a letter, then a name of letters and digits that begins
   * with a letter; at least three parts of 1 to 63 characters, at most 317 characters in all.
   */
  static boolean isCollection(String text) {
    if (text.equals(POST)) {
      // Most of all.
      return true;
    }
    if (text.length() > LONGEST_COLLECTION) {
      return false;
    }
    int parts = 0;
    for (int begin = 0; begin <= text.length(); parts++) {
      int dot = text.indexOf('.', begin);
      int end = dot < 0 ? text.length() : dot;
      if (end == begin || end - begin > LONGEST_PART) {
        return false;
      }
      boolean isName = dot < 0;
      if (!isLetter(text.charAt(begin)) && (parts == 0 || isName)
          || text.charAt(begin) == '-'
          || text.charAt(end - 1) == '-'
          || !consistsOf(text.substring(begin, end), isName ? "" : "-", LONGEST_PART)) {
        return false;
      }
      begin = end + 1;
    }
    return parts >= 3;
  }

  private static boolean isWord(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
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
      if (!isLetter(c) && (c < '0' || c > '9') && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
