package renown.night.score.accounts;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import renown.kernels.accounts.SampledPresence;
import renown.kernels.keys.RowOrder;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostTexts;
import renown.tables.Posts;

/** Accounts' output and active weeks: last night's sums plus tonight's acts. */
final class Activity {
  private static final long DAYS_PER_WEEK = 7;
  private static final long MICROS_PER_WEEK = DAYS_PER_WEEK * 86_400_000_000L;

  /** A post with a link and fewer letters than this is a bare link. */
  private static final int FEW_LETTERS = 20;

  private static final Pattern LINK = Pattern.compile("https?://\\S+|www\\.\\S+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\d\\p{Punct}]+");

  private static final long NO_WEEK = Long.MIN_VALUE;

  final long[] postUnits;
  final long[] linkPostUnits;
  final long[] repeatedPostUnits;
  final long[] weekUnits;

  /** Weeks and moments in which an account was seen to do anything. */
  private final int[] weekCount;

  private final int[] momentCount;

  private final long[] lastWeek;
  private final AccountNumbers accounts;

  /**
   * The sums as seen from the end of a night.
   *
   * @param before rows of {@code account_state} of an earlier night; those without a last week tell
   *     nothing
   * @param posts the night's rows of {@code posts}
   * @param texts the night's rows of {@code post_texts}; a post without text is neither a bare link
   *     nor a repetition
   * @param deleted rows of {@code deleted_posts}: those of earlier nights no longer count as posts;
   *     in the week of any of them the account was there all the same
   * @param acts of the night; what is undone was done all the same
   */
  Activity(
      AccountNumbers accounts,
      ColumnRows before,
      ColumnRows posts,
      ColumnRows texts,
      ColumnRows deleted,
      Acts acts,
      double halfLifeDays,
      long night) {
    this.accounts = accounts;
    int count = accounts.accounts();
    postUnits = new long[count];
    linkPostUnits = new long[count];
    repeatedPostUnits = new long[count];
    weekUnits = new long[count];
    weekCount = new int[count];
    momentCount = new int[count];
    lastWeek = new long[count];
    Arrays.fill(lastWeek, NO_WEEK);
    for (int row = 0; row < before.size(); row++) {
      int account = accounts.of(before.longs(AccountState.ACCOUNT_KEY).get(row));
      if (account >= 0 && !before.longs(AccountState.LAST_WEEK).isNull(row)) {
        long days = night - before.longs(AccountState.NIGHT).get(row);
        postUnits[account] = kept(before, AccountState.POST_UNITS, row, days, halfLifeDays);
        linkPostUnits[account] =
            kept(before, AccountState.LINK_POST_UNITS, row, days, halfLifeDays);
        repeatedPostUnits[account] =
            kept(before, AccountState.REPEATED_POST_UNITS, row, days, halfLifeDays);
        weekUnits[account] = kept(before, AccountState.WEEK_UNITS, row, days, halfLifeDays);
        weekCount[account] = (int) before.longs(AccountState.WEEK_COUNT).get(row);
        momentCount[account] = (int) before.longs(AccountState.MOMENT_COUNT).get(row);
        lastWeek[account] = before.longs(AccountState.LAST_WEEK).get(row);
      }
    }
    int[] authors = accounts.of(posts.longs(Posts.AUTHOR_KEY));
    long end = (night + 1) * (long) Decay.MICROS_PER_DAY;
    takeBack(deleted, halfLifeDays, night, end);
    write(authors, posts, texts, halfLifeDays, end);
    Moments moments = new Moments(authors.length + deleted.size() + acts.count());
    moments.add(authors, posts.longs(Posts.HAPPENED_AT));
    int[] deleters = accounts.of(deleted.longs(DeletedPosts.AUTHOR_KEY));
    for (int row = 0; row < deleters.length; row++) {
      // Of posts that were there before, the moments are.
      if (deleted.longs(DeletedPosts.LOADED_NIGHT).get(row) >= night) {
        moments.add(deleters[row], deleted.longs(DeletedPosts.HAPPENED_AT).get(row));
      }
    }
    for (int act = 0; act < acts.count(); act++) {
      if (acts.changes()[act] == 1) {
        moments.add(acts.sources()[act], acts.at()[act]);
      }
    }
    addMoments(moments, halfLifeDays, end);
  }

  /**
   * Takes back posts of earlier nights. Which of them were bare links or repetitions is not known
   * any more: their shares stay as they were, so that nobody looks better for deleting.
   */
  private void takeBack(ColumnRows deleted, double halfLifeDays, long night, long end) {
    Map<Integer, Long> units = new HashMap<>();
    for (int row = 0; row < deleted.size(); row++) {
      int author = accounts.of(deleted.longs(DeletedPosts.AUTHOR_KEY).get(row));
      if (author >= 0 && deleted.longs(DeletedPosts.LOADED_NIGHT).get(row) < night) {
        long at = deleted.longs(DeletedPosts.HAPPENED_AT).get(row);
        units.merge(author, Decay.units(at, end, halfLifeDays), Long::sum);
      }
    }
    units.forEach(
        (author, gone) -> {
          long left = Math.max(0, postUnits[author] - gone);
          double share = postUnits[author] == 0 ? 0 : (double) left / postUnits[author];
          postUnits[author] = left;
          linkPostUnits[author] = (long) Math.rint(linkPostUnits[author] * share);
          repeatedPostUnits[author] = (long) Math.rint(repeatedPostUnits[author] * share);
        });
  }

  private static long kept(
      ColumnRows rows, renown.tables.TableColumn column, int row, long days, double halfLifeDays) {
    return Decay.kept(rows.longs(column).get(row), days, halfLifeDays);
  }

  /** What an account wrote tonight. */
  private static final class Written {
    private long units;
    private long linkUnits;
    private long posts;
    private long texts;
    private final Set<String> different = new HashSet<>();
  }

  private void write(
      int[] authors, ColumnRows posts, ColumnRows texts, double halfLifeDays, long end) {
    Map<String, String> words = new HashMap<>();
    for (int row = 0; row < texts.size(); row++) {
      words.put(
          post(texts.texts(PostTexts.NETWORK).get(row), texts.texts(PostTexts.POST_ID).get(row)),
          words(texts.texts(PostTexts.TEXT).get(row)));
    }
    Map<Integer, Written> written = new HashMap<>();
    for (int row = 0; row < authors.length; row++) {
      Written its = written.computeIfAbsent(authors[row], author -> new Written());
      String said =
          words.get(post(posts.texts(Posts.NETWORK).get(row), posts.texts(Posts.POST_ID).get(row)));
      long units = Decay.units(posts.longs(Posts.HAPPENED_AT).get(row), end, halfLifeDays);
      its.posts++;
      its.units += units;
      if (said != null) {
        its.texts++;
        its.different.add(said);
        String[] links = posts.lists(Posts.LINKS).texts(row);
        if (links != null
            && links.length > 0
            && said.codePointCount(0, said.length()) < FEW_LETTERS) {
          its.linkUnits += units;
        }
      }
    }
    written.forEach(
        (account, its) -> {
          postUnits[account] += its.units;
          linkPostUnits[account] += its.linkUnits;
          // A mean post's units for each repetition: which of two equal posts is the first is no
          // matter.
          double repeated = (double) (its.texts - its.different.size()) / its.posts;
          repeatedPostUnits[account] += (long) Math.rint(its.units * repeated);
        });
  }

  private static String post(String network, String id) {
    return network + "\n" + id;
  }

  /** The words of a text, without links, digits and punctuation. */
  static String words(String text) {
    String plain = LINK.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
    return BETWEEN_WORDS.matcher(plain).replaceAll(" ").strip();
  }

  /** When accounts did anything tonight, in any order and as often as it is told. */
  private static final class Moments {
    private int[] accounts;
    private long[] at;
    private int size;

    Moments(int most) {
      accounts = new int[most];
      at = new long[most];
    }

    void add(int account, long when) {
      if (account >= 0) {
        accounts[size] = account;
        at[size++] = when;
      }
    }

    void add(int[] authors, ColumnRows.Longs postedAt) {
      for (int row = 0; row < authors.length; row++) {
        add(authors[row], postedAt.get(row));
      }
    }

    /** Account by account, and of each in the order of time. */
    int[] order() {
      accounts = Arrays.copyOf(accounts, size);
      at = Arrays.copyOf(at, size);
      return new RowOrder(size).by(at).by(accounts).rows();
    }
  }

  /** A moment counts once: of a reply both a post and an act are told. */
  private void addMoments(Moments moments, double halfLifeDays, long end) {
    int[] order = moments.order();
    for (int place = 0; place < order.length; place++) {
      int account = moments.accounts[order[place]];
      long at = moments.at[order[place]];
      boolean isNext = place > 0 && moments.accounts[order[place - 1]] == account;
      if (isNext && moments.at[order[place - 1]] == at) {
        continue;
      }
      momentCount[account]++;
      long week = Math.floorDiv(at, MICROS_PER_WEEK);
      if (week > lastWeek[account]) {
        weekCount[account]++;
        weekUnits[account] += Decay.units(at, end, halfLifeDays);
        lastWeek[account] = week;
      }
    }
  }

  /** Rows of {@code account_state}: accounts that were ever active. */
  ColumnRows rows(long night) {
    return rows(0, lastWeek.length, night);
  }

  /** The same of a range of accounts. */
  ColumnRows rows(int from, int to, long night) {
    ColumnRows rows = new ColumnRows(AccountState.ACTIVITY);
    for (int account = from; account < to; account++) {
      if (lastWeek[account] != NO_WEEK) {
        rows.texts(AccountState.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
        rows.longs(AccountState.POST_UNITS).add(postUnits[account]);
        rows.longs(AccountState.LINK_POST_UNITS).add(linkPostUnits[account]);
        rows.longs(AccountState.REPEATED_POST_UNITS).add(repeatedPostUnits[account]);
        rows.longs(AccountState.WEEK_UNITS).add(weekUnits[account]);
        rows.longs(AccountState.WEEK_COUNT).add(weekCount[account]);
        rows.longs(AccountState.MOMENT_COUNT).add(momentCount[account]);
        rows.longs(AccountState.LAST_WEEK).add(lastWeek[account]);
        rows.longs(AccountState.NIGHT).add(night);
      }
    }
    return rows;
  }

  /**
   * The decayed share of an account's weeks in which it was there: the sum over active weeks over
   * the integral of the same decay since it was first seen, and one week more, so that a first act
   * is no proof of regularity.
   *
   * @param weekUnits as in {@code account_state}
   * @param knownDays days since it was first seen, above 0
   * @return 0 to 1
   */
  static double regularityShare(long weekUnits, double knownDays, double halfLifeDays) {
    double weeks =
        (1 - StrictMath.pow(2, knownDays / -halfLifeDays)) * (halfLifeDays / 7 / Math.log(2));
    return Math.min(1, weekUnits / Decay.UNIT / (weeks + 1));
  }

  /**
   * How evenly the accounts of a network act: see {@link SampledPresence#dispersion}.
   *
   * @param some numbers of its accounts
   * @param knownDays since each of all accounts was first seen
   */
  double dispersion(int[] some, double[] knownDays) {
    return SampledPresence.dispersion(
        Arrays.stream(some).mapToDouble(i -> knownDays[i] / DAYS_PER_WEEK + 1).toArray(),
        Arrays.stream(some).mapToDouble(i -> momentCount[i]).toArray(),
        Arrays.stream(some).mapToDouble(i -> weekCount[i]).toArray());
  }
}
