package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
 * What Reddit hands out to the owner of an account, as far as it tells of attention: the votes
 * ({@code post_votes.csv}, {@code comment_votes.csv}: id, permalink, direction), whom he follows
 * ({@code friends.csv}: username, note), and what he answered ({@code comment_headers.csv}: id,
 * permalink, date, ip, subreddit, gildings, link, parent). Whose they are stands in {@code
 * statistics.csv} of the same archive or folder. Votes and friends tell no time.
 */
final class RedditExport extends OwnersExport {
  /** Names the owner of an archive. */
  static final String OWNER_FILE = "statistics.csv";

  private static final Set<String> OWNERS =
      Set.of("post_votes", "comment_votes", "friends", "comment_headers");

  /** Their texts go over many lines, and every public dump has them. */
  private static final Set<String> UNREAD = Set.of("comments", "posts");

  private static final Pattern ID = Pattern.compile("[0-9a-z]{1,13}");
  private static final Pattern COMMENT = Pattern.compile("(?:t1_)?([0-9a-z]{1,13})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,20}");
  private static final Pattern LINK =
      Pattern.compile("https?://[^/]+/.*?comments/([0-9a-z]{1,13})(?:/.*)?");

  private final String file;

  private RedditExport(String file, String owner) {
    super("reddit", owner);
    this.file = file;
  }

  /**
   * The format of a file; empty if it is none of an archive, by its name.
   *
   * @param path with the folders around it
   * @param owner the account whose archive it is; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    String file = nameOf(path);
    return OWNERS.contains(file) || UNREAD.contains(file) || file.equals("statistics")
        ? Optional.of(new RedditExport(file, owner))
        : Optional.empty();
  }

  /** Whether a file tells nothing without its owner. */
  static boolean needsOwner(String path) {
    return OWNERS.contains(nameOf(path));
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
  String unread() {
    return UNREAD.contains(file)
        ? file + " of an archive"
        : file.equals("statistics") ? "statistics of the archive's owner" : null;
  }

  @Override
  boolean isHeader(List<String> values) {
    return List.of("id", "username").contains(values.get(0));
  }

  @Override
  void read(List<String> values, LineSink sink) throws RejectedLineException {
    switch (file) {
      case "friends" -> {
        String name = values.get(0);
        if (!NAME.matcher(name).matches()) {
          throw new RejectedLineException("username: not a name");
        }
        String target = name.toLowerCase(Locale.ROOT);
        sink.accept(act("follow:" + owner + ":" + target).does(Verb.FOLLOW, target, null));
      }
      case "comment_headers" -> comment(values, sink);
      default -> vote(values, sink);
    }
  }

  /** The comment without its text: a dump that has it tells the rest. */
  private void comment(List<String> values, LineSink sink) throws RejectedLineException {
    String id = id(values);
    if (values.size() < 8) {
      throw new RejectedLineException("not CSV: fewer than eight values");
    }
    long created = Times.iso(values.get(2).replaceFirst(" UTC$", "Z").replace(' ', 'T'));
    if (!Times.isPlausible(created)) {
      throw new RejectedLineException("date: not a time");
    }
    Matcher link = LINK.matcher(values.get(6));
    Matcher parent = COMMENT.matcher(values.get(7));
    ParsedRecord post =
        new ParsedRecord(Kind.POST, owner, created, "t1_" + id, Times.day(created), created);
    post.text = "";
    post.hashtags = values.get(4).isBlank() ? List.of() : List.of(values.get(4));
    post.links = List.of();
    post.threadId = link.matches() ? "t3_" + link.group(1) : null;
    post.replyToId = parent.matches() ? "t1_" + parent.group(1) : post.threadId;
    sink.accept(post);
    if (post.replyToId == null) {
      sink.ignored("comment on neither a submission nor a comment");
    } else {
      sink.accept(post.act(Verb.REPLY, null, post.replyToId));
    }
  }

  private static String id(List<String> values) throws RejectedLineException {
    if (!ID.matcher(values.get(0)).matches()) {
      throw new RejectedLineException("id: not an id");
    }
    return values.get(0);
  }

  private void vote(List<String> values, LineSink sink) throws RejectedLineException {
    String id = id(values);
    String direction = values.get(values.size() - 1);
    if (!direction.equals("up")) {
      sink.ignored(IgnoredRules.named("vote", direction));
      return;
    }
    String post = (file.equals("post_votes") ? "t3_" : "t1_") + id;
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
