package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;
import static renown.lab.generate.Vocabulary.utf8;

import renown.lab.generate.Event.Type;

/**
 * Lines of the X (Twitter) v1.1 stream as of 2019: tweets with their embedded tweets and users,
 * delete notices and compliance messages, in the stream's field order and escaping.
 */
final class XLines implements LineWriter {
  /** Code points of a tweet's compatible text; longer ones are cut and extended. */
  private static final int MOST_POINTS = 140;

  /** Code points of a cut text before the ellipsis, a space and a link of 23. */
  private static final int CUT_POINTS = 115;

  /** 2050-01-01. */
  private static final long FUTURE_MS = 2_524_608_000_000L;

  private static final long SIX_HOURS_MS = 21_600_000;

  private static final byte[] CREATED_AT = utf8("{\"created_at\":\"");
  private static final byte[] ID = utf8("\",\"id\":");
  private static final byte[] ID_STR = utf8(",\"id_str\":\"");
  private static final byte[] WRONG_ID = utf8("\",\"id\":true,\"id_str\":false,\"text\":\"");
  private static final byte[] TEXT = utf8("\",\"text\":\"");
  private static final byte[] RANGE = utf8("\",\"display_text_range\":[");
  private static final byte[] SOURCE = utf8("\"source\":\"");
  private static final byte[][] SOURCES = {
    source("http://twitter.com/download/iphone", "Twitter for iPhone"),
    source("http://twitter.com/download/android", "Twitter for Android"),
    source("https://mobile.twitter.com", "Twitter Web App"),
    source("https://about.twitter.com/products/tweetdeck", "TweetDeck")
  };
  private static final byte[] AUTOMATED_SOURCE = source("https://bots.example", "Acorn Machine");
  private static final byte[] TRUNCATED = utf8("\",\"truncated\":");
  private static final byte[] TRUE = utf8("true");
  private static final byte[] FALSE = utf8("false");
  private static final byte[] NO_REPLY =
      utf8(
          ",\"in_reply_to_status_id\":null,\"in_reply_to_status_id_str\":null,"
              + "\"in_reply_to_user_id\":null,\"in_reply_to_user_id_str\":null,"
              + "\"in_reply_to_screen_name\":null,\"user\":");
  private static final byte[] PLACES =
      utf8(",\"geo\":null,\"coordinates\":null,\"place\":null,\"contributors\":null");
  private static final byte[] RETWEETED = utf8(",\"retweeted_status\":");
  private static final byte[] QUOTED_ID = utf8(",\"quoted_status_id\":");
  private static final byte[] QUOTED_ID_STR = utf8(",\"quoted_status_id_str\":\"");
  private static final byte[] QUOTED = utf8("\",\"quoted_status\":");
  private static final byte[] IS_QUOTE = utf8(",\"is_quote_status\":");
  private static final byte[] EXTENDED = utf8(",\"extended_tweet\":{\"full_text\":\"");
  private static final byte[] ENTITIES = utf8(",\"entities\":{\"hashtags\":[");
  private static final byte[] NOT_MINE = utf8(",\"favorited\":false,\"retweeted\":false");
  private static final byte[] SENSITIVE = utf8(",\"possibly_sensitive\":false");
  private static final byte[] FILTER = utf8(",\"filter_level\":\"low\",\"lang\":\"");
  private static final byte[] TIMESTAMP = utf8("\",\"timestamp_ms\":\"");
  private static final byte[] STRING_END = utf8("\"}");
  private static final byte[] RT = utf8("RT @");
  private static final byte[] ELLIPSIS = utf8("\\u2026");
  private static final byte[] INDICES = utf8("\",\"indices\":[");
  private static final byte[] NOT_UTF8 = {(byte) 0xC3, (byte) 0x28};
  private static final byte[] STATUS_LINK = utf8("https:\\/\\/twitter.com\\/i\\/web\\/status\\/");
  private static final byte[] USER_TAIL =
      utf8(
          "\",\"utc_offset\":null,\"time_zone\":null,\"geo_enabled\":false,\"lang\":null,"
              + "\"contributors_enabled\":false,\"is_translator\":false,"
              + "\"profile_background_color\":\"F5F8FA\",\"profile_background_image_url\":\"\","
              + "\"profile_background_image_url_https\":\"\",\"profile_background_tile\":false,"
              + "\"profile_link_color\":\"1DA1F2\",\"profile_sidebar_border_color\":\"C0DEED\","
              + "\"profile_sidebar_fill_color\":\"DDEEF6\",\"profile_text_color\":\"333333\","
              + "\"profile_use_background_image\":true,\"profile_image_url\":\"http:\\/\\/abs."
              + "twimg.com\\/sticky\\/default_profile_images\\/default_profile_normal.png\","
              + "\"profile_image_url_https\":\"https:\\/\\/abs.twimg.com\\/sticky\\/"
              + "default_profile_images\\/default_profile_normal.png\",\"default_profile\":true,"
              + "\"default_profile_image\":false,\"following\":null,\"follow_request_sent\":null,"
              + "\"notifications\":null}");

  private final Society society;
  private final Text text;
  private final LineBuffer scratch = new LineBuffer();
  private final LineBuffer idDigits = new LineBuffer();
  private final LineBuffer shortLink = new LineBuffer();

  XLines(Society society) {
    this.society = society;
    this.text = new Text(society);
  }

  private static byte[] source(String address, String name) {
    return utf8(
        "\\u003ca href=\\\""
            + address.replace("/", "\\/")
            + "\\\" rel=\\\"nofollow\\\"\\u003e"
            + name
            + "\\u003c\\/a\\u003e");
  }

  @Override
  public byte[] lineEnd() {
    return new byte[] {'\r', '\n'};
  }

  @Override
  public boolean takes(Event event, Fault fault) {
    return switch (fault) {
      case NONE -> true;
      case WRONG_TYPE, FUTURE -> event.post != null || event.type == Type.REPOST;
      case INVALID_UTF8 -> event.post != null;
    };
  }

  static long id(long time, int slot) {
    return (time - Identities.SNOWFLAKE_EPOCH) << 22 | slot & ((1 << 22) - 1);
  }

  /** The account's id, in digits; good until the next call. */
  private LineBuffer id(Account account) {
    idDigits.clear();
    Identities.writeId(society, account.index, idDigits);
    return idDigits;
  }

  private static long id(Post post) {
    return id(post.time(), post.slot());
  }

  @Override
  public void write(Event event, Fault fault, LineBuffer out) {
    switch (event.type) {
      case POST, REPLY, QUOTE -> tweet(event.post, event, fault, event.time, true, out);
      case REPOST -> retweet(event, fault, out);
      case POST_DELETE -> deletion(id(event.target), society.account(event.actor), event.time, out);
      case REPOST_DELETE ->
          deletion(
              id(event.other.time, event.other.slot),
              society.account(event.actor),
              event.time,
              out);
      case ACCOUNT_END -> {
        Account actor = society.account(event.actor);
        boolean suspended = actor.end == Account.End.SUSPENDED;
        out.put(suspended ? "{\"user_suspend\":{\"id\":" : "{\"user_delete\":{\"id\":");
        out.put(id(actor)).put(",\"timestamp_ms\":\"").number(event.time);
        out.put(STRING_END).put('}');
      }
      default -> throw new IllegalStateException("X has no " + event.type);
    }
  }

  private static void head(long time, int slot, Fault fault, LineBuffer out) {
    long said = fault == Fault.FUTURE ? FUTURE_MS + time % Society.DAY_MS : time;
    out.put(CREATED_AT).twitterTime(said);
    if (fault == Fault.WRONG_TYPE) {
      out.put(WRONG_ID);
      return;
    }
    long id = id(said, slot);
    out.put(ID).number(id).put(ID_STR).number(id).put(TEXT);
    if (fault == Fault.INVALID_UTF8) {
      out.put(NOT_UTF8);
    }
  }

  private static void source(Account account, LineBuffer out) {
    boolean machine = account.role == Role.CHATTER;
    byte[] source = machine ? AUTOMATED_SOURCE : SOURCES[below(account.key, 95, SOURCES.length)];
    out.put(SOURCE).put(source);
  }

  /**
   * A tweet that is no retweet.
   *
   * @param event what it replies to or quotes; null for an embedded tweet
   * @param seen when it is looked at; its counters grow until then
   * @param top whether it is the line itself
   */
  private void tweet(Post post, Event event, Fault fault, long seen, boolean top, LineBuffer out) {
    Account author = society.account(post.author());
    Post repliedTo = event != null && event.type == Type.REPLY ? event.target : null;
    Post quoted = event != null && event.type == Type.QUOTE ? event.target : null;
    head(post.time(), post.slot(), fault, out);
    text.compose(post, repliedTo == null ? -1 : repliedTo.author());
    boolean cut = text.points() > MOST_POINTS;
    out.twitter(text.bytes(), 0, cut ? text.bytesOf(CUT_POINTS) : text.length());
    if (cut) {
      out.put(ELLIPSIS).put(' ');
      link(post.key() + 1, out);
    }
    if (repliedTo != null) {
      out.put(RANGE).number(text.prefixPoints()).put(',');
      out.number(cut ? MOST_POINTS : text.points()).put(']').put(',');
    } else {
      out.put('"').put(',');
    }
    source(author, out);
    out.put(TRUNCATED).put(cut ? TRUE : FALSE);
    replied(repliedTo, out);
    user(author, seen, out);
    out.put(PLACES);
    if (quoted != null) {
      quoted(post, quoted, out);
      // The embedded tweet has used the text; this one's is needed again.
      text.compose(post, -1);
    }
    out.put(IS_QUOTE).put(quoted == null ? FALSE : TRUE);
    boolean links = false;
    for (int i = 0; i < text.entities(); i++) {
      links |= text.kind(i) == Text.Kind.LINK;
    }
    if (cut) {
      out.put(EXTENDED).twitter(text.bytes(), 0, text.length());
      out.put(RANGE).number(text.prefixPoints()).put(',').number(text.points()).put(']');
      entities(0, Integer.MAX_VALUE, null, null, out);
      out.put('}');
    }
    counters(post, author, top ? post.time() : seen, out);
    entities(0, cut ? CUT_POINTS : Integer.MAX_VALUE, null, cut ? post : null, out);
    tail(links, author, top ? said(post.time(), fault) : -1, out);
  }

  private static long said(long time, Fault fault) {
    return fault == Fault.FUTURE ? FUTURE_MS + time % Society.DAY_MS : time;
  }

  private void replied(Post to, LineBuffer out) {
    if (to == null) {
      out.put(NO_REPLY);
      return;
    }
    Account author = society.account(to.author());
    long id = id(to);
    out.put(",\"in_reply_to_status_id\":").number(id);
    out.put(",\"in_reply_to_status_id_str\":\"").number(id);
    out.put("\",\"in_reply_to_user_id\":").put(id(author));
    out.put(",\"in_reply_to_user_id_str\":\"").put(id(author));
    out.put("\",\"in_reply_to_screen_name\":\"").put(author.names().handle());
    out.put("\",\"user\":");
  }

  private void quoted(Post post, Post quoted, LineBuffer out) {
    long id = id(quoted);
    out.put(QUOTED_ID).number(id).put(QUOTED_ID_STR).number(id).put(QUOTED);
    tweet(quoted, null, Fault.NONE, post.time(), false, out);
    Account author = society.account(quoted.author());
    out.put(",\"quoted_status_permalink\":{\"url\":\"");
    link(post.key() + 2, out);
    out.put("\",\"expanded\":\"https:\\/\\/twitter.com\\/").put(author.names().handle());
    out.put("\\/status\\/").number(id);
    out.put("\",\"display\":\"twitter.com\\/").put(author.names().handle());
    out.put("\\/s\\u2026\"}");
  }

  private void retweet(Event event, Fault fault, LineBuffer out) {
    Account actor = society.account(event.actor);
    Account author = society.account(event.target.author());
    head(event.time, event.slot, fault, out);
    text.compose(event.target, -1);
    int before = RT.length + author.names().handle().length + 2;
    int room = MOST_POINTS - before;
    boolean cut = text.points() > room;
    out.put(RT).put(author.names().handle()).put(':').put(' ');
    out.twitter(text.bytes(), 0, cut ? text.bytesOf(room - 1) : text.length());
    if (cut) {
      out.put(ELLIPSIS);
    }
    out.put('"').put(',');
    source(actor, out);
    out.put(TRUNCATED).put(FALSE).put(NO_REPLY);
    user(actor, event.time, out);
    out.put(PLACES).put(RETWEETED);
    tweet(event.target, null, Fault.NONE, event.time, false, out);
    out.put(IS_QUOTE).put(FALSE);
    out.put(",\"quote_count\":0,\"reply_count\":0,\"retweet_count\":0,\"favorite_count\":0");
    text.compose(event.target, -1);
    entities(before, cut ? room - 1 : Integer.MAX_VALUE, author, null, out);
    tail(false, author, said(event.time, fault), out);
  }

  private static void tail(boolean links, Account author, long timestamp, LineBuffer out) {
    out.put(NOT_MINE);
    if (links) {
      out.put(SENSITIVE);
    }
    out.put(FILTER).put(author.language.tag());
    if (timestamp >= 0) {
      out.put(TIMESTAMP).number(timestamp);
    }
    out.put(STRING_END);
  }

  /** Counters that grow with the author's standing and the post's age; not exact. */
  private static void counters(Post post, Account author, long seen, LineBuffer out) {
    long age = seen - post.time();
    double growth = (double) age / (age + SIX_HOURS_MS);
    long shares = (long) (author.expectedFollowers * 0.04 * growth * uniform(post.key(), 96));
    out.put(",\"quote_count\":").number(shares / 8);
    out.put(",\"reply_count\":").number(shares / 2);
    out.put(",\"retweet_count\":").number(age == 0 ? 0 : shares + 1);
    out.put(",\"favorite_count\":").number(4 * shares);
  }

  private void link(long key, LineBuffer out) {
    shortLink.clear();
    Text.shortLink(shortLink, key);
    out.twitter(shortLink.bytes(), 0, shortLink.length());
  }

  /**
   * The entities of the composed text.
   *
   * @param shift code points before the text
   * @param limit entities that end after so many code points of the text are left out
   * @param retweeted the account named by "RT @", or null
   * @param cutPost the post whose text is cut and ends in a link to itself, or null
   */
  private void entities(int shift, int limit, Account retweeted, Post cutPost, LineBuffer out) {
    out.put(ENTITIES);
    boolean first = true;
    for (int i = 0; i < text.entities(); i++) {
      if (text.kind(i) == Text.Kind.TAG && text.pointEnd(i) <= limit) {
        out.put(first ? "{\"text\":\"" : ",{\"text\":\"");
        int start = text.byteStart(i) + 1;
        out.twitter(text.bytes(), start, text.byteEnd(i) - start);
        indices(shift + text.pointStart(i), shift + text.pointEnd(i), out);
        first = false;
      }
    }
    out.put("],\"urls\":[");
    first = true;
    for (int i = 0; i < text.entities(); i++) {
      if (text.kind(i) == Text.Kind.LINK && text.pointEnd(i) <= limit) {
        out.put(first ? "{\"url\":\"" : ",{\"url\":\"");
        out.twitter(text.bytes(), text.byteStart(i), text.byteEnd(i) - text.byteStart(i));
        scratch.clear();
        text.address(scratch, i);
        out.put("\",\"expanded_url\":\"").twitter(scratch.bytes(), 0, scratch.length());
        scratch.clear();
        text.display(scratch, i);
        out.put("\",\"display_url\":\"").twitter(scratch.bytes(), 0, scratch.length());
        indices(shift + text.pointStart(i), shift + text.pointEnd(i), out);
        first = false;
      }
    }
    if (cutPost != null) {
      out.put(first ? "{\"url\":\"" : ",{\"url\":\"");
      link(cutPost.key() + 1, out);
      out.put("\",\"expanded_url\":\"").put(STATUS_LINK).number(id(cutPost));
      out.put("\",\"display_url\":\"twitter.com\\/i\\/web\\/status\\/1\\u2026");
      indices(CUT_POINTS + 2, MOST_POINTS, out);
    }
    out.put("],\"user_mentions\":[");
    first = true;
    if (retweeted != null) {
      mention(retweeted, 3, RT.length + retweeted.names().handle().length, true, out);
      first = false;
    }
    for (int i = 0; i < text.entities(); i++) {
      if (text.kind(i) == Text.Kind.MENTION && text.pointEnd(i) <= limit) {
        mention(
            society.account(text.account(i)),
            shift + text.pointStart(i),
            shift + text.pointEnd(i),
            first,
            out);
        first = false;
      }
    }
    out.put("],\"symbols\":[]}");
  }

  private void mention(Account account, int from, int to, boolean first, LineBuffer out) {
    out.put(first ? "{\"screen_name\":\"" : ",{\"screen_name\":\"").put(account.names().handle());
    out.put("\",\"name\":\"").twitter(account.names().displayName());
    out.put("\",\"id\":").put(id(account)).put(ID_STR).put(id(account));
    indices(from, to, out);
  }

  private static void indices(int from, int to, LineBuffer out) {
    out.put(INDICES).number(from).put(',').number(to).put(']').put('}');
  }

  private void user(Account account, long seen, LineBuffer out) {
    long days = Math.max(0, (seen - account.createdAt) / Society.DAY_MS);
    out.put("{\"id\":").put(id(account)).put(ID_STR).put(id(account));
    out.put("\",\"name\":\"").twitter(account.names().displayName());
    out.put("\",\"screen_name\":\"").put(account.names().handle());
    out.put("\",\"location\":null,\"url\":");
    if (account.names().otherProfile() == null) {
      out.put("null");
    } else {
      out.put('"').twitter(account.names().otherProfile()).put('"');
    }
    if (account.names().description().length == 0) {
      out.put(",\"description\":null");
    } else {
      out.put(",\"description\":\"").twitter(account.names().description()).put('"');
    }
    out.put(",\"translator_type\":\"none\",\"protected\":");
    out.put(account.isProtected ? TRUE : FALSE);
    boolean verified = account.role == Role.CELEBRITY || account.role == Role.NEWS;
    out.put(",\"verified\":").put(verified ? TRUE : FALSE);
    out.put(",\"followers_count\":").number(account.expectedFollowers);
    out.put(",\"friends_count\":").number(account.followees);
    out.put(",\"listed_count\":").number((long) (account.quality * 20));
    out.put(",\"favourites_count\":").number((long) (account.reactionRate * 0.5 * days));
    out.put(",\"statuses_count\":").number(1 + (long) (account.postRate * days));
    out.put(",\"created_at\":\"").twitterTime(account.createdAt).put(USER_TAIL);
  }

  private void deletion(long id, Account author, long time, LineBuffer out) {
    out.put("{\"delete\":{\"status\":{\"id\":").number(id).put(ID_STR).number(id);
    out.put("\",\"user_id\":").put(id(author));
    out.put(",\"user_id_str\":\"").put(id(author));
    out.put("\"},\"timestamp_ms\":\"").number(time).put(STRING_END).put('}');
  }

  @Override
  public void writeUnknown(Account account, long time, long key, LineBuffer out) {
    switch (below(key, 0, 3)) {
      case 0 ->
          out.put("{\"limit\":{\"track\":")
              .number(1 + below(key, 1, 5000))
              .put(",\"timestamp_ms\":\"")
              .number(time)
              .put(STRING_END)
              .put('}');
      case 1 ->
          out.put("{\"scrub_geo\":{\"user_id\":")
              .put(id(account))
              .put(",\"user_id_str\":\"")
              .put(id(account))
              .put("\",\"up_to_status_id\":")
              .number(id(time, account.slot))
              .put(",\"up_to_status_id_str\":\"")
              .number(id(time, account.slot))
              .put(STRING_END)
              .put('}');
      default ->
          out.put("{\"status_withheld\":{\"id\":")
              .number(id(time, account.slot))
              .put(",\"user_id\":")
              .put(id(account))
              .put(",\"withheld_in_countries\":[\"XX\"]}}");
    }
  }
}
