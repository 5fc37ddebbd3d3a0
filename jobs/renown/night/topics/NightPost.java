package renown.night.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.LanguageDetector;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.lake.ColumnRows;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableColumn;

/**
 * A post of tonight.
 *
 * @param recordDay days since 1970
 * @param happenedAt microseconds since 1970
 * @param language ISO 639 as the network says it, else as detected; null if neither tells
 * @param parents ids of the posts that it answers, quotes and belongs to; null where there is none
 * @param text null if there is none, or it is not kept
 * @param direct the topics that it tells itself
 * @param named those that its hashtags, sites and communities name, whatever it says
 */
record NightPost(
    String id,
    long recordDay,
    long author,
    long happenedAt,
    String language,
    String[] parents,
    String[] hashtags,
    String[] links,
    String text,
    List<TopicMatch> direct,
    List<TopicMatch> named) {

  static final TableColumn[] POST_COLUMNS = {
    Posts.NETWORK,
    Posts.POST_ID,
    Posts.RECORD_DATE,
    Posts.AUTHOR_KEY,
    Posts.HAPPENED_AT,
    Posts.LANGUAGE,
    Posts.REPLY_TO_ID,
    Posts.THREAD_ID,
    Posts.QUOTED_ID,
    Posts.HASHTAGS,
    Posts.LINKS
  };

  static final TableColumn[] TEXT_COLUMNS = {PostTexts.NETWORK, PostTexts.POST_ID, PostTexts.TEXT};

  /**
   * The posts of a network with what they tell.
   *
   * @param core rows of posts and of texts; posts without text are kept
   * @param attached topics of hashtags that the taxonomy does not know
   * @param leastConfidence less sure topics are left out
   * @return in the order of their ids
   */
  static List<NightPost> read(
      String network,
      CoreColumns.Seen core,
      TopicMatcher matcher,
      Map<String, Attachment> attached,
      double leastConfidence) {
    Map<String, String> texts = new HashMap<>();
    for (ColumnRows rows : core.of(PostTexts.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        if (network.equals(rows.texts(PostTexts.NETWORK).get(row))) {
          texts.put(rows.texts(PostTexts.POST_ID).get(row), rows.texts(PostTexts.TEXT).get(row));
        }
      }
    }
    List<NightPost> posts = new ArrayList<>();
    for (ColumnRows rows : core.of(Posts.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        if (network.equals(rows.texts(Posts.NETWORK).get(row))) {
          String text = texts.get(rows.texts(Posts.POST_ID).get(row));
          posts.add(read(rows, row, text, matcher, attached, leastConfidence));
        }
      }
    }
    posts.sort(Comparator.comparing(NightPost::id));
    return posts;
  }

  private static NightPost read(
      ColumnRows rows,
      int row,
      String text,
      TopicMatcher matcher,
      Map<String, Attachment> attached,
      double leastConfidence) {
    String said = LanguageCodes.of(rows.texts(Posts.LANGUAGE).get(row));
    String language = said != null ? said : LanguageDetector.detect(text);
    String[] hashtags = rows.lists(Posts.HASHTAGS).texts(row);
    String[] links = rows.lists(Posts.LINKS).texts(row);
    return new NightPost(
        rows.texts(Posts.POST_ID).get(row),
        rows.longs(Posts.RECORD_DATE).get(row),
        rows.longs(Posts.AUTHOR_KEY).get(row),
        rows.longs(Posts.HAPPENED_AT).get(row),
        language,
        new String[] {
          rows.texts(Posts.REPLY_TO_ID).get(row),
          rows.texts(Posts.QUOTED_ID).get(row),
          rows.texts(Posts.THREAD_ID).get(row)
        },
        hashtags,
        links,
        text,
        sure(
            matcher.match(text, Arrays.asList(hashtags), Arrays.asList(links), language, attached),
            leastConfidence),
        hashtags.length + links.length == 0
            ? List.of()
            : sure(
                matcher.match(null, Arrays.asList(hashtags), Arrays.asList(links), language),
                leastConfidence));
  }

  private static List<TopicMatch> sure(List<TopicMatch> matches, double leastConfidence) {
    return matches.stream().filter(match -> match.confidence() >= leastConfidence).toList();
  }

  /** What it tells to somebody who knows what its author and its thread are otherwise about. */
  List<TopicMatch> expecting(
      Set<String> topics,
      TopicMatcher matcher,
      Map<String, Attachment> attached,
      double leastConfidence) {
    return sure(
        matcher.match(
            text, Arrays.asList(hashtags), Arrays.asList(links), language, attached, topics),
        leastConfidence);
  }

  /** The same post with other topics. */
  NightPost telling(List<TopicMatch> topics) {
    return new NightPost(
        id, recordDay, author, happenedAt, language, parents, hashtags, links, text, topics, named);
  }
}
