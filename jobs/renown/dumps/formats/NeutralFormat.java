package renown.dumps.formats;

import java.util.List;
import java.util.Locale;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.ParsedRecord.Status;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * The format for networks without a format of their own; NEUTRAL.md next to this source documents
 * it field by field. One JSON object per line, its {@code type} one of account, post, interaction,
 * deletion and list.
 *
 * <p><b>Time.</b> {@code at} is the event time, {@code witnessed_at} when the network or the
 * crawler saw it, by default the same. {@code at} outside the years 2006..2100, or after {@code
 * witnessed_at}, is replaced by {@code witnessed_at}; without one, such a year rejects the line.
 *
 * <p><b>Identity.</b> {@code record_id}; its day is that of {@code at} (the constant 0 outside
 * 2006..2100), so a repeated record must have the same {@code at}.
 */
public final class NeutralFormat implements DumpFormat {
  private static final JsonFields LINE =
      new JsonFields()
          .values("type", "account_id", "record_id", "at", "witnessed_at", "record_at")
          .values("text", "language", "reply_to_id", "thread_id", "quoted_id")
          .array("hashtags")
          .array("links")
          .values("verb", "target_account_id", "object_id", "via_id")
          .values("moved_to_account_id")
          .array("alias_account_ids")
          .values("handle", "display_name", "description", "created_at", "status", "purpose")
          .values("follower_count", "following_count", "post_count", "listed_count")
          .values("is_protected", "is_automated", "is_verified", "is_discoverable");

  private static final List<String> PURPOSES =
      List.of("curation", "moderation", "reference", "pack");

  @Override
  public String name() {
    return "neutral";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return List.of(
        new VerbMeaning(
            "neutral",
            List.of(Verb.values()),
            "`interaction` with this `verb`",
            "`account_id` -> `target_account_id`, or the author of `object_id`*",
            "`at`, or `witnessed_at` if earlier",
            "`record_id`",
            "`deletion` of the `record_id`"));
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    String type = line.requiredText("type");
    switch (type) {
      case "account" -> {
        ParsedRecord account = account(line);
        sink.accept(account);
        String movedTo = line.id("moved_to_account_id");
        if (movedTo != null) {
          sink.accept(
              ParsedRecord.ofOwn(Kind.MOVE, account.accountId, account.witnessedAt, movedTo));
        }
        for (String alias : line.ids("alias_account_ids")) {
          if (!alias.equals(account.accountId)) {
            sink.accept(
                ParsedRecord.ofOwn(Kind.ALIAS, account.accountId, account.witnessedAt, alias));
          }
        }
      }
      case "post" -> sink.accept(post(line));
      case "interaction" -> sink.accept(interaction(line));
      case "deletion" -> sink.accept(deletion(line));
      case "list" -> sink.accept(list(line));
      default -> sink.ignored(IgnoredRules.named("type", type));
    }
  }

  private static ParsedRecord account(JsonObject line) throws RejectedLineException {
    ParsedRecord account = record(Kind.ACCOUNT, line);
    account.handle = line.name("handle");
    account.displayName = line.name("display_name");
    account.description = line.text("description");
    long created = line.time("created_at", Times::iso);
    account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    account.followerCount = line.count("follower_count");
    account.followingCount = line.count("following_count");
    account.postCount = line.count("post_count");
    account.listedCount = line.count("listed_count");
    account.isProtected = line.flag("is_protected");
    account.isAutomated = line.flag("is_automated");
    account.isVerified = line.flag("is_verified");
    account.isDiscoverable = line.flag("is_discoverable");
    String status = line.text("status");
    if (status != null) {
      account.status = word(Status.class, line, "status", status);
    }
    return account;
  }

  private static ParsedRecord post(JsonObject line) throws RejectedLineException {
    ParsedRecord post = identified(Kind.POST, line);
    post.text = line.text("text");
    post.language = line.text("language");
    post.replyToId = line.id("reply_to_id");
    post.threadId = line.id("thread_id");
    post.quotedId = line.id("quoted_id");
    post.hashtags = line.texts("hashtags");
    post.links = line.texts("links");
    return post;
  }

  private static ParsedRecord interaction(JsonObject line) throws RejectedLineException {
    ParsedRecord interaction = identified(Kind.INTERACTION, line);
    interaction.verb = word(Verb.class, line, "verb", line.requiredText("verb"));
    interaction.objectId = line.id("object_id");
    interaction.targetAccountId =
        interaction.objectId == null || interaction.verb == Verb.LIST
            ? line.requiredId("target_account_id")
            : line.id("target_account_id");
    interaction.viaId = line.id("via_id");
    return interaction;
  }

  private static ParsedRecord deletion(JsonObject line) throws RejectedLineException {
    ParsedRecord deletion = record(Kind.DELETION, line);
    deletion.recordId = line.requiredId("record_id");
    if (line.has("record_at")) {
      deletion.recordDay = day(line.time("record_at", Times::iso));
    }
    return deletion;
  }

  private static ParsedRecord list(JsonObject line) throws RejectedLineException {
    ParsedRecord list = identified(Kind.LIST, line);
    list.displayName = line.name("display_name");
    list.description = line.text("description");
    list.purpose = line.text("purpose");
    if (list.purpose != null && !PURPOSES.contains(list.purpose)) {
      throw line.fault("purpose", "not one of " + String.join(", ", PURPOSES));
    }
    return list;
  }

  private static ParsedRecord identified(Kind kind, JsonObject line) throws RejectedLineException {
    ParsedRecord record = record(kind, line);
    record.recordId = line.requiredId("record_id");
    record.recordDay = day(line.time("at", Times::iso));
    return record;
  }

  private static ParsedRecord record(Kind kind, JsonObject line) throws RejectedLineException {
    String account = line.requiredId("account_id");
    // A profile is no event: it is enough to know when it was seen.
    if (!line.has("at") && (kind != Kind.ACCOUNT || !line.has("witnessed_at"))) {
      throw line.fault("at", "missing");
    }
    ParsedRecord record;
    if (line.has("witnessed_at")) {
      long witnessed = line.eventTime("witnessed_at", Times::iso);
      long at = line.time("at", Times::iso);
      record = new ParsedRecord(kind, account, witnessed);
      record.happenedAt = Times.isPlausible(at) ? Math.min(at, witnessed) : witnessed;
    } else {
      long at = line.eventTime("at", Times::iso);
      record = new ParsedRecord(kind, account, at);
      record.happenedAt = at;
    }
    return record;
  }

  private static int day(long time) {
    return Times.isPlausible(time) ? Times.day(time) : 0;
  }

  private static <E extends Enum<E>> E word(
      Class<E> words, JsonObject line, String member, String word) throws RejectedLineException {
    for (E constant : words.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw line.fault(member, "not a known word");
  }
}
