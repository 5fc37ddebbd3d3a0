package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.TopicMatcher;

/**
 * How often a topic that the matcher gives is right, on real posts: those of ten minutes of X that
 * {@code x-labels.tsv} beside the fixtures names. See {@code README.md} there. Topics that nobody
 * has judged are passed over: {@link TopicAccuracyTest} holds random posts of which all is known.
 */
class HandLabelledTopicsTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));

  private static final Path LABELS = Path.of("tests/fixtures/topics/x-labels.tsv");

  @Test
  void topicsOfRealPostsAreMostlyRight() throws IOException {
    assumeTrue(RealPosts.areIn(DATA), () -> "no real data in " + DATA.toAbsolutePath());
    // By post: which topics are right (true), which are not.
    Map<String, Map<String, Boolean>> labels = new TreeMap<>();
    for (String line : Files.readAllLines(LABELS)) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t");
        labels
            .computeIfAbsent(fields[0], id -> new TreeMap<>())
            .put(fields[1], fields[2].equals("right"));
      }
    }
    TopicMatcher matcher = new TopicMatcher(TaxonomyFiles.shipped());
    Map<String, RealPosts.Post> posts = RealPosts.read(DATA);
    // Some were labelled that are retweets told by their text alone, and no posts.
    labels.keySet().retainAll(posts.keySet());
    assertThat(labels).hasSizeGreaterThanOrEqualTo(300);
    int[] count = new int[2];
    labels.forEach(
        (id, its) -> {
          for (String topic : TopicAccuracy.given(posts.get(id).topics(matcher))) {
            Boolean right = its.get(topic);
            if (right != null) {
              count[right ? 1 : 0]++;
            }
          }
        });
    double precision = (double) count[1] / (count[0] + count[1]);
    System.out.printf(
        "topics of real posts: %d of %d judged ones are right (%.3f)%n",
        count[1], count[0] + count[1], precision);
    assertThat(precision).isGreaterThan(0.8);
  }
}
