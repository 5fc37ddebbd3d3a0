package renown.night.score.accounts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import renown.kernels.accounts.HIndex;
import renown.kernels.keys.KeyPrints;
import renown.kernels.keys.PrintNumbers;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.Posts;
import renown.tables.TableColumn;

/**
 * Reactions to posts: last night's sums plus tonight's reactions. An account counts once per post,
 * at its first reaction, for as long as it has not taken all of them back.
 *
 * <p>Of posts only those are read that tonight names. What the h-index of an account needs of its
 * others is kept with the account: its foremost posts, which fade together, so that their order
 * stays.
 */
final class Reactions {
  /** The half-life of the recent sums, in days. */
  static final double RECENT_DAYS = 8;

  private static final long LATE_MICROS = 86_400_000_000L;

  /**
   * How long a post without reactions is kept, so that late ones find its time, and how long is
   * known who reacted, in days.
   */
  static final int YOUNG_DAYS = 30;

  /** An old post with fewer decayed credible reactors than this is dropped. */
  private static final double FEW_REACTORS = 0.3;

  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Parts of so many nights are read before they are summed and written again. */
  private static final int MOST_FILES = 32;

  /** Reposts, quotes, replies and likes of a post; a mention is of nobody's post. */
  private static boolean isOfPost(Acts acts, int act) {
    return acts.isReaction(act) && acts.verbs()[act] != Acts.MENTION && acts.objects()[act] != null;
  }

  /** Of an account with more posts than this not all are kept with it. */
  static final int FOREMOST = 8;

  /**
   * As many more than its h-index counts: that and the next decide it, and what is taken back from
   * one may let another pass.
   */
  private static final int MORE_FOREMOST = 3;

  /** Posts by number: those that tonight names, and others where they have to be looked up. */
  private static final class KnownPosts {
    private final PrintNumbers numbers = new PrintNumbers();
    private int[] author = new int[64];
    private long[] postedAt = new long[64];

    /** What reactors add up to, up to this night; and the part of this night. */
    private long[] units = new long[64];

    private long[] tonight = new long[64];

    /** An act of tonight that names it, or -1 minus the row of the night's posts where it is. */
    private int[] named = new int[64];

    private final BitSet changed = new BitSet();

    /** Those whose author is told by more than who acts on them. */
    private final BitSet told = new BitSet();

    private int count;

    int add(long high, long low, int itsAuthor) {
      int post = numbers.add(high, low);
      if (post == author.length) {
        int grown = post + (post >> 1);
        author = Arrays.copyOf(author, grown);
        postedAt = Arrays.copyOf(postedAt, grown);
        units = Arrays.copyOf(units, grown);
        tonight = Arrays.copyOf(tonight, grown);
        named = Arrays.copyOf(named, grown);
      }
      if (post == count) {
        count++;
        author[post] = itsAuthor;
        postedAt[post] = UNKNOWN;
      }
      return post;
    }

    void author(int post, int its) {
      author[post] = told.get(post) ? Math.min(author[post], its) : its;
      told.set(post);
    }

    void postedAt(int post, long at) {
      postedAt[post] = postedAt[post] == UNKNOWN ? at : Math.min(postedAt[post], at);
    }
  }

  /** Accounts and posts that they reacted to tonight, by number. */
  private static final class Reactors {
    private final PrintNumbers numbers = new PrintNumbers();
    private int count;
    private int[] post = new int[64];
    private int[] actor = new int[64];

    /** As it was before tonight; 0, unknown and 0 if it had never reacted. */
    private long[] acts = new long[64];

    private long[] firstAt = new long[64];
    private double[] credibility = new double[64];
    private long[] night = new long[64];

    /** Tonight. */
    private long[] added = new long[64];

    private long[] addedFirstAt = new long[64];

    int add(int itsPost, int itsActor) {
      int reactor = numbers.add((long) itsPost << 32 | itsActor, 0);
      if (reactor == post.length) {
        int grown = reactor + (reactor >> 1);
        post = Arrays.copyOf(post, grown);
        actor = Arrays.copyOf(actor, grown);
        acts = Arrays.copyOf(acts, grown);
        firstAt = Arrays.copyOf(firstAt, grown);
        credibility = Arrays.copyOf(credibility, grown);
        night = Arrays.copyOf(night, grown);
        added = Arrays.copyOf(added, grown);
        addedFirstAt = Arrays.copyOf(addedFirstAt, grown);
      }
      if (reactor == count) {
        count++;
        post[reactor] = itsPost;
        actor[reactor] = itsActor;
        firstAt[reactor] = UNKNOWN;
        night[reactor] = UNKNOWN;
        addedFirstAt[reactor] = Long.MAX_VALUE;
      }
      return reactor;
    }

    int find(int itsPost, int itsActor) {
      return numbers.find((long) itsPost << 32 | itsActor, 0);
    }
  }

  private final AccountNumbers accounts;
  private final double halfLifeDays;
  private final long night;
  private final long end;
  private final ColumnRows written;
  private final ColumnRows deleted;
  private final Acts acts;
  private final KnownPosts posts = new KnownPosts();
  private final Reactors reactors = new Reactors();
  private final Parts parts;
  private final boolean[] isThere;

  /** Of the foremost posts of each account, the most reactors first; null where not known. */
  private final long[][] foremostHigh;

  private final long[][] foremostLow;
  private final long[][] foremostUnits;
  private final HIndex[] hIndexes;

  /** The last day in the sum of days, by account. */
  private final long[] lastDay;

  private final long[][] sums = new long[SUMS.length][];

  /** Of an account, in this order. */
  private static final TableColumn[] SUMS = {
    AccountState.REACTOR_UNITS,
    AccountState.TIMED_UNITS,
    AccountState.LATE_UNITS,
    AccountState.SCORED_POST_UNITS,
    AccountState.RECENT_REACTOR_UNITS,
    AccountState.RECENT_POST_UNITS,
    AccountState.DAY_UNITS,
    AccountState.LONE_DAY_UNITS
  };

  /** What is read of every post every night: no text. */
  private static final List<TableColumn> COLUMNS =
      List.of(
          PostReactions.POST_PRINT_HIGH,
          PostReactions.POST_PRINT_LOW,
          PostReactions.AUTHOR_KEY,
          PostReactions.POSTED_AT,
          PostReactions.REACTOR_UNITS,
          PostReactions.NIGHT);

  /** What earlier nights left, in files. */
  interface Parts {
    /** Rows of {@code post_reactors}, part by part, so that not all have to be held at once. */
    List<TableReader> reactors();

    /** Rows of {@code post_reactions}. */
    List<TableReader> posts();

    /** How many rows each of {@link #posts} has. */
    long[] postCounts();
  }

  /**
   * The sums at the end of a night.
   *
   * @param before rows of {@code account_state} of an earlier night
   * @param parts what all earlier nights left of posts
   * @param written the night's rows of {@code posts}
   * @param deleted rows of {@code deleted_posts}: those of earlier nights no longer count as posts;
   *     of those that were never counted it is known when they were written
   * @param credibility of all accounts; reactions of those that have none do not count
   */
  Reactions(
      AccountNumbers accounts,
      ColumnRows before,
      Parts parts,
      ColumnRows written,
      ColumnRows deleted,
      Acts acts,
      double[] credibility,
      double halfLifeDays,
      long night) {
    this.accounts = accounts;
    this.halfLifeDays = halfLifeDays;
    this.night = night;
    this.written = written;
    this.deleted = deleted;
    this.acts = acts;
    this.end = (night + 1) * (long) Decay.MICROS_PER_DAY;
    this.parts = parts;
    this.isThere = new boolean[accounts.accounts()];
    this.lastDay = new long[accounts.accounts()];
    this.foremostHigh = new long[accounts.accounts()][];
    this.foremostLow = new long[accounts.accounts()][];
    this.foremostUnits = new long[accounts.accounts()][];
    this.hIndexes = new HIndex[accounts.accounts()];
    Arrays.fill(lastDay, UNKNOWN);
    for (int sum = 0; sum < SUMS.length; sum++) {
      sums[sum] = new long[accounts.accounts()];
    }
    read(before);
    write();
    takeBack();
    react(credibility);
    readPosts(0, posts.numbers::find);
    readReactors();
    for (int reactor = 0; reactor < reactors.count; reactor++) {
      count(reactor, credibility[reactors.actor[reactor]]);
    }
    addDays(credibility);
    for (long[] sum : sums) {
      for (int account = 0; account < sum.length; account++) {
        sum[account] = Math.max(0, sum[account]);
      }
    }
    readFallen();
    findForemost();
  }

  private static double halfLife(int sum, double slow) {
    return sum == PostRecord.RECENT_REACTORS || sum == PostRecord.RECENT_POSTS ? RECENT_DAYS : slow;
  }

  private void read(ColumnRows before) {
    for (int row = 0; row < before.size(); row++) {
      int account = accounts.of(before.longs(AccountState.ACCOUNT_KEY).get(row));
      if (account >= 0) {
        isThere[account] = true;
        long days = night - before.longs(AccountState.NIGHT).get(row);
        if (!before.longs(AccountState.LAST_DAY).isNull(row)) {
          lastDay[account] = before.longs(AccountState.LAST_DAY).get(row);
        }
        for (int sum = 0; sum < SUMS.length; sum++) {
          sums[sum][account] =
              Decay.kept(before.longs(SUMS[sum]).get(row), days, halfLife(sum, halfLifeDays));
        }
        long[] units = before.lists(AccountState.FOREMOST_POST_UNITS).longs(row);
        if (units != null) {
          foremostHigh[account] = before.lists(AccountState.FOREMOST_POST_PRINT_HIGH).longs(row);
          foremostLow[account] = before.lists(AccountState.FOREMOST_POST_PRINT_LOW).longs(row);
          foremostUnits[account] =
              Arrays.stream(units).map(post -> Decay.kept(post, days, halfLifeDays)).toArray();
        }
      }
    }
  }

  private interface Place {
    /** Less than 0 of posts that are not wanted. */
    int of(long high, long low);
  }

  /**
   * Looks up posts, all rows of each.
   *
   * @param known posts with lower numbers have been looked up
   */
  private void readPosts(int known, Place wanted) {
    for (TableReader part : parts.posts()) {
      addPosts(
          part.readWhere(
              (keys, row) -> {
                long high = keys.longs(PostReactions.POST_PRINT_HIGH).get(row);
                long low = keys.longs(PostReactions.POST_PRINT_LOW).get(row);
                int post = known == 0 ? -1 : posts.numbers.find(high, low);
                return (post < 0 || post >= known) && wanted.of(high, low) >= 0;
              },
              List.of(PostReactions.POST_PRINT_HIGH, PostReactions.POST_PRINT_LOW),
              COLUMNS.toArray(TableColumn[]::new)));
    }
  }

  private void addPosts(ColumnRows before) {
    ColumnRows.Longs high = before.longs(PostReactions.POST_PRINT_HIGH);
    ColumnRows.Longs low = before.longs(PostReactions.POST_PRINT_LOW);
    ColumnRows.Longs postedAt = before.longs(PostReactions.POSTED_AT);
    Decay.Clock clock = new Decay.Clock(halfLifeDays);
    for (int row = 0; row < before.size(); row++) {
      int author = accounts.of(before.longs(PostReactions.AUTHOR_KEY).get(row));
      if (author < 0) {
        continue;
      }
      int post = posts.add(high.get(row), low.get(row), author);
      posts.author(post, author);
      posts.units[post] +=
          clock.kept(
              before.longs(PostReactions.REACTOR_UNITS).get(row),
              night - before.longs(PostReactions.NIGHT).get(row));
      if (!postedAt.isNull(row)) {
        posts.postedAt(post, postedAt.get(row));
      }
    }
  }

  /**
   * Looks up all posts of accounts of which one has fallen behind those that are not kept with it,
   * or of which none are kept yet.
   */
  private void readFallen() {
    BitSet fallen = new BitSet();
    for (int account = 0; account < foremostHigh.length; account++) {
      if (foremostHigh[account] == null) {
        fallen.set(account);
      } else if (foremostHigh[account].length >= FOREMOST) {
        long[] units = foremostUnits[account];
        for (int place = 0; place < units.length; place++) {
          int post = posts.numbers.find(foremostHigh[account][place], foremostLow[account][place]);
          if (post >= 0
              && (posts.author[post] != account || posts.units[post] < units[units.length - 1])) {
            fallen.set(account);
          }
        }
      }
    }
    if (fallen.isEmpty()) {
      return;
    }
    // Rows of the same post may name another author.
    PrintNumbers theirs = new PrintNumbers();
    for (TableReader part : parts.posts()) {
      ColumnRows rows =
          part.readWhere(
              (keys, row) -> {
                int author = accounts.of(keys.longs(PostReactions.AUTHOR_KEY).get(row));
                return author >= 0 && fallen.get(author);
              },
              List.of(PostReactions.AUTHOR_KEY),
              PostReactions.POST_PRINT_HIGH,
              PostReactions.POST_PRINT_LOW);
      for (int row = 0; row < rows.size(); row++) {
        theirs.add(
            rows.longs(PostReactions.POST_PRINT_HIGH).get(row),
            rows.longs(PostReactions.POST_PRINT_LOW).get(row));
      }
    }
    if (theirs.size() > 0) {
      readPosts(posts.count, theirs::find);
    }
  }

  private void readReactors() {
    for (TableReader part : parts.reactors()) {
      readReactors(
          part.readWhere(
              (keys, row) -> {
                int post =
                    posts.numbers.find(
                        keys.longs(PostReactors.POST_PRINT_HIGH).get(row),
                        keys.longs(PostReactors.POST_PRINT_LOW).get(row));
                int actor =
                    post < 0 ? -1 : accounts.of(keys.longs(PostReactors.ACTOR_KEY).get(row));
                return actor >= 0 && reactors.find(post, actor) >= 0;
              },
              List.of(
                  PostReactors.POST_PRINT_HIGH,
                  PostReactors.POST_PRINT_LOW,
                  PostReactors.ACTOR_KEY),
              PostReactors.TABLE.columns().toArray(TableColumn[]::new)));
    }
  }

  /** Takes what is known of those who react tonight; the latest night tells. */
  private void readReactors(ColumnRows before) {
    ColumnRows.Longs high = before.longs(PostReactors.POST_PRINT_HIGH);
    ColumnRows.Longs low = before.longs(PostReactors.POST_PRINT_LOW);
    ColumnRows.Longs nights = before.longs(PostReactors.NIGHT);
    for (int row = 0; row < before.size(); row++) {
      int post = posts.numbers.find(high.get(row), low.get(row));
      int actor = post < 0 ? -1 : accounts.of(before.longs(PostReactors.ACTOR_KEY).get(row));
      int reactor = actor < 0 ? -1 : reactors.find(post, actor);
      long last = nights.get(row);
      if (reactor < 0 || last < night - YOUNG_DAYS || last <= reactors.night[reactor]) {
        continue;
      }
      ColumnRows.Longs firstAt = before.longs(PostReactors.FIRST_AT);
      reactors.night[reactor] = last;
      reactors.acts[reactor] = before.longs(PostReactors.ACT_COUNT).get(row);
      reactors.firstAt[reactor] = firstAt.isNull(row) ? UNKNOWN : firstAt.get(row);
      reactors.credibility[reactor] = before.doubles(PostReactors.CREDIBILITY).get(row);
    }
  }

  private void write() {
    int size = written.size();
    KeyPrints prints = new KeyPrints(size);
    for (int row = 0; row < size; row++) {
      prints.add(row, written.texts(Posts.NETWORK).get(row));
      prints.add(row, written.texts(Posts.POST_ID).get(row));
    }
    for (int row = 0; row < size; row++) {
      int author = accounts.of(written.longs(Posts.AUTHOR_KEY).get(row));
      long at = written.longs(Posts.HAPPENED_AT).get(row);
      write(prints.high()[row], prints.low()[row], author, at, row);
      sums[PostRecord.POSTS][author] += Decay.units(at, end, halfLifeDays);
      sums[PostRecord.RECENT_POSTS][author] += Decay.units(at, end, RECENT_DAYS);
    }
  }

  /**
   * @param row of the night's posts; those of deleted posts come after them
   */
  private void write(long high, long low, int author, long at, int row) {
    int post = posts.add(high, low, author);
    posts.author(post, author);
    posts.postedAt(post, at);
    posts.changed.set(post);
    posts.named[post] = -1 - row;
    isThere[author] = true;
  }

  private void takeBack() {
    int size = deleted.size();
    KeyPrints prints = new KeyPrints(size);
    for (int row = 0; row < size; row++) {
      prints.add(row, deleted.texts(DeletedPosts.NETWORK).get(row));
      prints.add(row, deleted.texts(DeletedPosts.POST_ID).get(row));
    }
    for (int row = 0; row < size; row++) {
      int author = accounts.of(deleted.longs(DeletedPosts.AUTHOR_KEY).get(row));
      long at = deleted.longs(DeletedPosts.HAPPENED_AT).get(row);
      if (author < 0) {
        continue;
      }
      if (deleted.longs(DeletedPosts.LOADED_NIGHT).get(row) < night) {
        sums[PostRecord.POSTS][author] -= Decay.units(at, end, halfLifeDays);
        sums[PostRecord.RECENT_POSTS][author] -= Decay.units(at, end, RECENT_DAYS);
      } else {
        write(prints.high()[row], prints.low()[row], author, at, written.size() + row);
      }
    }
  }

  private void react(double[] credibility) {
    KeyPrints prints = new KeyPrints(acts.count());
    for (int act = 0; act < acts.count(); act++) {
      int actor = acts.sources()[act];
      if (!isOfPost(acts, act) || !(credibility[actor] > 0)) {
        continue;
      }
      prints.add(act, accounts.networkNameOf(actor));
      prints.add(act, acts.objects()[act]);
      int post = posts.add(prints.high()[act], prints.low()[act], acts.targets()[act]);
      posts.named[post] = posts.changed.get(post) ? posts.named[post] : act;
      int reactor = reactors.add(post, actor);
      reactors.added[reactor] += acts.changes()[act];
      if (acts.changes()[act] == 1) {
        reactors.addedFirstAt[reactor] = Math.min(reactors.addedFirstAt[reactor], acts.at()[act]);
      }
    }
  }

  /** From what counted before tonight to what counts now. */
  private void count(int reactor, double credibilityNow) {
    long firstBefore = reactors.firstAt[reactor];
    long first = firstBefore;
    if (reactors.addedFirstAt[reactor] < Long.MAX_VALUE) {
      first =
          first == UNKNOWN
              ? reactors.addedFirstAt[reactor]
              : Math.min(first, reactors.addedFirstAt[reactor]);
    }
    boolean counted = reactors.acts[reactor] > 0;
    reactors.acts[reactor] += reactors.added[reactor];
    boolean counts = reactors.acts[reactor] > 0 && first != UNKNOWN;
    if (counted && (!counts || first != firstBefore)) {
      add(reactor, firstBefore, -1);
    }
    if (counts && (!counted || first != firstBefore)) {
      if (!counted) {
        reactors.credibility[reactor] = credibilityNow;
      }
      add(reactor, first, 1);
    }
    reactors.firstAt[reactor] = first;
    if (reactors.acts[reactor] <= 0) {
      // What begins again, begins then.
      reactors.firstAt[reactor] = UNKNOWN;
      reactors.credibility[reactor] = 0;
    }
  }

  private void add(int reactor, long at, int sign) {
    int post = reactors.post[reactor];
    int author = posts.author[post];
    double credible = reactors.credibility[reactor];
    long units = sign * (long) Math.rint(Decay.units(at, end, halfLifeDays) * credible);
    long recent = sign * (long) Math.rint(Decay.units(at, end, RECENT_DAYS) * credible);
    posts.units[post] += units;
    posts.tonight[post] += units;
    posts.changed.set(post);
    isThere[author] = true;
    sums[PostRecord.REACTORS][author] += units;
    sums[PostRecord.RECENT_REACTORS][author] += recent;
    if (posts.postedAt[post] != UNKNOWN) {
      sums[PostRecord.TIMED][author] += units;
      if (at - posts.postedAt[post] > LATE_MICROS) {
        sums[PostRecord.LATE][author] += units;
      }
    }
  }

  /**
   * Adds tonight's days with reactions, whatever became of them. A day that an earlier night has
   * counted is not counted again.
   */
  private void addDays(double[] credibility) {
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
                sums[PostRecord.DAYS][target] += (long) Math.rint(units * Math.min(1, credible));
                double lone = 0;
                for (int actor : its) {
                  lone += Math.min(1, credible) - Math.min(1, credible - credibility[actor]);
                }
                sums[PostRecord.LONE_DAYS][target] += (long) Math.rint(units * lone);
              });
          isThere[target] = true;
          lastDay[target] = days.lastKey();
        });
  }

  /** What it comes to, account by account. */
  PostRecord record() {
    return new PostRecord(0, sums, lateShares(), hIndexes);
  }

  /** The share of timed reactions that are late, by network; 0 where there are none. */
  private double[] lateShares() {
    long[] late = new long[accounts.networks()];
    long[] timed = new long[late.length];
    for (int account = 0; account < isThere.length; account++) {
      late[accounts.networkOf(account)] += sums[PostRecord.LATE][account];
      timed[accounts.networkOf(account)] += sums[PostRecord.TIMED][account];
    }
    double[] shares = new double[late.length];
    Arrays.setAll(shares, i -> timed[i] > 0 ? (double) late[i] / timed[i] : 0);
    return shares;
  }

  private boolean isKept(int post) {
    return posts.units[post] >= FEW_REACTORS * Decay.UNIT
        || posts.postedAt[post] != UNKNOWN
            && posts.postedAt[post] > (night - YOUNG_DAYS) * (long) Decay.MICROS_PER_DAY;
  }

  /**
   * The foremost posts of all accounts, and the h-index that they make. A post that is not among
   * them has at most as many reactors as the last of them: all have faded alike since.
   */
  private void findForemost() {
    int[] start = new int[accounts.accounts() + 1];
    for (int post = 0; post < posts.count; post++) {
      start[posts.author[post] + 1]++;
    }
    for (int account = 0; account < accounts.accounts(); account++) {
      start[account + 1] += start[account];
    }
    int[] next = start.clone();
    int[] byAuthor = new int[posts.count];
    for (int post = 0; post < posts.count; post++) {
      byAuthor[next[posts.author[post]]++] = post;
    }
    for (int account = 0; account < accounts.accounts(); account++) {
      findForemost(account, Arrays.copyOfRange(byAuthor, start[account], start[account + 1]));
    }
  }

  /**
   * @param looked its posts that were looked up
   */
  private void findForemost(int account, int[] looked) {
    int before = foremostHigh[account] == null ? 0 : foremostHigh[account].length;
    record Post(long high, long low, long units) {}
    List<Post> all = new ArrayList<>();
    for (int place = 0; place < before; place++) {
      Post post =
          new Post(
              foremostHigh[account][place],
              foremostLow[account][place],
              foremostUnits[account][place]);
      if (post.units > 0 && posts.numbers.find(post.high, post.low) < 0) {
        all.add(post);
      }
    }
    for (int post : looked) {
      if (posts.units[post] > 0 && isKept(post)) {
        all.add(new Post(posts.numbers.high(post), posts.numbers.low(post), posts.units[post]));
      }
    }
    all.sort(
        Comparator.comparingLong((Post post) -> -post.units)
            .thenComparingLong(Post::high)
            .thenComparingLong(Post::low));
    double[] units = all.stream().mapToDouble(post -> post.units / Decay.UNIT).toArray();
    hIndexes[account] = HIndex.of(units, 0, units.length);
    int kept =
        Math.min(all.size(), Math.max(FOREMOST, (int) hIndexes[account].value() + MORE_FOREMOST));
    foremostHigh[account] = all.stream().limit(kept).mapToLong(Post::high).toArray();
    foremostLow[account] = all.stream().limit(kept).mapToLong(Post::low).toArray();
    foremostUnits[account] = all.stream().limit(kept).mapToLong(Post::units).toArray();
  }

  /** Rows of {@code account_state}. */
  ColumnRows accountRows() {
    return accountRows(0, isThere.length);
  }

  /** The same of a range of accounts. */
  ColumnRows accountRows(int from, int to) {
    ColumnRows rows = new ColumnRows(AccountState.REACTIONS);
    for (int account = from; account < to; account++) {
      if (isThere[account]) {
        rows.texts(AccountState.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
        for (int sum = 0; sum < SUMS.length; sum++) {
          rows.longs(SUMS[sum]).add(sums[sum][account]);
        }
        if (lastDay[account] == UNKNOWN) {
          rows.longs(AccountState.LAST_DAY).addNull();
        } else {
          rows.longs(AccountState.LAST_DAY).add(lastDay[account]);
        }
        rows.lists(AccountState.FOREMOST_POST_PRINT_HIGH).add(foremostHigh[account]);
        rows.lists(AccountState.FOREMOST_POST_PRINT_LOW).add(foremostLow[account]);
        rows.lists(AccountState.FOREMOST_POST_UNITS).add(foremostUnits[account]);
        rows.longs(AccountState.NIGHT).add(night);
      }
    }
    return rows;
  }

  /**
   * Whether the parts of posts are to be replaced by {@link #allPostRows} instead of getting {@link
   * #newPostRows}: where they are many, or have together as many rows as the largest, which the
   * last compaction left. So each row is written twice on average.
   */
  boolean isCompactionDue() {
    long[] counts = parts.postCounts();
    long largest = Arrays.stream(counts).max().orElse(0);
    long rows = Arrays.stream(counts).sum() + posts.changed.cardinality();
    return counts.length >= MOST_FILES || counts.length > 0 && rows > 2 * largest + 1000;
  }

  /** Rows of {@code post_reactions} that tonight adds. */
  ColumnRows newPostRows() {
    ColumnRows rows = new ColumnRows(PostReactions.TABLE);
    posts.changed.stream().forEach(post -> addNamed(rows, post, posts.tonight[post]));
    return rows;
  }

  /**
   * All rows of {@code post_reactions}, one per post that is young or has not faded: for this all
   * that were not needed so far are looked up, and the ids of all.
   */
  ColumnRows allPostRows() {
    readPosts(posts.count, (high, low) -> 0);
    ColumnRows rows = new ColumnRows(PostReactions.TABLE);
    BitSet left = new BitSet();
    IntStream.range(0, posts.count).filter(this::isKept).forEach(left::set);
    for (TableReader part : parts.posts()) {
      ColumnRows before =
          part.read(
              PostReactions.NETWORK,
              PostReactions.POST_ID,
              PostReactions.POST_PRINT_HIGH,
              PostReactions.POST_PRINT_LOW);
      for (int row = 0; row < before.size(); row++) {
        int post =
            posts.numbers.find(
                before.longs(PostReactions.POST_PRINT_HIGH).get(row),
                before.longs(PostReactions.POST_PRINT_LOW).get(row));
        if (post >= 0 && left.get(post)) {
          left.clear(post);
          add(
              rows,
              before.texts(PostReactions.NETWORK).get(row),
              before.texts(PostReactions.POST_ID).get(row),
              post,
              Math.max(0, posts.units[post]));
        }
      }
    }
    left.stream().forEach(post -> addNamed(rows, post, Math.max(0, posts.units[post])));
    return rows;
  }

  /** Adds a row of a post of tonight, which tonight names. */
  private void addNamed(ColumnRows rows, int post, long units) {
    int act = posts.named[post];
    if (act >= 0) {
      String network = accounts.networkNameOf(acts.sources()[act]);
      add(rows, network, acts.objects()[act], post, units);
    } else {
      int row = -1 - act;
      boolean isWritten = row < written.size();
      ColumnRows tonight = isWritten ? written : deleted;
      int place = isWritten ? row : row - written.size();
      String network = tonight.texts(Posts.NETWORK).get(place);
      add(rows, network, tonight.texts(Posts.POST_ID).get(place), post, units);
    }
  }

  private void add(ColumnRows rows, String network, String id, int post, long units) {
    rows.texts(PostReactions.NETWORK).add(network);
    rows.texts(PostReactions.POST_ID).add(id);
    rows.longs(PostReactions.POST_PRINT_HIGH).add(posts.numbers.high(post));
    rows.longs(PostReactions.POST_PRINT_LOW).add(posts.numbers.low(post));
    rows.longs(PostReactions.AUTHOR_KEY).add(accounts.key(posts.author[post]));
    add(rows.longs(PostReactions.POSTED_AT), posts.postedAt[post]);
    rows.longs(PostReactions.REACTOR_UNITS).add(units);
    rows.longs(PostReactions.NIGHT).add(night);
  }

  private static void add(ColumnRows.Longs column, long value) {
    if (value == UNKNOWN) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /** Rows of {@code post_reactors} that tonight adds: those who did anything tonight. */
  ColumnRows reactorRows() {
    ColumnRows rows = new ColumnRows(PostReactors.TABLE);
    for (int reactor = 0; reactor < reactors.count; reactor++) {
      // Of nothing, nothing needs to be said.
      if (reactors.acts[reactor] != 0 || reactors.night[reactor] != UNKNOWN) {
        int post = reactors.post[reactor];
        rows.longs(PostReactors.POST_PRINT_HIGH).add(posts.numbers.high(post));
        rows.longs(PostReactors.POST_PRINT_LOW).add(posts.numbers.low(post));
        rows.longs(PostReactors.AUTHOR_KEY).add(accounts.key(posts.author[post]));
        rows.longs(PostReactors.ACTOR_KEY).add(accounts.key(reactors.actor[reactor]));
        rows.longs(PostReactors.ACT_COUNT).add(reactors.acts[reactor]);
        add(rows.longs(PostReactors.FIRST_AT), reactors.firstAt[reactor]);
        rows.doubles(PostReactors.CREDIBILITY).add(reactors.credibility[reactor]);
        rows.longs(PostReactors.NIGHT).add(night);
      }
    }
    return rows;
  }

  /** The first night of which rows of {@code post_reactors} are still of use tomorrow. */
  long firstNightOfReactors() {
    return night - YOUNG_DAYS + 1;
  }
}
