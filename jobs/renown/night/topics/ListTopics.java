package renown.night.topics;

import java.util.List;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.lake.ColumnRows;
import renown.tables.AccountLists;
import renown.tables.TableColumn;

/** What lists and starter packs are about, by name, else by description. */
final class ListTopics {
  static final TableColumn[] COLUMNS = {
    AccountLists.NETWORK,
    AccountLists.LIST_ID,
    AccountLists.LIST_NAME,
    AccountLists.DESCRIPTION,
    AccountLists.PURPOSE
  };

  private ListTopics() {}

  /**
   * Tells what those lists are about that somebody was added to tonight.
   *
   * @param lists those that tonight's acts name
   * @param leastConfidence less sure topics are left out
   */
  static void read(
      String network,
      CoreColumns.Seen core,
      TopicMatcher matcher,
      double leastConfidence,
      NamedPosts lists) {
    for (ColumnRows rows : core.of(AccountLists.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        String id = rows.texts(AccountLists.LIST_ID).get(row);
        if (!network.equals(rows.texts(AccountLists.NETWORK).get(row))
            || "moderation".equals(rows.texts(AccountLists.PURPOSE).get(row))) {
          continue;
        }
        Integer list = lists.asked(id);
        if (list == null) {
          continue;
        }
        String name = rows.texts(AccountLists.LIST_NAME).get(row);
        String description = rows.texts(AccountLists.DESCRIPTION).get(row);
        lists.add(list, TopicNumbers.EVERYTHING, 1, false);
        for (TopicMatch match : of(name, description, matcher)) {
          if (match.confidence() >= leastConfidence) {
            lists.add(list, match.topicId(), match.confidence(), false);
          }
        }
      }
    }
  }

  static List<TopicMatch> of(String name, String description, TopicMatcher matcher) {
    List<TopicMatch> byName = name == null ? List.of() : matcher.matchName(name);
    return byName.isEmpty() && description != null ? matcher.match(description, null) : byName;
  }
}
