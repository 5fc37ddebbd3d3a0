package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.Test;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.LanguageDetector;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.Words;

/**
 * How often a topic that the matcher gives is right, on real posts: those of ten minutes of X that
 * {@code x-labels.tsv} beside the fixtures names. See {@code README.md} there.
 */
class HandLabelledTopicsTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"))
          .resolve("twitter-v1-stream");

  private static final Path LABELS = Path.of("tests/fixtures/topics/x-labels.tsv");

  /** The default of {@code topics.confidence-min}. */
  private static final double LEAST_CONFIDENCE = 0.5;

  /** What a post says, and in what language. */
  record Read(String id, String language, String text, List<String> hashtags, List<String> links) {
    /** Its topics, without those that are only above them. */
    TreeSet<String> topics(TopicMatcher matcher) {
      TreeSet<String> topics = new TreeSet<>();
      for (TopicMatch match : matcher.match(text, hashtags, links, language)) {
        if (match.confidence() >= LEAST_CONFIDENCE && !match.basis().equals("child")) {
          topics.add(match.topicId());
        }
      }
      return topics;
    }
  }

  /** All posts of the ten minutes, by id; those in retweets and quotes too. */
  static Map<String, Read> posts() throws IOException {
    List<Path> files;
    try (var found = Files.list(DATA)) {
      files = found.filter(path -> path.toString().endsWith(".json.bz2")).sorted().toList();
    }
    Map<String, Read> posts = new TreeMap<>();
    DumpFormat format = Formats.byName("x-v1-stream");
    LineSink sink =
        new LineSink() {
          @Override
          public void accept(ParsedRecord record) {
            if (record.kind == ParsedRecord.Kind.POST && record.text != null) {
              String said = Words.language(record.language);
              posts.put(
                  record.recordId,
                  new Read(
                      record.recordId,
                      said != null ? said : LanguageDetector.detect(record.text),
                      record.text,
                      record.hashtags,
                      record.links));
            }
          }

          @Override
          public void ignored(String rule) {}
        };
    for (Path file : files) {
      try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
          InputStream in = new BZip2CompressorInputStream(packed, true)) {
        byte[] bytes = in.readAllBytes();
        int from = 0;
        for (int to = 0; to < bytes.length; to++) {
          if (bytes[to] == '\n') {
            parse(format, bytes, from, to - from, sink);
            from = to + 1;
          }
        }
      }
    }
    return posts;
  }

  private static void parse(DumpFormat format, byte[] bytes, int from, int length, LineSink sink) {
    if (new String(bytes, from, length, StandardCharsets.UTF_8).isBlank()) {
      return;
    }
    try {
      format.parse(bytes, from, length, sink);
    } catch (RejectedLineException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void topicsOfRealPostsAreMostlyRight() throws IOException {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
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
    assertThat(labels).hasSizeGreaterThanOrEqualTo(300);
    TopicMatcher matcher = new TopicMatcher(TaxonomyFiles.shipped());
    Map<String, Read> posts = posts();
    Map<String, int[]> counts = new TreeMap<>();
    List<String> unlabelled = new ArrayList<>();
    labels.forEach(
        (id, its) -> {
          Read post = posts.get(id);
          int[] count = counts.computeIfAbsent(post.language(), language -> new int[2]);
          for (String topic : post.topics(matcher)) {
            Boolean right = its.get(topic);
            if (right == null) {
              unlabelled.add(id + "\t" + topic);
            } else {
              count[right ? 1 : 0]++;
            }
          }
        });
    // A change of the taxonomy may bring topics that nobody has looked at: read the post, label it.
    assertThat(unlabelled).isEmpty();
    assertThat(counts).containsOnlyKeys("en", "es");
    counts.forEach(
        (language, count) -> {
          double precision = (double) count[1] / (count[0] + count[1]);
          System.out.printf(
              "topics of real posts, %s: %d of %d are right (%.3f)%n",
              language, count[1], count[0] + count[1], precision);
          assertThat(precision).as(language).isGreaterThan(0.8);
        });
  }
}
