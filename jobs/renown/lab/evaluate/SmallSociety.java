package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import renown.lake.ColumnRows;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.Posts;
import renown.tables.TableColumn;

/**
 * A steady network in memory, as rows that a night reads: ordinary accounts that react to friends
 * and, as often, to whoever is known, at rates of their own that never change. Its friendships are
 * drawn, or those of a real graph.
 */
final class SmallSociety {
  /** An account can claim any age here. */
  static final String NETWORK = "bluesky";

  static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int FRIENDS = 8;

  /** Everybody posts once in so many days. */
  private static final int POST_DAYS = 7;

  private static final double FRIENDS_SHARE = 0.5;

  /** The exponent of how well accounts are known. */
  private static final double TAIL = 1.3;

  private final SplittableRandom random;
  private final int accounts;
  private final double actsPerDay;
  private final int[][] friends;
  private final double[] known;
  private final double[] rates;

  /** The rows of a night, and of all accounts that were ever seen. */
  static final class Rows {
    final ColumnRows profiles = new ColumnRows(NightsInMemory.PROFILES);
    final ColumnRows posts = new ColumnRows(NightsInMemory.POSTS);
    final ColumnRows texts = new ColumnRows(NightsInMemory.TEXTS);
    final ColumnRows interactions = new ColumnRows(NightsInMemory.INTERACTIONS);

    int accounts() {
      return profiles.size();
    }

    /** An account with a whole profile; returns its key. */
    int account(double ageDays, long firstNight, long night) {
      int key = profiles.size();
      profiles.texts(Accounts.NETWORK).add(NETWORK);
      profiles.longs(Accounts.ACCOUNT_KEY).add(key);
      profiles.texts(Accounts.ACCOUNT_ID).add("a" + key);
      profiles.texts(Accounts.DISPLAY_NAME).add("Somebody");
      profiles.texts(Accounts.DESCRIPTION).add("Likes the sea");
      profiles.longs(Accounts.CREATED_AT).add((long) ((night + 1 - ageDays) * MICROS_PER_DAY));
      for (TableColumn column :
          List.of(
              Accounts.FOLLOWER_COUNT,
              Accounts.FOLLOWING_COUNT,
              Accounts.IS_AUTOMATED,
              Accounts.IS_VERIFIED)) {
        profiles.longs(column).addNull();
      }
      profiles.longs(Accounts.PROFILE_AT).add(firstNight * MICROS_PER_DAY);
      profiles.longs(Accounts.FIRST_NIGHT).add(firstNight);
      return key;
    }

    void post(String id, int author, long at) {
      posts.texts(Posts.NETWORK).add(NETWORK);
      posts.texts(Posts.POST_ID).add(id);
      posts.longs(Posts.AUTHOR_KEY).add(author);
      posts.longs(Posts.HAPPENED_AT).add(at);
      posts.lists(Posts.LINKS).add(new String[0]);
    }

    void act(String verb, int source, int target, String post, long at) {
      if (source == target) {
        return;
      }
      interactions.texts(Interactions.NETWORK).add(NETWORK);
      interactions.texts(Interactions.VERB).add(verb);
      interactions.longs(Interactions.ACTOR_KEY).add(source);
      interactions.longs(Interactions.TARGET_KEY).add(target);
      interactions.texts(Interactions.OBJECT_ID).add(post);
      interactions.longs(Interactions.HAPPENED_AT).add(at);
      interactions.longs(Interactions.CHANGE).add(1);
    }

    /** The same rows, to which more can be added. */
    Rows copy() {
      Rows copy = new Rows();
      copy.profiles.addAll(profiles);
      copy.posts.addAll(posts);
      copy.texts.addAll(texts);
      copy.interactions.addAll(interactions);
      return copy;
    }
  }

  /**
   * @param graph friends of each account; null to draw them
   */
  SmallSociety(long seed, int accounts, double actsPerDay, int[][] graph) {
    this.random = new SplittableRandom(seed);
    this.accounts = accounts;
    this.actsPerDay = actsPerDay;
    this.friends = graph == null ? new int[accounts][] : graph;
    this.known = new double[accounts];
    this.rates = new double[accounts];
    double sum = 0;
    for (int account = 0; account < accounts; account++) {
      sum += Math.pow(1 - random.nextDouble(), -1 / TAIL);
      known[account] = sum;
      rates[account] = -Math.log(1 - random.nextDouble());
      if (graph == null) {
        friends[account] = random.ints(FRIENDS, 0, accounts).toArray();
      }
    }
  }

  /** All accounts, years old and there when the lake began. */
  Rows begin(long firstNight, long night) {
    Rows rows = new Rows();
    SplittableRandom ages = random.split();
    for (int account = 0; account < accounts; account++) {
      rows.account(night - firstNight + 200 + ages.nextDouble() * 1500, firstNight, night);
    }
    return rows;
  }

  /** What happens on some days. */
  void live(Rows rows, long firstDay, long lastDay) {
    for (long day = firstDay; day <= lastDay; day++) {
      for (int account = 0; account < accounts; account++) {
        if (day % POST_DAYS == 0) {
          rows.post(post(account, day), account, day * MICROS_PER_DAY);
        }
        double left = rates[account] * actsPerDay;
        while (left > 0 && random.nextDouble() < left) {
          left--;
          int target = target(account);
          String verb =
              random.nextInt(4) == 0 ? "reply" : random.nextInt(4) == 0 ? "repost" : "like";
          rows.act(
              verb,
              account,
              target,
              post(target, day),
              day * MICROS_PER_DAY + (long) (random.nextDouble() * MICROS_PER_DAY));
        }
      }
    }
  }

  /** The latest post of an account on a day. */
  static String post(int account, long day) {
    return account + "/" + day / POST_DAYS;
  }

  private int target(int account) {
    if (friends[account].length > 0 && random.nextDouble() < FRIENDS_SHARE) {
      return friends[account][random.nextInt(friends[account].length)];
    }
    double at = random.nextDouble() * known[accounts - 1];
    int low = 0;
    int high = accounts - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The part of a real graph around its first accounts.
   *
   * @param edges pairs of numbers
   */
  static int[][] friends(List<int[]> edges, int accounts) {
    List<List<Integer>> friends = new ArrayList<>();
    for (int account = 0; account < accounts; account++) {
      friends.add(new ArrayList<>());
    }
    for (int[] edge : edges) {
      if (edge[0] < accounts && edge[1] < accounts) {
        friends.get(edge[0]).add(edge[1]);
        friends.get(edge[1]).add(edge[0]);
      }
    }
    return friends.stream()
        .map(its -> its.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
