package renown.night.score.accounts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.kernels.accounts.HIndex;
import renown.lake.ColumnRows;
import renown.tables.AccountReactions;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.Posts;
import renown.tables.TableColumn;

/**
 * Reactions to posts: last night's sums plus tonight's reactions. An account counts once per post,
 * at its first reaction, for as long as it has not taken all of them back.
 */
final class Reactions {
  /** The half-life of the recent sums, in days. */
  static final double RECENT_DAYS = 8;

  private static final long LATE_MICROS = 86_400_000_000L;

  /**
   * How long a post without reactions is kept, so that late ones find its time, and how long is
   * known who reacted, in days.
   */
  private static final int YOUNG_DAYS = 30;

  /** An old post with fewer decayed credible reactors than this is dropped. */
  private static final double FEW_REACTORS = 0.3;

  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Reposts, quotes, replies and likes of a post; a mention is of nobody's post. */
  private static boolean isOfPost(Acts acts, int act) {
    return acts.isReaction(act) && acts.verbs()[act] != Acts.MENTION && acts.objects()[act] != null;
  }

  /** A post and what its reactors add up to. */
  private static final class Post {
    private final String network;
    private final String id;
    private int author;
    private long postedAt = UNKNOWN;
    private long units;

    Post(String network, String id, int author) {
      this.network = network;
      this.id = id;
      this.author = author;
    }
  }

  /** An account and a post that it reacted to. */
  private static final class Reactor {
    private final Post post;
    private final int actor;
    private long acts;
    private long firstAt = UNKNOWN;
    private double credibility;
    private long night;
    private long added;
    private long addedFirstAt = Long.MAX_VALUE;

    Reactor(Post post, int actor) {
      this.post = post;
      this.actor = actor;
    }
  }

  private final AccountNumbers accounts;
  private final double halfLifeDays;
  private final long night;
  private final long end;
  private final Map<String, Post> posts = new HashMap<>();
  private final List<Post> order = new ArrayList<>();
  private final Map<Post, Map<Integer, Reactor>> reactors = new HashMap<>();
  private final boolean[] isThere;

  /** The last day in the sum of days, by account. */
  private final long[] lastDay;

  private final long[][] sums = new long[SUMS.length][];

  /** Of an account, in this order. */
  private static final TableColumn[] SUMS = {
    AccountReactions.REACTOR_UNITS,
    AccountReactions.TIMED_UNITS,
    AccountReactions.LATE_UNITS,
    AccountReactions.POST_UNITS,
    AccountReactions.RECENT_REACTOR_UNITS,
    AccountReactions.RECENT_POST_UNITS,
    AccountReactions.DAY_UNITS
  };

  private static final int REACTORS = 0;
  private static final int TIMED = 1;
  private static final int LATE = 2;
  private static final int POSTS = 3;
  private static final int RECENT_REACTORS = 4;
  private static final int RECENT_POSTS = 5;
  private static final int DAYS = 6;

  /** What earlier nights left. */
  record Before(ColumnRows accounts, ColumnRows posts, ColumnRows reactors) {}

  /**
   * The sums at the end of a night.
   *
   * @param before rows of {@code account_reactions}, {@code post_reactions} and {@code
   *     post_reactors} of an earlier night
   * @param written the night's rows of {@code posts}
   * @param credibility of all accounts; reactions of those that have none do not count
   */
  Reactions(
      AccountNumbers accounts,
      Before before,
      ColumnRows written,
      Acts acts,
      double[] credibility,
      double halfLifeDays,
      long night) {
    this.accounts = accounts;
    this.halfLifeDays = halfLifeDays;
    this.night = night;
    this.end = (night + 1) * (long) Decay.MICROS_PER_DAY;
    this.isThere = new boolean[accounts.accounts()];
    this.lastDay = new long[accounts.accounts()];
    Arrays.fill(lastDay, UNKNOWN);
    for (int sum = 0; sum < SUMS.length; sum++) {
      sums[sum] = new long[accounts.accounts()];
    }
    read(before.accounts());
    readPosts(before.posts());
    readReactors(before.reactors());
    write(written);
    react(acts, credibility);
    addDays(acts, credibility);
    for (long[] sum : sums) {
      for (int account = 0; account < sum.length; account++) {
        sum[account] = Math.max(0, sum[account]);
      }
    }
  }

  private static double halfLife(int sum, double slow) {
    return sum == RECENT_REACTORS || sum == RECENT_POSTS ? RECENT_DAYS : slow;
  }

  private void read(ColumnRows before) {
    for (int row = 0; row < before.size(); row++) {
      int account = accounts.of(before.longs(AccountReactions.ACCOUNT_KEY).get(row));
      if (account >= 0) {
        isThere[account] = true;
        long days = night - before.longs(AccountReactions.NIGHT).get(row);
        if (!before.longs(AccountReactions.LAST_DAY).isNull(row)) {
          lastDay[account] = before.longs(AccountReactions.LAST_DAY).get(row);
        }
        for (int sum = 0; sum < SUMS.length; sum++) {
          sums[sum][account] =
              Decay.kept(before.longs(SUMS[sum]).get(row), days, halfLife(sum, halfLifeDays));
        }
      }
    }
  }

  private Post post(String network, String id, int author) {
    return posts.computeIfAbsent(
        network + "\n" + id,
        name -> {
          Post added = new Post(network, id, author);
          order.add(added);
          return added;
        });
  }

  private void readPosts(ColumnRows before) {
    for (int row = 0; row < before.size(); row++) {
      int author = accounts.of(before.longs(PostReactions.AUTHOR_KEY).get(row));
      if (author < 0) {
        continue;
      }
      Post post =
          post(
              before.texts(PostReactions.NETWORK).get(row),
              before.texts(PostReactions.POST_ID).get(row),
              author);
      if (!before.longs(PostReactions.POSTED_AT).isNull(row)) {
        post.postedAt = before.longs(PostReactions.POSTED_AT).get(row);
      }
      long days = night - before.longs(PostReactions.NIGHT).get(row);
      post.units =
          Decay.kept(before.longs(PostReactions.REACTOR_UNITS).get(row), days, halfLifeDays);
    }
  }

  private void readReactors(ColumnRows before) {
    for (int row = 0; row < before.size(); row++) {
      int author = accounts.of(before.longs(PostReactors.AUTHOR_KEY).get(row));
      int actor = accounts.of(before.longs(PostReactors.ACTOR_KEY).get(row));
      long last = before.longs(PostReactors.NIGHT).get(row);
      if (author < 0 || actor < 0 || last < night - YOUNG_DAYS) {
        continue;
      }
      Reactor reactor =
          reactor(
              post(
                  before.texts(PostReactors.NETWORK).get(row),
                  before.texts(PostReactors.POST_ID).get(row),
                  author),
              actor);
      reactor.acts = before.longs(PostReactors.ACT_COUNT).get(row);
      if (!before.longs(PostReactors.FIRST_AT).isNull(row)) {
        reactor.firstAt = before.longs(PostReactors.FIRST_AT).get(row);
      }
      reactor.credibility = before.doubles(PostReactors.CREDIBILITY).get(row);
      reactor.night = last;
    }
  }

  private Reactor reactor(Post post, int actor) {
    return reactors
        .computeIfAbsent(post, any -> new HashMap<>(4))
        .computeIfAbsent(actor, any -> new Reactor(post, actor));
  }

  private void write(ColumnRows written) {
    for (int row = 0; row < written.size(); row++) {
      int author = accounts.of(written.longs(Posts.AUTHOR_KEY).get(row));
      long at = written.longs(Posts.HAPPENED_AT).get(row);
      Post post =
          post(
              written.texts(Posts.NETWORK).get(row), written.texts(Posts.POST_ID).get(row), author);
      post.author = Math.min(post.author, author);
      post.postedAt = post.postedAt == UNKNOWN ? at : Math.min(post.postedAt, at);
      isThere[author] = true;
      sums[POSTS][author] += Decay.units(at, end, halfLifeDays);
      sums[RECENT_POSTS][author] += Decay.units(at, end, RECENT_DAYS);
    }
  }

  private void react(Acts acts, double[] credibility) {
    List<Reactor> touched = new ArrayList<>();
    for (int act = 0; act < acts.count(); act++) {
      int actor = acts.sources()[act];
      if (!isOfPost(acts, act) || !(credibility[actor] > 0)) {
        continue;
      }
      Reactor reactor =
          reactor(
              post(accounts.networkNameOf(actor), acts.objects()[act], acts.targets()[act]), actor);
      if (reactor.added == 0 && reactor.addedFirstAt == Long.MAX_VALUE) {
        touched.add(reactor);
      }
      reactor.added += acts.changes()[act];
      // The mark of who was touched, also where acts cancel.
      long at = acts.changes()[act] == 1 ? acts.at()[act] : Long.MAX_VALUE - 1;
      reactor.addedFirstAt = Math.min(reactor.addedFirstAt, at);
    }
    for (Reactor reactor : touched) {
      count(reactor, credibility[reactor.actor]);
    }
  }

  /** From what counted before tonight to what counts now. */
  private void count(Reactor reactor, double credibilityNow) {
    boolean counted = reactor.acts > 0;
    long firstAt = reactor.firstAt;
    if (reactor.addedFirstAt < Long.MAX_VALUE - 1) {
      firstAt = firstAt == UNKNOWN ? reactor.addedFirstAt : Math.min(firstAt, reactor.addedFirstAt);
    }
    reactor.acts += reactor.added;
    reactor.night = night;
    boolean counts = reactor.acts > 0 && firstAt != UNKNOWN;
    if (counted && (!counts || firstAt != reactor.firstAt)) {
      add(reactor, reactor.firstAt, -1);
    }
    if (counts && (!counted || firstAt != reactor.firstAt)) {
      reactor.credibility = counted ? reactor.credibility : credibilityNow;
      add(reactor, firstAt, 1);
    }
    reactor.firstAt = firstAt;
    if (reactor.acts <= 0) {
      // What begins again, begins then.
      reactor.firstAt = UNKNOWN;
      reactor.credibility = 0;
    }
  }

  private void add(Reactor reactor, long at, int sign) {
    Post post = reactor.post;
    long units = sign * (long) Math.rint(Decay.units(at, end, halfLifeDays) * reactor.credibility);
    long recent = sign * (long) Math.rint(Decay.units(at, end, RECENT_DAYS) * reactor.credibility);
    post.units += units;
    isThere[post.author] = true;
    sums[REACTORS][post.author] += units;
    sums[RECENT_REACTORS][post.author] += recent;
    if (post.postedAt != UNKNOWN) {
      sums[TIMED][post.author] += units;
      if (at - post.postedAt > LATE_MICROS) {
        sums[LATE][post.author] += units;
      }
    }
  }

  /**
   * Adds tonight's days with reactions, whatever became of them. A day that an earlier night has
   * counted is not counted again.
   */
  private void addDays(Acts acts, double[] credibility) {
    Map<Integer, TreeMap<Long, Set<Integer>>> actors = new HashMap<>();
    for (int act = 0; act < acts.count(); act++) {
      int target = acts.targets()[act];
      // One that claims to come later counts as at the end.
      long day = Math.floorDiv(Math.min(acts.at()[act], end - 1), (long) Decay.MICROS_PER_DAY);
      if (acts.isReaction(act) && acts.changes()[act] == 1 && day > lastDay[target]) {
        actors
            .computeIfAbsent(target, any -> new TreeMap<>())
            .computeIfAbsent(day, any -> new TreeSet<>())
            .add(acts.sources()[act]);
      }
    }
    actors.forEach(
        (target, days) -> {
          days.forEach(
              (day, its) -> {
                double credible = 0;
                for (int actor : its) {
                  credible += credibility[actor];
                }
                long units =
                    Decay.units((day + 1) * (long) Decay.MICROS_PER_DAY, end, halfLifeDays);
                sums[DAYS][target] += (long) Math.rint(units * Math.min(1, credible));
              });
          isThere[target] = true;
          lastDay[target] = days.lastKey();
        });
  }

  private double acts(int sum, int account) {
    return sums[sum][account] / Decay.UNIT;
  }

  /** Credible reactors, over all posts of an account. */
  double reactors(int account) {
    return acts(REACTORS, account);
  }

  double timed(int account) {
    return acts(TIMED, account);
  }

  double late(int account) {
    return acts(LATE, account);
  }

  double posts(int account) {
    return acts(POSTS, account);
  }

  double recentReactors(int account) {
    return acts(RECENT_REACTORS, account);
  }

  double recentPosts(int account) {
    return acts(RECENT_POSTS, account);
  }

  /** Days with reactions. */
  double days(int account) {
    return acts(DAYS, account);
  }

  /** The share of timed reactions that are late, by network; 0 where there are none. */
  double[] lateShares() {
    long[] late = new long[accounts.networks()];
    long[] timed = new long[late.length];
    for (int account = 0; account < isThere.length; account++) {
      late[accounts.networkOf(account)] += sums[LATE][account];
      timed[accounts.networkOf(account)] += sums[TIMED][account];
    }
    double[] shares = new double[late.length];
    Arrays.setAll(shares, i -> timed[i] > 0 ? (double) late[i] / timed[i] : 0);
    return shares;
  }

  private boolean isKept(Post post) {
    return post.units >= FEW_REACTORS * Decay.UNIT
        || post.postedAt != UNKNOWN
            && post.postedAt > (night - YOUNG_DAYS) * (long) Decay.MICROS_PER_DAY;
  }

  /** The h-index of the posts of each account. */
  HIndex[] hIndexes() {
    int[] start = new int[accounts.accounts() + 1];
    for (Post post : order) {
      if (isKept(post)) {
        start[post.author + 1]++;
      }
    }
    for (int account = 0; account < accounts.accounts(); account++) {
      start[account + 1] += start[account];
    }
    double[] units = new double[start[accounts.accounts()]];
    int[] next = start.clone();
    for (Post post : order) {
      if (isKept(post)) {
        units[next[post.author]++] = Math.max(0, post.units) / Decay.UNIT;
      }
    }
    HIndex[] indexes = new HIndex[accounts.accounts()];
    Arrays.setAll(indexes, account -> HIndex.of(units, start[account], start[account + 1]));
    return indexes;
  }

  /** Rows of {@code account_reactions}. */
  ColumnRows accountRows() {
    ColumnRows rows = new ColumnRows(AccountReactions.TABLE);
    for (int account = 0; account < isThere.length; account++) {
      if (isThere[account]) {
        rows.texts(AccountReactions.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(AccountReactions.ACCOUNT_KEY).add(accounts.key(account));
        for (int sum = 0; sum < SUMS.length; sum++) {
          rows.longs(SUMS[sum]).add(sums[sum][account]);
        }
        if (lastDay[account] == UNKNOWN) {
          rows.longs(AccountReactions.LAST_DAY).addNull();
        } else {
          rows.longs(AccountReactions.LAST_DAY).add(lastDay[account]);
        }
        rows.longs(AccountReactions.NIGHT).add(night);
      }
    }
    return rows;
  }

  /** Rows of {@code post_reactions}: posts that are young or have reactions that have not faded. */
  ColumnRows postRows() {
    ColumnRows rows = new ColumnRows(PostReactions.TABLE);
    for (Post post : sorted()) {
      if (isKept(post)) {
        rows.texts(PostReactions.NETWORK).add(post.network);
        rows.texts(PostReactions.POST_ID).add(post.id);
        rows.longs(PostReactions.AUTHOR_KEY).add(accounts.key(post.author));
        if (post.postedAt == UNKNOWN) {
          rows.longs(PostReactions.POSTED_AT).addNull();
        } else {
          rows.longs(PostReactions.POSTED_AT).add(post.postedAt);
        }
        rows.longs(PostReactions.REACTOR_UNITS).add(Math.max(0, post.units));
        rows.longs(PostReactions.NIGHT).add(night);
      }
    }
    return rows;
  }

  private List<Post> sorted() {
    order.sort(
        java.util.Comparator.comparing((Post post) -> post.network)
            .thenComparing((Post post) -> post.id));
    return order;
  }

  /** Rows of {@code post_reactors}: those of the last days of which anything is left. */
  ColumnRows reactorRows() {
    ColumnRows rows = new ColumnRows(PostReactors.TABLE);
    for (Post post : sorted()) {
      List<Reactor> its = new ArrayList<>(reactors.getOrDefault(post, Map.of()).values());
      its.sort(java.util.Comparator.comparingInt((Reactor reactor) -> reactor.actor));
      for (Reactor reactor : its) {
        if (reactor.acts != 0) {
          rows.texts(PostReactors.NETWORK).add(post.network);
          rows.texts(PostReactors.POST_ID).add(post.id);
          rows.longs(PostReactors.AUTHOR_KEY).add(accounts.key(post.author));
          rows.longs(PostReactors.ACTOR_KEY).add(accounts.key(reactor.actor));
          rows.longs(PostReactors.ACT_COUNT).add(reactor.acts);
          if (reactor.firstAt == UNKNOWN) {
            rows.longs(PostReactors.FIRST_AT).addNull();
          } else {
            rows.longs(PostReactors.FIRST_AT).add(reactor.firstAt);
          }
          rows.doubles(PostReactors.CREDIBILITY).add(reactor.credibility);
          rows.longs(PostReactors.NIGHT).add(reactor.night);
        }
      }
    }
    return rows;
  }
}
