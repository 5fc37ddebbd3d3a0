package renown.dumps.formats;

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

/**
 * The files of the archive that X hands out to the owner of an account: {@code tweets.js} and its
 * further parts, {@code like.js}, {@code follower.js}, {@code following.js} and {@code account.js}.
 * Each assigns an array to a name, and its elements are the lines; which file they are from tells
 * what they are. Nothing else of an archive is read, deleted tweets and messages least of all.
 *
 * <p>The tweets name no author: it is the account of {@code account.js} in the same folder or
 * archive. They are those of version 1.1 with numbers as texts, retweets told by their text alone
 * ({@link XStreamFormat}). Likes and follows have no time: they count from the day of their file.
 */
final class XArchiveFormat implements DumpFormat {
  private static final long serialVersionUID = 1L;

  /** The file that tells whose archive it is. */
  static final String ACCOUNT_FILE = "account.js";

  private enum What {
    TWEETS,
    LIKES,
    FOLLOWERS,
    FOLLOWING,
    ACCOUNT
  }

  private static final Pattern FILE =
      Pattern.compile(
          "(?:.*/)?(tweets?|community-tweets?|like|follower|following|account)(?:-part\\d+)?"
              + "\\.js(?:\\.[a-z0-9]+)?");

  private static final JsonFields ACCOUNT_LINE =
      new JsonFields()
          .object(
              "account",
              new JsonFields().values("accountId", "username", "accountDisplayName", "createdAt"));

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields account = new JsonFields().values("accountId");
    JsonFields tweet = tweet();
    return tweet()
        .object("tweet", tweet)
        .object("like", new JsonFields().values("tweetId"))
        .object("follower", account)
        .object("following", account);
  }

  private static JsonFields tweet() {
    return XStreamFormat.tweetAlone()
        .object(
            "edit_info",
            new JsonFields().object("edit", new JsonFields().values("initialTweetId")));
  }

  private final What what;
  private final String owner;

  private XArchiveFormat(What what, String owner) {
    this.what = what;
    this.owner = owner;
  }

  /**
   * The format of a file of an archive; empty if a file is none, by its name.
   *
   * @param path with the folders around it
   * @param owner the account whose archive it is; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    Matcher file = FILE.matcher(path.toLowerCase(Locale.ROOT));
    if (!file.matches()) {
      return Optional.empty();
    }
    What what =
        switch (file.group(1)) {
          case "like" -> What.LIKES;
          case "follower" -> What.FOLLOWERS;
          case "following" -> What.FOLLOWING;
          case "account" -> What.ACCOUNT;
          default -> What.TWEETS;
        };
    return Optional.of(new XArchiveFormat(what, owner));
  }

  /**
   * The account that an archive belongs to.
   *
   * @param file the content of {@link #ACCOUNT_FILE}
   */
  static String owner(byte[] file) throws RejectedLineException {
    int begin = 0;
    while (begin < file.length && file[begin] != '[') {
      begin++;
    }
    List<JsonObject> lines = ACCOUNT_LINE.readAll(file, begin, file.length - begin);
    if (lines.isEmpty()) {
      throw new RejectedLineException("account: missing");
    }
    return id(lines.get(0).requiredObject("account"), "accountId");
  }

  @Override
  public String name() {
    return "x-v1-stream";
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    if (what == What.ACCOUNT) {
      account(ACCOUNT_LINE.read(bytes, offset, length).requiredObject("account"), sink);
      return;
    }
    JsonObject line = LINE.read(bytes, offset, length);
    if (owner == null) {
      sink.ignored("archive without its account");
      return;
    }
    switch (what) {
      case TWEETS -> {
        // Until 2020 there was nothing around a tweet.
        JsonObject tweet = line.has("tweet") ? line.requiredObject("tweet") : line;
        JsonObject edits = tweet.object("edit_info");
        JsonObject edit = edits == null ? null : edits.object("edit");
        String first = edit == null ? null : id(edit, "initialTweetId");
        XStreamFormat.ownTweet(tweet, first, owner, sink);
      }
      case LIKES -> {
        String tweet = id(line.requiredObject("like"), "tweetId");
        sink.accept(XRecords.like(owner, null, tweet, ParsedRecord.NO_TIME));
      }
      case FOLLOWERS -> {
        String other = id(line.requiredObject("follower"), "accountId");
        sink.accept(XRecords.follow(other, owner, ParsedRecord.NO_TIME));
      }
      case FOLLOWING -> {
        String other = id(line.requiredObject("following"), "accountId");
        sink.accept(XRecords.follow(owner, other, ParsedRecord.NO_TIME));
      }
      default -> sink.ignored(IgnoredRules.named("archive file", what.name()));
    }
  }

  private static String id(JsonObject object, String member) throws RejectedLineException {
    String id = object.requiredId(member);
    if (!XRecords.isDigits(id)) {
      throw object.fault(member, "not an id");
    }
    return id;
  }

  private static void account(JsonObject account, LineSink sink) throws RejectedLineException {
    ParsedRecord record =
        new ParsedRecord(Kind.ACCOUNT, id(account, "accountId"), ParsedRecord.NO_TIME);
    record.handle = account.name("username");
    record.displayName = account.name("accountDisplayName");
    long created = account.time("createdAt", Times::iso);
    record.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    sink.accept(record);
  }
}
