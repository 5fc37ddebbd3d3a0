package renown.dumps;

import java.util.ArrayList;
import java.util.List;

/**
 * Size limits for statements. No network allows content this large; a crafted line would take the
 * memory of many rows in every later step, several times over.
 */
public final class StatementBounds {
  /** Maximum characters of a text, or of all links or hashtags of a post together. */
  static final int LONGEST_TEXT = 1_000_000;

  /** Maximum characters of an id or name. */
  static final int LONGEST_ID = 10_000;

  /** Rule under which the excess is dropped. */
  public static final String RULE = "text or links beyond 1000000 characters";

  private StatementBounds() {}

  /**
   * Cuts texts, links and hashtags that are too long.
   *
   * @return whether there was one
   * @throws RejectedLineException if an id or a name is too long: cut, it would be another's
   */
  public static boolean cut(ParsedRecord statement) throws RejectedLineException {
    checkId(statement.accountId);
    checkId(statement.recordId);
    checkId(statement.targetAccountId);
    checkId(statement.targetHandle);
    checkId(statement.objectId);
    checkId(statement.viaId);
    checkId(statement.replyToId);
    checkId(statement.threadId);
    checkId(statement.quotedId);
    checkId(statement.handle);
    checkId(statement.displayName);
    checkId(statement.language);
    checkId(statement.purpose);
    String text = cut(statement.text);
    String description = cut(statement.description);
    List<String> hashtags = cut(statement.hashtags);
    List<String> links = cut(statement.links);
    boolean isCut =
        text != statement.text
            || description != statement.description
            || hashtags != statement.hashtags
            || links != statement.links;
    statement.text = text;
    statement.description = description;
    statement.hashtags = hashtags;
    statement.links = links;
    return isCut;
  }

  private static void checkId(String id) throws RejectedLineException {
    if (id != null && id.length() > LONGEST_ID) {
      throw new RejectedLineException("an id or name of more than " + LONGEST_ID + " characters");
    }
  }

  private static String cut(String text) {
    if (text == null || text.length() <= LONGEST_TEXT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
    return text.substring(0, splitsPair ? LONGEST_TEXT - 1 : LONGEST_TEXT);
  }

  private static List<String> cut(List<String> texts) {
    if (texts == null) {
      return null;
    }
    long length = 0;
    for (int i = 0; i < texts.size(); i++) {
      // An empty one takes room, too.
      length += 1 + texts.get(i).length();
      if (length > LONGEST_TEXT) {
        return new ArrayList<>(texts.subList(0, i));
      }
    }
    return texts;
  }
}
