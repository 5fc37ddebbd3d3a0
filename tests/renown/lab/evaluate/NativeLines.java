package renown.lab.evaluate;

import java.util.List;

/**
 * A few native lines that were made by hand, for the cases that count: lines that come twice, acts
 * that are taken back by their actor or by somebody else, posts that no line holds, accounts that
 * are left out. The first 70 % of them are the first night.
 */
final class NativeLines {
  private NativeLines() {}

  // ---- X

  private static String user(int account) {
    return """
        {"id":%d,"id_str":"%d","screen_name":"a%d","protected":%b}\
        """
        .formatted(account, account, account, account == 10);
  }

  /** A tweet by an account; what else it says ends with a comma. */
  private static String tweet(int id, int account, String more) {
    return """
        {"created_at":"Wed Jul 03 06:%02d:00 +0000 2019","id":%d,"id_str":"%d","text":"t",%s"user":%s}\
        """
        .formatted(id % 60, id, id, more, user(account));
  }

  private static String reply(int id, int account, int post, int author) {
    return tweet(
        id,
        account,
        """
        "in_reply_to_status_id_str":"%d","in_reply_to_user_id_str":"%d",\
        """
            .formatted(post, author));
  }

  private static String embedding(int id, int account, String member, String tweet) {
    return tweet(id, account, "\"" + member + "\":" + tweet + ",");
  }

  private static String deletion(int id, int account) {
    return """
        {"delete":{"status":{"id":%d,"id_str":"%d","user_id":%d,"user_id_str":"%d"}}}\
        """
        .formatted(id, id, account, account);
  }

  static List<String> minute() {
    String post = tweet(101, 1, "");
    String answer = reply(204, 2, 101, 1);
    String own = reply(205, 1, 101, 1);
    String third = embedding(202, 3, "retweeted_status", post);
    return List.of(
        post,
        embedding(201, 2, "retweeted_status", post),
        third,
        third,
        embedding(203, 4, "quoted_status", post),
        answer,
        own,
        // A post of which nothing else is known.
        reply(206, 5, 999, 9),
        // A reply to an account, not to a post.
        tweet(207, 5, "\"in_reply_to_user_id_str\":\"1\","),
        embedding(211, 11, "retweeted_status", tweet(103, 12, "")),
        // Of another account: takes nothing back.
        deletion(206, 8),
        // From here on it is the second night.
        deletion(202, 3),
        deletion(211, 11),
        embedding(208, 6, "retweeted_status", answer),
        // The original's own copy does not show what it quotes; the retweet does.
        tweet(
            209,
            7,
            "\"retweeted_status\":" + tweet(203, 4, "") + ",\"quoted_status\":" + post + ","),
        // Protected.
        embedding(210, 10, "retweeted_status", own));
  }

  // ---- Bluesky

  private static String uri(String account, String collection, String key) {
    return "at://did:plc:" + account + "/app.bsky.feed." + collection + "/" + key;
  }

  private static String reference(String uri) {
    return "{\"cid\":\"c\",\"uri\":\"" + uri + "\"}";
  }

  private static String commit(
      int at, String account, String operation, String collection, String key, String record) {
    return """
        {"did":"did:plc:%s","time_us":%d,"kind":"commit","commit":{"operation":"%s",\
        "collection":"app.bsky.feed.%s","rkey":"%s"%s}}\
        """
        .formatted(
            account,
            1_783_175_888_000_000L + at,
            operation,
            collection,
            key,
            record.isEmpty() ? "" : ",\"record\":{" + record + "}");
  }

  private static String does(
      int at, String account, String collection, String key, String subject, String via) {
    return commit(
        at,
        account,
        "create",
        collection,
        key,
        "\"subject\":" + reference(subject) + (via == null ? "" : ",\"via\":" + reference(via)));
  }

  private static String answer(int at, String account, String key, String parent, String root) {
    return commit(
        at,
        account,
        "create",
        "post",
        key,
        """
        "text":"t","reply":{"parent":%s,"root":%s}\
        """
            .formatted(reference(parent), reference(root)));
  }

  static List<String> window() {
    String post = uri("ann", "post", "p");
    String first = uri("bob", "post", "q1");
    String like = does(2, "bob", "like", "l1", post, null);
    return List.of(
        commit(1, "ann", "create", "post", "p", "\"text\":\"t\""),
        like,
        like,
        does(3, "cid", "repost", "r1", post, null),
        does(4, "dan", "like", "l2", post, uri("cid", "repost", "r1")),
        answer(5, "bob", "q1", post, post),
        answer(6, "cid", "q2", first, post),
        answer(7, "eve", "q3", uri("fay", "post", "u"), uri("fay", "post", "u")),
        // Nobody says anything about the first post of this thread.
        answer(8, "eve", "q4", uri("fay", "post", "v"), uri("gil", "post", "w")),
        // A feed is no post.
        does(9, "eve", "like", "l3", uri("ann", "generator", "f"), null),
        does(10, "dan", "repost", "r2", post, null),
        // From here on it is the second night.
        commit(11, "dan", "delete", "repost", "r2", ""),
        commit(
            12,
            "hal",
            "create",
            "post",
            "q5",
            """
            "text":"t","embed":{"$type":"app.bsky.embed.recordWithMedia","record":{"record":%s}}\
            """
                .formatted(reference(post))),
        does(13, "ivy", "like", "l4", first, null),
        """
        {"did":"did:plc:ivy","time_us":1783175888000014,"kind":"account",\
        "account":{"active":false,"status":"deleted"}}\
        """,
        """
        {"did":"did:plc:ann","time_us":1783175948000001,"kind":"identity","identity":{}}\
        """);
  }
}
