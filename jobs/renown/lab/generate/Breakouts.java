package renown.lab.generate;

import static renown.lab.generate.CounterRandom.uniform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import renown.lab.generate.Event.Type;
import renown.lab.generate.Vocabulary.Purpose;

/**
 * Posts of small accounts that spread far: planted cascades with their paths. A cascade belongs to
 * the shard of its number modulo the number of shards, which recomputes all of it whenever a day
 * needs a part.
 */
final class Breakouts {
  /** Days that a cascade lives, the post's own included. */
  static final int LIFE_DAYS = 3;

  private static final int MOST_REACTIONS = 20_000;
  private static final double ACCOUNTS_PER_BREAKOUT_DAY = 1000;
  private static final int LEAST_ACCOUNTS = 200;

  private final Society society;

  Breakouts(Society society) {
    this.society = society;
  }

  /** Breakouts that begin on a day. */
  int count() {
    int accounts = society.settings().accounts();
    return accounts < LEAST_ACCOUNTS
        ? 0
        : (int) Math.max(1, StrictMath.round(accounts / ACCOUNTS_PER_BREAKOUT_DAY));
  }

  /** The author of a day's {@code i}-th breakout: a little-known person; -1 if it is away. */
  int author(int day, int i) {
    long key = society.key(60, 0, day, i);
    for (int attempt = 0; attempt < 8; attempt++) {
      Account account = society.account(society.anybody(uniform(key, attempt)));
      if (account.rank >= 15 && !account.absent(day) && !account.isProtected) {
        return account.index;
      }
    }
    return -1;
  }

  /** The post that breaks out. */
  Post post(int day, int i) {
    Account author = society.account(author(day, i));
    long key = society.key(61, author.index, day, i);
    int slot = society.freeSlot(key);
    long time = society.place(day, society.habitualTime(author, key), slot, Society.OTHER, i);
    return new Post(author.index, day, time, key, slot, author.topic, Purpose.POST);
  }

  /** Every event of a cascade in the order of drawing, over all its days; the post first. */
  List<Event> cascade(int day, int i) {
    Post post = post(day, i);
    Account author = society.account(post.author());
    List<Event> events = new ArrayList<>();
    events.add(Behaviour.posted(Type.POST, post));
    int accounts = society.settings().accounts();
    double size = 40 * StrictMath.pow(1 - uniform(post.key(), 70), -0.7);
    int reactions = (int) Math.min(Math.min(size, accounts / 8.0), MOST_REACTIONS);
    Set<Integer> seen = new HashSet<>();
    seen.add(author.index);
    List<Event> reposts = new ArrayList<>();
    for (int n = 0; n < reactions; n++) {
      long key = CounterRandom.key(post.key(), 71, n);
      double share = (double) n / reactions;
      int actor =
          share < 0.4
              ? society.neighbour(author, share < 0.15, CounterRandom.key(key, 7))
              : society.anybody(uniform(key, 0));
      if (!seen.add(actor)) {
        continue;
      }
      // Early shares are re-shared more than late ones.
      double which = uniform(key, 1);
      Event parent =
          reposts.isEmpty() || uniform(key, 2) < 0.15
              ? null
              : reposts.get((int) (reposts.size() * which * which));
      react(post, parent, society.account(actor), n, key, reposts, events);
    }
    return events;
  }

  private void react(
      Post post,
      Event parent,
      Account actor,
      int n,
      long key,
      List<Event> reposts,
      List<Event> events) {
    boolean likes = society.network() == Network.BLUESKY;
    double what = uniform(key, 3);
    Type type =
        what < 0.45 || !likes && what < 0.85
            ? Type.REPOST
            : what < 0.85 ? Type.LIKE : what < 0.95 ? Type.REPLY : Type.QUOTE;
    long since = parent == null ? post.time() : parent.time;
    double minutes = -55 * StrictMath.log(1 - uniform(key, 4));
    long time = since + 2 * Society.LEAST_DELAY_MS + (long) (minutes * 60_000);
    int day = society.dayOf(time);
    if (day >= post.day() + LIFE_DAYS || actor.absent(day)) {
      return;
    }
    int slot = society.freeSlot(CounterRandom.key(key, 5));
    time = society.place(day, time - society.dayStart(day), slot, Society.OTHER, n);
    if (time < since + Society.LEAST_DELAY_MS) {
      return; // the last seconds of a day, moved back
    }
    Event event = new Event(type, actor.index, time, key);
    event.slot = slot;
    event.target = post;
    event.seenAt = type == Type.REPLY ? null : parent;
    if (type == Type.REPLY || type == Type.QUOTE) {
      Purpose purpose = type == Type.REPLY ? Purpose.REPLY : Purpose.QUOTE;
      event.post = new Post(actor.index, day, time, key, slot, post.topic(), purpose);
      event.root = post;
    } else {
      event.other = parent;
      if (likes && parent != null && type == Type.REPOST) {
        // A sharer follows the account through which it saw the post.
        Event follow = new Event(Type.FOLLOW, actor.index, time - 5_000, CounterRandom.key(key, 6));
        if (society.dayOf(follow.time) != day) {
          return; // no time left to have followed on the same day
        }
        follow.subject = parent.actor;
        events.add(follow);
      }
    }
    events.add(event);
    if (type == Type.REPOST) {
      reposts.add(event);
    }
  }

  /** The events of all cascades of a shard that fall on a day. */
  void day(int shard, int shards, int day, Consumer<Event> out) {
    for (int begun = Math.max(0, day - LIFE_DAYS + 1); begun <= day; begun++) {
      for (int i = shard; i < count(); i += shards) {
        if (author(begun, i) < 0) {
          continue;
        }
        for (Event event : cascade(begun, i)) {
          if (society.dayOf(event.time) == day) {
            out.accept(event);
          }
        }
      }
    }
  }

  /** How many events of a type a cascade has. */
  static int reactions(List<Event> cascade, Type type) {
    int count = 0;
    for (Event event : cascade) {
      count += event.type == type ? 1 : 0;
    }
    return count;
  }

  /** Longest path from the post to a repost. */
  static int depth(List<Event> cascade) {
    int deepest = 0;
    for (Event event : cascade) {
      int depth = event.type == Type.REPOST ? 1 : 0;
      for (Event e = event.other; depth > 0 && e != null; e = e.other) {
        depth++;
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
