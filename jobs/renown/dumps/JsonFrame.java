package renown.dumps;

/**
 * Finds where a JSON value ends, in a stream that is given piece by piece.
 *
 * <p>Brackets, names and separators are checked strictly, so that a value that was cut off is
 * noticed where the next one begins. Numbers and words are only passed over, and strings looked
 * through for their end: whoever parses the value checks them.
 */
final class JsonFrame {
  /** The value goes on behind what was given. */
  static final int UNFINISHED = -1;

  /** What was given is no JSON; {@link #brokenAt} says from where on. */
  static final int BROKEN = -2;

  /** More than any parser of ours accepts. */
  private static final int DEEPEST = 256;

  private enum Expected {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    COLON,
    SEPARATOR
  }

  private final boolean[] isObject = new boolean[DEEPEST];
  private int depth;
  private Expected expected;
  private boolean inString;
  private boolean escaped;
  private boolean inWord;
  private long lineEnds;
  private long blankLines;
  private boolean isBlankSoFar;
  private int brokenAt;

  /** Forgets everything: a value begins with the next byte. */
  void begin() {
    depth = 0;
    expected = Expected.VALUE;
    inString = false;
    escaped = false;
    inWord = false;
    lineEnds = 0;
    blankLines = 0;
    isBlankSoFar = false;
    brokenAt = 0;
  }

  /** Line ends inside the value so far. */
  long lineEnds() {
    return lineEnds;
  }

  /** Of these, the ends of lines with nothing on them. */
  long blankLines() {
    return blankLines;
  }

  /** Where the byte is that cannot stand there. */
  int brokenAt() {
    return brokenAt;
  }

  /** Whether the value is a number or word, which ends where the stream does. */
  boolean isWord() {
    return inWord && depth == 0;
  }

  /**
   * Goes on with more bytes.
   *
   * @return the index behind the value's last byte, {@link #UNFINISHED} or {@link #BROKEN}
   */
  int scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      byte c = bytes[i];
      if (inString) {
        if (escaped) {
          escaped = false;
        } else if (c == '"') {
          inString = false;
          if (expected != Expected.COLON && depth == 0) {
            return i + 1;
          }
        } else if (c == '\\') {
          escaped = true;
        } else if (c >= 0 && c < ' ') {
          return broken(i);
        }
        i++;
        continue;
      }
      if (inWord) {
        if (isOfWord(c)) {
          i++;
          continue;
        }
        inWord = false;
        if (depth == 0) {
          return i;
        }
      }
      if (c == '\n') {
        lineEnds++;
        blankLines += isBlankSoFar ? 1 : 0;
        isBlankSoFar = true;
        i++;
        continue;
      }
      if (c == ' ' || c == '\t' || c == '\r') {
        i++;
        continue;
      }
      isBlankSoFar = false;
      switch (c) {
        case '"' -> {
          if (expectsName()) {
            expected = Expected.COLON;
          } else if (expectsValue()) {
            expected = Expected.SEPARATOR;
          } else {
            return broken(i);
          }
          inString = true;
        }
        case '{', '[' -> {
          if (!expectsValue() || depth == DEEPEST) {
            return broken(i);
          }
          isObject[depth++] = c == '{';
          expected = c == '{' ? Expected.NAME_OR_END : Expected.VALUE_OR_END;
        }
        case '}', ']' -> {
          boolean object = c == '}';
          boolean ends =
              expected == Expected.SEPARATOR
                  || expected == (object ? Expected.NAME_OR_END : Expected.VALUE_OR_END);
          if (!ends || depth == 0 || isObject[depth - 1] != object) {
            return broken(i);
          }
          depth--;
          expected = Expected.SEPARATOR;
          if (depth == 0) {
            return i + 1;
          }
        }
        case ':' -> {
          if (expected != Expected.COLON) {
            return broken(i);
          }
          expected = Expected.VALUE;
        }
        case ',' -> {
          if (expected != Expected.SEPARATOR) {
            return broken(i);
          }
          expected = isObject[depth - 1] ? Expected.NAME : Expected.VALUE;
        }
        default -> {
          if (!isOfWord(c) || !expectsValue()) {
            return broken(i);
          }
          inWord = true;
          expected = Expected.SEPARATOR;
        }
      }
      i++;
    }
    return UNFINISHED;
  }

  private int broken(int at) {
    brokenAt = at;
    return BROKEN;
  }

  private boolean expectsName() {
    return expected == Expected.NAME || expected == Expected.NAME_OR_END;
  }

  private boolean expectsValue() {
    return expected == Expected.VALUE || expected == Expected.VALUE_OR_END;
  }

  private static boolean isOfWord(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '+'
        || c == '.';
  }
}
