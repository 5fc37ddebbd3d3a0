package renown.night.publish.marts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.TableColumn;

/** What was loaded, and what is known of each network. */
final class NetworkMarts {
  private static final String FILE = "file";
  private static final String LINE = "line";
  private static final String ACCEPTED_LINE = "accepted line";
  private static final String REJECTED_LINE = "rejected line";

  private static final Set<String> ACTS =
      Set.of("repost", "quote", "reply", "mention", "like", "follow", "list");

  /** By network and measure. */
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();

  private void add(String network, String measure, long count) {
    counts.computeIfAbsent(network, any -> new TreeMap<>()).merge(measure, count, Long::sum);
  }

  /** Counts rows of a night by their network. */
  void addRows(String measure, ColumnRows rows, TableColumn network) {
    for (int row = 0; row < rows.size(); row++) {
      add(rows.texts(network).get(row), measure, 1);
    }
  }

  /** Counts accounts first seen on a night. */
  void addAccounts(ColumnRows accounts, long night) {
    for (int row = 0; row < accounts.size(); row++) {
      if (accounts.longs(Accounts.FIRST_NIGHT).get(row) == night) {
        add(accounts.texts(Accounts.NETWORK).get(row), "account", 1);
      }
    }
  }

  /**
   * @param interactions the night's rows of {@code interactions}
   */
  void addInteractions(ColumnRows interactions) {
    Map<String, String> undone = new HashMap<>();
    for (int row = 0; row < interactions.size(); row++) {
      String verb = interactions.texts(Interactions.VERB).get(row);
      boolean isDone = interactions.longs(Interactions.CHANGE).get(row) == 1;
      add(
          interactions.texts(Interactions.NETWORK).get(row),
          isDone ? verb : undone.computeIfAbsent(verb, name -> "undone " + name),
          1);
    }
  }

  /**
   * @param files the night's rows of {@code loaded_files}
   */
  void addFiles(ColumnRows files) {
    for (int row = 0; row < files.size(); row++) {
      String network = files.texts(LoadedFiles.NETWORK).get(row);
      add(network, FILE, 1);
      add(network, LINE, files.longs(LoadedFiles.LINE_COUNT).get(row));
      add(network, ACCEPTED_LINE, files.longs(LoadedFiles.ACCEPTED_COUNT).get(row));
      add(network, "ignored line", files.longs(LoadedFiles.IGNORED_COUNT).get(row));
      add(network, REJECTED_LINE, files.longs(LoadedFiles.REJECTED_COUNT).get(row));
    }
  }

  /**
   * @param ignored the night's rows of {@code ignored_kinds}
   */
  void addIgnored(ColumnRows ignored) {
    for (int row = 0; row < ignored.size(); row++) {
      String network = ignored.texts(IgnoredKinds.NETWORK).get(row);
      long count = ignored.longs(IgnoredKinds.STATEMENT_COUNT).get(row);
      String rule = ignored.texts(IgnoredKinds.RULE).get(row);
      if (rule.equals(IgnoredKinds.DUPLICATE_LINE)) {
        add(network, "duplicate line", count);
        add(network, ACCEPTED_LINE, -count);
      } else if (rule.equals(IgnoredKinds.UNREADABLE_FILE)) {
        add(network, rule, count);
      }
    }
  }

  /** Rows of {@code mart_network_activity}: what was new on the night. */
  ColumnRows activity(long night) {
    ColumnRows rows = new ColumnRows(MartNetworkActivity.TABLE);
    counts.forEach(
        (network, measures) ->
            measures.forEach(
                (measure, count) -> {
                  rows.texts(MartNetworkActivity.NETWORK).add(network);
                  rows.longs(MartNetworkActivity.NIGHT).add(night);
                  rows.texts(MartNetworkActivity.MEASURE).add(measure);
                  rows.longs(MartNetworkActivity.MEASURE_COUNT).add(count);
                }));
    return rows;
  }

  /** What was ever loaded of a network. */
  private static final class Loaded {
    private long firstNight = Long.MAX_VALUE;
    private long lastNight;
    private long nights;
    private long lines;
    private long rejected;
    private long posts;
    private long acts;
    private long follows;
    private long likes;
    private long accounts;
    private long scored;

    void add(String measure, long night, long count) {
      if (ACTS.contains(measure)) {
        acts += count;
      }
      switch (measure) {
        case FILE -> {
          firstNight = Math.min(firstNight, night);
          lastNight = Math.max(lastNight, night);
          nights++;
        }
        case LINE -> lines += count;
        case REJECTED_LINE -> rejected += count;
        case "post" -> posts += count;
        case "follow" -> follows += count;
        case "like" -> likes += count;
        default -> {
          // Told by mart_network_activity alone.
        }
      }
    }
  }

  /**
   * The networks.
   *
   * @param activity rows of {@code mart_network_activity} up to tonight
   * @param scores tonight's rows of {@code account_state}
   * @return rows of {@code mart_networks}: of networks of which a file was ever loaded
   */
  static ColumnRows networks(List<ColumnRows> activity, ColumnRows scores, long night) {
    Map<String, Loaded> networks = new TreeMap<>();
    for (ColumnRows some : activity) {
      for (int row = 0; row < some.size(); row++) {
        networks
            .computeIfAbsent(some.texts(MartNetworkActivity.NETWORK).get(row), any -> new Loaded())
            .add(
                some.texts(MartNetworkActivity.MEASURE).get(row),
                some.longs(MartNetworkActivity.NIGHT).get(row),
                some.longs(MartNetworkActivity.MEASURE_COUNT).get(row));
      }
    }
    networks.values().removeIf(loaded -> loaded.nights == 0);
    for (int row = 0; row < scores.size(); row++) {
      Loaded loaded = networks.get(scores.texts(AccountState.NETWORK).get(row));
      if (loaded != null) {
        loaded.accounts++;
        loaded.scored += scores.doubles(AccountState.SCORE).isNull(row) ? 0 : 1;
      }
    }
    ColumnRows rows = new ColumnRows(MartNetworks.TABLE);
    networks.forEach(
        (network, loaded) -> {
          rows.texts(MartNetworks.NETWORK).add(network);
          rows.longs(MartNetworks.FIRST_NIGHT).add(loaded.firstNight);
          rows.longs(MartNetworks.LAST_NIGHT).add(loaded.lastNight);
          rows.longs(MartNetworks.NIGHT_COUNT).add(loaded.nights);
          rows.longs(MartNetworks.LINE_COUNT).add(loaded.lines);
          rows.longs(MartNetworks.REJECTED_COUNT).add(loaded.rejected);
          rows.longs(MartNetworks.POST_COUNT).add(loaded.posts);
          rows.longs(MartNetworks.ACT_COUNT).add(loaded.acts);
          rows.longs(MartNetworks.HAS_FOLLOWS).add(loaded.follows > 0);
          rows.longs(MartNetworks.HAS_LIKES).add(loaded.likes > 0);
          rows.longs(MartNetworks.ACCOUNT_COUNT).add(loaded.accounts);
          rows.longs(MartNetworks.SCORED_COUNT).add(loaded.scored);
          rows.longs(MartNetworks.NIGHT).add(night);
        });
    return rows;
  }
}
