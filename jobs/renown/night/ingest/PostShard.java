package renown.night.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import renown.kernels.keys.RecordPrint;
import renown.night.ingest.Statement.Sort;
import renown.tables.AccountLists;
import renown.tables.DeletedPosts;
import renown.tables.Deletions;
import renown.tables.IgnoredKinds;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.WaitingInteractions;

/**
 * Posts and lists of a shard, once each and without those that were deleted, and the acts that name
 * a post of the shard and not its author.
 *
 * <p>Many networks say which post a comment answers or a vote is for, but not who wrote it. The
 * post may come in the same night, may be known already, or may come later; until then the act
 * waits.
 *
 * <p>First come the statements of the night and the acts that wait, then what the tables hold.
 */
final class PostShard {
  /**
   * The newest text comes first, and of equally new ones the longest, since some networks cut it
   * where they embed a post.
   */
  private static final Comparator<Statement> WHOLE_FIRST =
      Comparator.comparingLong((Statement post) -> -Math.max(post.edited, -Long.MAX_VALUE))
          .thenComparingLong(post -> -length(post))
          .thenComparing(PostShard::text, Statements::compare)
          .thenComparingLong(post -> post.happened)
          .thenComparingLong(post -> post.account)
          .thenComparingInt(post -> post.day)
          .thenComparing(post -> post.language, Statements::compare)
          .thenComparing(post -> post.replyToId, Statements::compare)
          .thenComparing(post -> post.threadId, Statements::compare)
          .thenComparing(post -> post.quotedId, Statements::compare)
          .thenComparing(post -> post.hashtags, Statements::compare)
          .thenComparing(post -> post.links, Statements::compare);

  private static final Comparator<Statement> FRESHEST_LAST =
      Comparator.comparingLong((Statement list) -> list.witnessed)
          .thenComparingLong(list -> list.account)
          .thenComparingInt(list -> list.day)
          .thenComparing(list -> list.displayName, Statements::compare)
          .thenComparing(list -> list.description, Statements::compare)
          .thenComparing(list -> list.purpose, Statements::compare);

  private static final Comparator<Statement> FIRST_WAITING =
      Comparator.comparingInt((Statement act) -> act.night)
          .thenComparingInt(act -> act.day)
          .thenComparingLong(act -> act.account)
          .thenComparing(act -> act.via, RecordPrint::compare)
          .thenComparingLong(act -> act.happened);

  /** Whose post it is, and since when it is there. */
  private record Written(long author, long at) {
    static Written earlier(Written one, Written other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      boolean isFirst = one.author != other.author ? one.author < other.author : one.at <= other.at;
      return isFirst ? one : other;
    }
  }

  /** All that is told of one id. */
  private static final class Told {
    final List<Statement> posts = new ArrayList<>(1);
    final List<Statement> lists = new ArrayList<>(0);
    final List<Statement> deletions = new ArrayList<>(0);
    final List<Statement> open = new ArrayList<>(0);
    final List<Statement> addressed = new ArrayList<>(0);
    Statement heldPost;
    Statement heldList;
    Written held;
    Written tonight;
  }

  /**
   * A row of a post that a table holds and that is deleted, or written anew since more of it or a
   * later version is told.
   */
  record Gone(String network, String id, int day) implements java.io.Serializable {}

  private final int night;
  private final int afterNight;
  private final boolean keepsTexts;
  private final Map<String, Map<RecordPrint, Told>> tonight = new HashMap<>();
  private final List<Statement> heldLists = new ArrayList<>();
  private boolean changesLists;

  /**
   * @param night day since 1970
   * @param waitingDays nights for which acts wait for the post that they name
   * @param keepsTexts whether texts are to be kept at all
   */
  PostShard(int night, long waitingDays, boolean keepsTexts) {
    this.night = night;
    this.afterNight = (int) Math.max(Integer.MIN_VALUE + 1, night - waitingDays);
    this.keepsTexts = keepsTexts;
  }

  private Told told(String network, RecordPrint record) {
    return tonight
        .computeIfAbsent(network, any -> new HashMap<>())
        .computeIfAbsent(record, any -> new Told());
  }

  /** Whether what a table holds of a record is of use. */
  boolean asksFor(String network, RecordPrint record) {
    return tonight.getOrDefault(network, Map.of()).containsKey(record);
  }

  private static long length(Statement post) {
    return text(post).codePointCount(0, text(post).length());
  }

  /**
   * Whether a post of tonight is a later version, or a copy that is cut less, of one of a table.
   */
  private static boolean isNewer(Statement post, Statement held) {
    boolean isLonger = held.textLength != Statement.NONE && length(post) > held.textLength;
    return post.edited > held.edited || post.edited == held.edited && isLonger;
  }

  private static String text(Statement post) {
    return post.text == null ? "" : post.text;
  }

  /** Takes what a line says or a table holds. */
  void add(Statement said) {
    switch (said.sort) {
      case POST -> told(said.network, said.print()).posts.add(said);
      case LIST -> told(said.network, said.print()).lists.add(said);
      case DELETION -> told(said.network, said.print()).deletions.add(said);
      case ACT -> {
        said.night = night;
        if (said.isAddressed()) {
          told(said.network, said.print()).addressed.add(said);
        } else {
          told(said.network, RecordPrint.of(said.objectId)).open.add(said);
        }
      }
      case WAITING -> told(said.network, RecordPrint.of(said.objectId)).open.add(said);
      case HELD_POST -> held(said);
      case HELD_LIST -> {
        if (asksFor(said.network, said.print())) {
          told(said.network, said.print()).heldList = said;
        } else {
          heldLists.add(said);
        }
      }
      case HELD_DELETION -> {
        if (asksFor(said.network, said.print())) {
          told(said.network, said.print()).deletions.add(said);
        }
      }
      default -> throw new IllegalArgumentException(said.sort + " is not for posts");
    }
  }

  private void held(Statement post) {
    if (asksFor(post.network, post.print())) {
      Told told = told(post.network, post.print());
      told.heldPost = post;
      told.held = new Written(post.account, post.happened);
    }
  }

  /**
   * Gives the new rows of {@code posts}, {@code post_texts} and {@code deleted_posts}, all rows of
   * {@code account_lists} and {@code waiting_interactions}, and counts duplicates.
   *
   * @param found takes the acts whose target is known now
   * @param gone takes the posts of the table that are deleted now, or told with a newer text
   * @param written takes each post of the night once, whatever becomes of it
   * @param addressed takes the mentions by name in posts that were not read on an earlier night: in
   *     those it was decided then who was meant, and names change
   */
  void end(
      ShardRows rows,
      Counts ignored,
      Consumer<Statement> found,
      Consumer<Gone> gone,
      Consumer<Statement> written,
      Consumer<Statement> addressed) {
    for (Statement list : heldLists) {
      rows.add(AccountLists.TABLE, list(list, list.night));
    }
    tonight.forEach(
        (network, ids) -> {
          long[] duplicates = new long[1];
          ids.forEach(
              (id, told) -> {
                posts(told, rows, gone, written, duplicates);
                lists(told, rows, duplicates);
                open(told, rows, found, duplicates);
                if (told.heldPost == null) {
                  told.addressed.forEach(addressed);
                }
              });
          ignored.add(network, IgnoredKinds.DUPLICATE_LINE, duplicates[0]);
        });
    tonight.clear();
  }

  private void posts(
      Told told,
      ShardRows rows,
      Consumer<Gone> gone,
      Consumer<Statement> written,
      long[] duplicates) {
    Statement held = told.heldPost;
    if (held != null && isGone(told, held.account, false)) {
      gone.accept(new Gone(held.network, held.id, held.day));
      rows.add(DeletedPosts.TABLE, deleted(held, held.night));
    }
    if (told.posts.isEmpty()) {
      return;
    }
    Statement post = told.posts.stream().min(WHOLE_FIRST).orElseThrow();
    told.tonight = new Written(post.account, post.happened);
    written.accept(post);
    long own = told.posts.stream().mapToLong(one -> one.own).sum();
    // A post that came and went on one night is not kept, and yet new.
    boolean isNew = held == null && !isGone(told, post.account, true);
    if (held == null && isGone(told, post.account, false)) {
      rows.add(DeletedPosts.TABLE, deleted(post, night));
    }
    boolean isEdit = held != null && held.account == post.account && isNewer(post, held);
    duplicates[0] += Math.max(0, own - (isNew || isEdit ? 1 : 0));
    if (!isNew && !isEdit || isGone(told, post.account, false)) {
      return;
    }
    if (isEdit) {
      // The same post with another text: it is as old as it was, and no news tonight.
      gone.accept(new Gone(held.network, held.id, held.day));
    }
    Statement known = isEdit ? held : post;
    int since = isEdit ? held.night : night;
    rows.add(
        Posts.TABLE,
        post.network,
        post.id,
        known.day,
        post.account,
        known.happened,
        post.language,
        post.replyToId,
        post.threadId,
        post.quotedId,
        post.hashtags == null ? new String[0] : post.hashtags,
        post.links == null ? new String[0] : post.links,
        since,
        ActShard.orNull(post.edited),
        length(post));
    if (keepsTexts && !text(post).isEmpty()) {
      rows.add(PostTexts.TABLE, post.network, post.id, known.day, post.text, since);
    }
  }

  private Object[] deleted(Statement post, int loaded) {
    return new Object[] {post.network, post.id, post.account, post.happened, loaded, night};
  }

  /**
   * Whether a record of an owner was deleted.
   *
   * @param before whether only deletions of earlier nights count
   */
  private static boolean isGone(Told told, long owner, boolean before) {
    return told.deletions.stream()
        .filter(one -> !before || one.sort == Sort.HELD_DELETION)
        .anyMatch(
            one ->
                one.account == owner
                    || one.account == Statement.NONE
                    || one.account == Deletions.BY_THE_NETWORK);
  }

  private void lists(Told told, ShardRows rows, long[] duplicates) {
    Statement held = told.heldList;
    Statement list = told.lists.stream().max(FRESHEST_LAST).orElse(null);
    boolean isNew =
        list != null
            && (held == null || FRESHEST_LAST.compare(held, list) < 0)
            && !isGone(told, list.account, false);
    long own = told.lists.stream().mapToLong(one -> one.own).sum();
    duplicates[0] += Math.max(0, own - (isNew ? 1 : 0));
    if (isNew) {
      rows.add(AccountLists.TABLE, list(list, night));
      changesLists = true;
    } else if (held != null && !isGoneTonight(told, held.account)) {
      rows.add(AccountLists.TABLE, list(held, held.night));
    } else {
      changesLists |= held != null;
    }
  }

  /** Whether lists are new, changed or gone; after {@link #end}. */
  boolean changesLists() {
    return changesLists;
  }

  private static boolean isGoneTonight(Told told, long owner) {
    return told.deletions.stream()
        .filter(one -> one.sort == Sort.DELETION)
        .anyMatch(one -> one.account == owner || one.account == Statement.NONE);
  }

  private static Object[] list(Statement list, int night) {
    return new Object[] {
      list.network,
      list.id,
      list.day,
      list.account,
      list.displayName,
      list.description,
      list.purpose,
      list.witnessed,
      night
    };
  }

  /**
   * Nothing is done to a post before it is there: a network that tells only days is not believed.
   */
  private void open(Told told, ShardRows rows, Consumer<Statement> found, long[] duplicates) {
    if (told.open.isEmpty()) {
      return;
    }
    boolean isAsked = told.open.stream().anyMatch(act -> act.sort == Sort.ACT);
    // Those that wait since an earlier night were held against the posts of that time then.
    Written author = Written.earlier(isAsked ? told.held : null, told.tonight);
    record Key(RecordPrint record, renown.dumps.Verb verb) {}
    Map<Key, List<Statement>> once = new HashMap<>();
    told.open.forEach(
        act ->
            once.computeIfAbsent(new Key(act.print(), act.verb), any -> new ArrayList<>())
                .add(act));
    once.forEach(
        (key, acts) -> {
          Statement first = acts.stream().min(FIRST_WAITING).orElseThrow();
          int own = acts.stream().mapToInt(act -> act.own).sum();
          if (author == null) {
            waiting(first, own, rows, duplicates);
            return;
          }
          // Each that is told is an act that may be known or not.
          for (Statement act : acts) {
            Statement one = new Statement(Sort.ACT, act.network);
            one.account = act.account;
            one.target = author.author;
            one.print(act.print());
            one.day = act.day;
            one.happened = Math.max(act.happened, author.at);
            one.verb = act.verb;
            one.objectId = act.objectId;
            one.via = act.via;
            one.amount = act.amount;
            one.witnessed = act.witnessed;
            one.own = act.own;
            found.accept(one);
          }
        });
  }

  private void waiting(Statement act, int own, ShardRows rows, long[] duplicates) {
    boolean isNew = act.night == night;
    duplicates[0] += Math.max(0, own - (isNew ? 1 : 0));
    if (act.night > afterNight) {
      rows.add(WaitingInteractions.TABLE, waiting(act));
    }
  }

  /** A row of {@code waiting_interactions}. */
  static Object[] waiting(Statement act) {
    return new Object[] {
      act.network,
      act.print().high(),
      act.print().low(),
      act.day,
      act.verb.word(),
      act.account,
      act.objectId,
      act.handle == null ? "" : act.handle,
      WaitingInteractions.NOT_KNOWN,
      act.via == null ? null : (Object) act.via.high(),
      act.via == null ? null : (Object) act.via.low(),
      act.happened,
      act.night,
      ActShard.orNull(act.amount),
      ActShard.orNull(act.witnessed)
    };
  }
}
