package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.lake.ColumnRows;
import renown.tables.Deletions;
import renown.tables.PostTexts;
import renown.tables.Posts;

/** What posts, lists and deletions say themselves. */
class NightPostTest {
  private static final TopicMatcher MATCHER = new TopicMatcher(TaxonomyFiles.shipped());

  private final ColumnRows posts = new ColumnRows(Arrays.asList(NightPost.POST_COLUMNS));
  private final ColumnRows texts = new ColumnRows(Arrays.asList(NightPost.TEXT_COLUMNS));

  private void post(String network, String id, String language, String text, String... hashtags) {
    posts.texts(Posts.NETWORK).add(network);
    posts.texts(Posts.POST_ID).add(id);
    posts.longs(Posts.RECORD_DATE).add(20_467);
    posts.longs(Posts.AUTHOR_KEY).add(7);
    posts.longs(Posts.HAPPENED_AT).add(1);
    posts.texts(Posts.LANGUAGE).add(language);
    posts.texts(Posts.REPLY_TO_ID).add("r");
    posts.texts(Posts.THREAD_ID).addNull();
    posts.texts(Posts.QUOTED_ID).addNull();
    posts.lists(Posts.HASHTAGS).add(hashtags);
    posts.lists(Posts.LINKS).add(new String[0]);
    if (text != null) {
      texts.texts(PostTexts.NETWORK).add(network);
      texts.texts(PostTexts.POST_ID).add(id);
      texts.texts(PostTexts.TEXT).add(text);
    }
  }

  private List<NightPost> read(Map<String, Attachment> attached) {
    CoreColumns.Seen core = new CoreColumns.Seen();
    core.add(Posts.TABLE, posts);
    core.add(PostTexts.TABLE, texts);
    return NightPost.read("n", core, MATCHER, attached, 0.5);
  }

  @Test
  void postsAreToldByTextHashtagAndAttachment() {
    post("n", "d", "en", null, "ajedrez");
    post("n", "a", "en", "zugzwang and tablebase!");
    post("n", "b", "en", "I agree");
    post("n", "z", "en", null, "LINARES2026");
    post("elsewhere", "e", "en", "zugzwang and tablebase!");
    List<NightPost> read = read(Map.of("linares2026", new Attachment("chess", 0.7)));
    assertThat(read).extracting(NightPost::id).containsExactly("a", "b", "d", "z");
    assertThat(ids(read.get(0))).containsExactly("chess", "games");
    assertThat(ids(read.get(1))).isEmpty();
    assertThat(ids(read.get(2))).containsExactly("chess", "games");
    assertThat(read.get(3).direct())
        .extracting(match -> match.topicId() + " " + match.basis())
        .containsExactly("chess co-occurrence", "games child");
    assertThat(read.get(0).parents()).containsExactly("r", null, null);
    assertThat(ids(read(Map.of("linares2026", new Attachment("chess", 0.4))).get(3))).isEmpty();
  }

  private static List<String> ids(NightPost post) {
    return post.direct().stream().map(TopicMatch::topicId).toList();
  }

  @Test
  void theLanguageIsTheNetworksElseTheTexts() {
    post("n", "s", null, "Mañana por la tarde iremos todos juntos a pasear por la orilla del río");
    post("n", "r", "es-MX", null);
    post("n", "u", "und", null);
    assertThat(read(Map.of())).extracting(NightPost::language).containsExactly("es", "es", null);
  }

  @Test
  void listsAreAboutWhatTheirNameSays() {
    assertThat(list("Space experts", null)).contains("space");
    assertThat(list("Gente que sabe de Cocina", null)).contains("cooking");
    assertThat(list("My friends", "players of chess")).contains("chess");
    assertThat(list(null, null)).isEmpty();
  }

  private static List<String> list(String name, String description) {
    return ListTopics.of(name, description, MATCHER).stream().map(TopicMatch::topicId).toList();
  }

  /** A post is gone if its author says so, or its network, and nobody else. */
  @Test
  void postsAreDeletedByAuthorsAndNetworks() {
    ColumnRows rows = new ColumnRows(Arrays.asList(DeletedPosts.COLUMNS));
    deletion(rows, "n", "a", 1);
    deletion(rows, "n", "a", 5);
    deletion(rows, "n", "gone", Deletions.BY_THE_NETWORK);
    CoreColumns.Seen core = new CoreColumns.Seen();
    core.add(Deletions.TABLE, rows);
    DeletedPosts deleted = new DeletedPosts(core);
    assertThat(deleted.contains("n", "a", 1)).isTrue();
    assertThat(deleted.contains("n", "a", 2)).isFalse();
    assertThat(deleted.contains("m", "a", 1)).isFalse();
    assertThat(deleted.contains("n", "gone", 2)).isTrue();
    assertThat(deleted.records("n")).containsExactlyInAnyOrder("a", "gone");
    assertThat(deleted.records("m")).isEmpty();
  }

  private static void deletion(ColumnRows rows, String network, String id, long deleter) {
    rows.texts(Deletions.NETWORK).add(network);
    rows.texts(Deletions.RECORD_ID).add(id);
    rows.longs(Deletions.DELETER_KEY).add(deleter);
  }
}
