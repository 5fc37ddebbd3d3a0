package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * What YouTube hands out to the owner of a channel ("Takeout"): {@code subscriptions.csv} (Channel
 * Id, Channel Url, Channel Title) and {@code comments.csv}. The columns of comments changed: first
 * Comment ID, Channel ID, Comment Create Timestamp, Price, Parent Comment ID, Video ID, Comment
 * Text; in 2024 Channel ID came first and Comment ID after Price; then Post ID stands before Video
 * ID, and Top-Level Comment ID last. So values are told by their form and order: channels begin
 * with UC, comments with Ug, the comment's own id stands before that of the one that it answers,
 * and posts of channels begin with Ugkx.
 *
 * <p>Comments name their author; subscriptions do not: he is in {@code channel.csv} of the same
 * archive or folder.
 */
final class YouTubeExport extends OwnersExport {
  /** Names the owner of an archive. */
  static final String OWNER_FILE = "channel.csv";

  private static final Set<String> FILES = Set.of("subscriptions", "comments", "channel");

  private static final Pattern CHANNEL = Pattern.compile("UC[A-Za-z0-9_-]{22}");
  private static final Pattern COMMENT =
      Pattern.compile("(Ug[A-Za-z0-9_-]{10,30})(?:\\.[A-Za-z0-9_-]{10,40})?");
  private static final Pattern POST = Pattern.compile("Ugkx[A-Za-z0-9_-]{32}");
  private static final Pattern VIDEO = Pattern.compile("[A-Za-z0-9_-]{11}");

  /** In a file of its own, channels stand first, and texts after them may go over many lines. */
  private static final Pattern FIRST_CHANNEL =
      Pattern.compile("\\uFEFF?\"?(UC[A-Za-z0-9_-]{22})\"?(?:,.*)?");

  /**
   * The text is JSON, piece by piece: {@code {"text":"Hello"},{"text":"..."}}; until 2024 the
   * pieces stood in {@code {"takeoutSegments":[...]}}.
   */
  private static final JsonFields PIECE =
      new JsonFields().values("text").objects("takeoutSegments", new JsonFields().values("text"));

  private final String file;

  private YouTubeExport(String file, String owner) {
    super("youtube", owner);
    this.file = file;
  }

  /**
   * The format of a file; empty if it is none of an archive, by its name.
   *
   * @param path with the folders around it
   * @param owner the channel whose archive it is; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    String file = nameOf(path);
    return FILES.contains(file) ? Optional.of(new YouTubeExport(file, owner)) : Optional.empty();
  }

  /** Whether a file tells nothing without its owner. */
  static boolean needsOwner(String path) {
    return nameOf(path).equals("subscriptions");
  }

  /**
   * The channel that an archive belongs to: the first that the file tells.
   *
   * @param file the content of {@link #OWNER_FILE}
   */
  static String owner(byte[] file) throws RejectedLineException {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(FIRST_CHANNEL::matcher)
        .filter(Matcher::matches)
        .map(channel -> channel.group(1))
        .findFirst()
        .orElseThrow(() -> new RejectedLineException("no channel"));
  }

  private static String first(Pattern form, List<String> values) {
    return values.stream().filter(value -> form.matcher(value).matches()).findFirst().orElse(null);
  }

  @Override
  String unread() {
    return file.equals("channel") ? "channel of the archive's owner" : null;
  }

  @Override
  boolean isHeader(List<String> values) {
    String first = values.get(0);
    return first.equalsIgnoreCase("channel id") || first.equalsIgnoreCase("comment id");
  }

  @Override
  boolean needsOwner() {
    return file.equals("subscriptions");
  }

  @Override
  void read(List<String> values, LineSink sink) throws RejectedLineException {
    String channel = first(CHANNEL, values);
    if (channel == null) {
      throw new RejectedLineException("no channel in the line");
    }
    if (file.equals("subscriptions")) {
      subscription(channel, values, sink);
    } else {
      comment(channel, values, sink);
    }
  }

  private void subscription(String channel, List<String> values, LineSink sink) {
    ParsedRecord follow = new ParsedRecord(Kind.INTERACTION, owner, ParsedRecord.NO_TIME);
    follow.recordId = "subscription:" + owner + ":" + channel;
    follow.recordDay = 0;
    sink.accept(follow.does(Verb.FOLLOW, channel, null));
    String title = JsonObject.printable(values.get(values.size() - 1));
    if (values.size() > 2 && !title.isBlank()) {
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, channel, ParsedRecord.NO_TIME);
      account.displayName = title;
      sink.accept(account);
    }
  }

  private static void comment(String author, List<String> values, LineSink sink)
      throws RejectedLineException {
    List<String> comments =
        values.stream()
            .filter(value -> COMMENT.matcher(value).matches() && !POST.matcher(value).matches())
            .toList();
    if (comments.isEmpty()) {
      throw new RejectedLineException("no comment in the line");
    }
    String id = comments.get(0);
    long published =
        values.stream()
            .mapToLong(Times::iso)
            .filter(Times::isPlausible)
            .findFirst()
            .orElseThrow(() -> new RejectedLineException("no time in the line"));
    String above = comments.size() > 1 ? comments.get(1) : null;
    String video = first(VIDEO, values);
    String about = video == null ? first(POST, values) : video;
    ParsedRecord post =
        new ParsedRecord(Kind.POST, author, published, id, Times.day(published), published);
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      if (value.startsWith("{")) {
        addText(value, text);
      }
    }
    post.text = text.toString();
    post.links = TextLinks.of(post.text);
    post.replyToId = above == null ? about : above;
    post.threadId = about;
    sink.accept(post);
    if (post.replyToId == null) {
      sink.ignored("comment on neither video nor comment");
      return;
    }
    sink.accept(post.act(Verb.REPLY, null, post.replyToId));
    String thread = id.indexOf('.') < 0 ? id : id.substring(0, id.indexOf('.'));
    AddressedNames.in(post.text).forEach(name -> sink.accept(post.addresses("@" + name, thread)));
  }

  /** Adds the pieces of a text. */
  private static void addText(String pieces, StringBuilder text) throws RejectedLineException {
    byte[] json = ("[" + pieces + "]").getBytes(StandardCharsets.UTF_8);
    for (JsonObject piece : PIECE.readAll(json, 0, json.length)) {
      text.append(piece.has("text") ? piece.text("text") : "");
      for (JsonObject segment : piece.objects("takeoutSegments")) {
        text.append(segment.has("text") ? segment.text("text") : "");
      }
    }
  }
}
