package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.formats.Formats;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.topics.TopicClock;
import renown.lab.evaluate.SpokenTopics;
import renown.lab.generate.DumpGenerator;
import renown.lab.generate.DumpGenerator.PlantedPost;
import renown.lab.generate.Network;
import renown.lab.generate.SocietySettings;
import renown.lab.generate.Speech;
import renown.lake.ColumnRows;
import renown.tables.TopicWords;

/**
 * People of a generated society speak in words that nobody wrote into the taxonomy: how many of the
 * planted topics are found, by the taxonomy and by what a night teaches?
 */
class SpokenTopicsTest {
  private static final int DAYS = 3;
  private static final Taxonomy TAXONOMY = TaxonomyFiles.shipped();

  private final Map<String, PlantedPost> planted = new HashMap<>();

  /** The posts of a day as the format reads them, told by the matcher. */
  private List<NightPost> posts(DumpGenerator generator, int day, TopicMatcher matcher)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    generator.write(day, 0, out);
    generator.posts(day, 0).forEach(post -> planted.put(post.id(), post));
    DumpFormat format = Formats.byName("bluesky-jetstream");
    List<NightPost> posts = new ArrayList<>();
    LineSink sink =
        new LineSink() {
          @Override
          public void accept(ParsedRecord record) {
            if (record.kind == ParsedRecord.Kind.POST && planted.containsKey(record.recordId)) {
              String[] hashtags = record.hashtags.toArray(String[]::new);
              String[] links = record.links.toArray(String[]::new);
              posts.add(
                  new NightPost(
                      record.recordId,
                      day,
                      record.recordId.split("/")[2].hashCode(),
                      day,
                      planted.get(record.recordId).language(),
                      new String[3],
                      hashtags,
                      links,
                      record.text,
                      sure(
                          matcher.match(
                              record.text,
                              record.hashtags,
                              record.links,
                              planted.get(record.recordId).language())),
                      sure(
                          matcher.match(
                              null,
                              record.hashtags,
                              record.links,
                              planted.get(record.recordId).language()))));
            }
          }

          @Override
          public void ignored(String rule) {}
        };
    byte[] bytes = out.toByteArray();
    int from = 0;
    for (int to = 0; to < bytes.length; to++) {
      if (bytes[to] == '\n') {
        format.parse(bytes, from, to - from, sink);
        from = to + 1;
      }
    }
    return posts;
  }

  private static List<TopicMatch> sure(List<TopicMatch> matches) {
    return matches.stream().filter(match -> match.confidence() >= 0.5).toList();
  }

  private static Map<String, String> bases(List<TopicMatch> matches) {
    Map<String, String> bases = new TreeMap<>();
    for (TopicMatch match : matches) {
      if (!match.basis().equals("child")) {
        bases.put(match.topicId(), match.basis());
      }
    }
    return bases;
  }

  @Test
  void aNightTeachesTheWordsOfPeople() throws Exception {
    SocietySettings settings =
        new SocietySettings(1200, LocalDate.parse("2026-01-05"), 5, 8, 0, Speech.PEOPLE);
    DumpGenerator generator = new DumpGenerator(settings, Network.BLUESKY);
    TopicMatcher matcher = new TopicMatcher(TAXONOMY);
    ColumnRows known = new ColumnRows(TopicWords.TABLE);
    SpokenTopics count = new SpokenTopics(TAXONOMY);
    for (int day = 0; day < DAYS; day++) {
      List<NightPost> posts = posts(generator, day, matcher);
      LearnedWords learned =
          new LearnedWords(
              "bluesky",
              known,
              posts,
              TAXONOMY,
              List.of(),
              new TopicClock(day, 90),
              post -> Map.of());
      known = learned.rows();
      for (NightPost post : posts) {
        String topic = planted.get(post.id()).topic();
        count.add(
            "machinelearning".equals(topic) ? "machine-learning" : topic,
            bases(post.direct().isEmpty() ? learned.topics(post, 0.5) : post.direct()));
      }
    }
    System.out.printf(
        "topics of people: recall %.3f, without words %.3f, precision %.3f, of words %.3f%n",
        count.recall(), count.recallWithoutWords(), count.precision(), count.learnedPrecision());
    assertThat(count.recallWithoutWords()).isBetween(0.2, 0.45);
    assertThat(count.recall()).isGreaterThan(count.recallWithoutWords() + 0.1);
    assertThat(count.learnedPrecision()).isGreaterThan(0.9);
  }
}
