package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * What Reddit hands out to the owner of an account and no dump has: the votes ({@code
 * post_votes.csv}, {@code comment_votes.csv}) and whom he follows ({@code friends.csv}). Whose they
 * are stands in {@code statistics.csv} of the same archive or folder. None tells a time.
 */
final class RedditExport implements DumpFormat {
  /** Names the owner of an archive. */
  static final String OWNER_FILE = "statistics.csv";

  private static final Pattern FILE =
      Pattern.compile(
          "(?:.*/)?(post_votes|comment_votes|friends|statistics|comments)\\.csv(?:\\.[a-z0-9]+)?");

  private static final Pattern ID = Pattern.compile("[0-9a-z]{1,13}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,20}");

  private final String file;
  private final String owner;

  private RedditExport(String file, String owner) {
    this.file = file;
    this.owner = owner;
  }

  /**
   * The format of a file; empty if it is none of an archive, by its name.
   *
   * @param path with the folders around it
   * @param owner the account whose archive it is; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    Matcher name = FILE.matcher(path.toLowerCase(Locale.ROOT));
    return name.matches() ? Optional.of(new RedditExport(name.group(1), owner)) : Optional.empty();
  }

  /** Whether a file tells nothing without its owner. */
  static boolean needsOwner(String path) {
    Matcher name = FILE.matcher(path.toLowerCase(Locale.ROOT));
    return name.matches() && !List.of("statistics", "comments").contains(name.group(1));
  }

  /**
   * The account that an archive belongs to.
   *
   * @param file the content of {@link #OWNER_FILE}
   */
  static String owner(byte[] file) throws RejectedLineException {
    for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      List<String> values = CsvLine.values(bytes, 0, bytes.length);
      if (values.size() > 1
          && values.get(0).equalsIgnoreCase("account name")
          && NAME.matcher(values.get(1)).matches()) {
        return values.get(1).toLowerCase(Locale.ROOT);
      }
    }
    throw new RejectedLineException("no account name");
  }

  @Override
  public String name() {
    return "reddit";
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    if (file.equals("comments")) {
      // The texts go over many lines, and every public dump has them.
      sink.ignored("comments of an archive");
      return;
    }
    List<String> values = CsvLine.values(bytes, offset, length);
    if (file.equals("statistics")) {
      sink.ignored("statistics of the archive's owner");
    } else if (List.of("id", "username").contains(values.get(0))) {
      sink.ignored("header of the CSV file");
    } else if (owner == null) {
      sink.ignored("CSV export without its account");
    } else if (file.equals("friends")) {
      String name = values.get(0);
      if (!NAME.matcher(name).matches()) {
        throw new RejectedLineException("username: not a name");
      }
      String target = name.toLowerCase(Locale.ROOT);
      sink.accept(act("follow:" + owner + ":" + target).does(Verb.FOLLOW, target, null));
    } else {
      vote(values, sink);
    }
  }

  private void vote(List<String> values, LineSink sink) throws RejectedLineException {
    if (!ID.matcher(values.get(0)).matches()) {
      throw new RejectedLineException("id: not an id");
    }
    String direction = values.get(values.size() - 1);
    if (!direction.equals("up")) {
      sink.ignored(IgnoredRules.named("vote", direction));
      return;
    }
    String post = (file.equals("post_votes") ? "t3_" : "t1_") + values.get(0);
    sink.accept(act("vote:" + owner + ":" + post).does(Verb.LIKE, null, post));
  }

  /** An act of the owner; without a time, its day is the same wherever it is told. */
  private ParsedRecord act(String id) {
    ParsedRecord act = new ParsedRecord(Kind.INTERACTION, owner, ParsedRecord.NO_TIME);
    act.recordId = id;
    act.recordDay = 0;
    return act;
  }
}
