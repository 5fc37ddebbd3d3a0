package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * What YouTube hands out to the owner of a channel ("Takeout"): {@code subscriptions.csv} and
 * {@code comments.csv}. The order of columns changed over the years, so values are told by their
 * form: channels begin with UC, comments with Ug, and a reply's id is that of the comment above it,
 * a dot and its own.
 *
 * <p>Comments name their author; subscriptions do not: he is in {@code channel.csv} of the same
 * archive or folder.
 */
final class YouTubeExport implements DumpFormat {
  /** Names the owner of an archive. */
  static final String OWNER_FILE = "channel.csv";

  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?(subscriptions|comments|channel)\\.csv(?:\\.[a-z0-9]+)?");

  private static final Pattern CHANNEL = Pattern.compile("UC[A-Za-z0-9_-]{22}");
  private static final Pattern COMMENT =
      Pattern.compile("(Ug[A-Za-z0-9_-]{10,40})(?:\\.[A-Za-z0-9_-]{10,40})?");
  private static final Pattern VIDEO = Pattern.compile("[A-Za-z0-9_-]{11}");

  /** The text is JSON, piece by piece: {@code {"text":"Hello"},{"text":"..."}}. */
  private static final JsonFields PIECE = new JsonFields().values("text");

  private final String file;
  private final String owner;

  private YouTubeExport(String file, String owner) {
    this.file = file;
    this.owner = owner;
  }

  /**
   * The format of a file; empty if it is none of an archive, by its name.
   *
   * @param path with the folders around it
   * @param owner the channel whose archive it is; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    Matcher name = FILE.matcher(path.toLowerCase(Locale.ROOT));
    return name.matches() ? Optional.of(new YouTubeExport(name.group(1), owner)) : Optional.empty();
  }

  /** Whether a file tells nothing without its owner. */
  static boolean needsOwner(String path) {
    Matcher name = FILE.matcher(path.toLowerCase(Locale.ROOT));
    return name.matches() && name.group(1).equals("subscriptions");
  }

  /**
   * The channel that an archive belongs to: the first that the file tells.
   *
   * @param file the content of {@link #OWNER_FILE}
   */
  static String owner(byte[] file) throws RejectedLineException {
    for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      String channel =
          line.isBlank() ? null : first(CHANNEL, CsvLine.values(bytes, 0, bytes.length));
      if (channel != null) {
        return channel;
      }
    }
    throw new RejectedLineException("no channel");
  }

  private static String first(Pattern form, List<String> values) {
    return values.stream().filter(value -> form.matcher(value).matches()).findFirst().orElse(null);
  }

  @Override
  public String name() {
    return "youtube";
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    List<String> values = CsvLine.values(bytes, offset, length);
    String channel = first(CHANNEL, values);
    if (channel == null) {
      if (values.get(0).toLowerCase(Locale.ROOT).matches("(channel|comment) id")) {
        sink.ignored("header of the CSV file");
        return;
      }
      throw new RejectedLineException("no channel in the line");
    }
    switch (file) {
      case "subscriptions" -> subscription(channel, values, sink);
      case "comments" -> comment(channel, values, sink);
      default -> sink.ignored("channel of the archive's owner");
    }
  }

  private void subscription(String channel, List<String> values, LineSink sink) {
    if (owner == null) {
      sink.ignored("CSV export without its account");
      return;
    }
    ParsedRecord follow = new ParsedRecord(Kind.INTERACTION, owner, ParsedRecord.NO_TIME);
    follow.recordId = "subscription:" + owner + ":" + channel;
    follow.recordDay = 0;
    sink.accept(follow.does(Verb.FOLLOW, channel, null));
    String title = values.get(values.size() - 1);
    if (values.size() > 2 && !title.isBlank()) {
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, channel, ParsedRecord.NO_TIME);
      account.displayName = title;
      sink.accept(account);
    }
  }

  private static void comment(String author, List<String> values, LineSink sink)
      throws RejectedLineException {
    // A reply's own id is longer than that of the comment above, which stands beside it.
    String id =
        values.stream()
            .filter(value -> COMMENT.matcher(value).matches())
            .max(java.util.Comparator.comparingInt(String::length))
            .orElseThrow(() -> new RejectedLineException("no comment in the line"));
    long published =
        values.stream()
            .mapToLong(Times::iso)
            .filter(Times::isPlausible)
            .findFirst()
            .orElseThrow(() -> new RejectedLineException("no time in the line"));
    Matcher own = COMMENT.matcher(id);
    String above = own.matches() && id.indexOf('.') > 0 ? own.group(1) : null;
    String video = first(VIDEO, values);
    ParsedRecord post =
        new ParsedRecord(Kind.POST, author, published, id, Times.day(published), published);
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      if (value.startsWith("{")) {
        byte[] json = ("[" + value + "]").getBytes(StandardCharsets.UTF_8);
        for (JsonObject piece : PIECE.readAll(json, 0, json.length)) {
          text.append(piece.has("text") ? piece.text("text") : "");
        }
      }
    }
    post.text = text.toString();
    post.links = TextLinks.of(post.text);
    post.replyToId = above == null ? video : above;
    post.threadId = video;
    sink.accept(post);
    if (post.replyToId == null) {
      sink.ignored("comment on neither video nor comment");
      return;
    }
    sink.accept(post.act(Verb.REPLY, null, post.replyToId));
    String thread = above == null ? id : above;
    AddressedNames.in(post.text).forEach(name -> sink.accept(post.addresses("@" + name, thread)));
  }
}
