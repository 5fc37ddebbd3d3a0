package renown.kernels.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.kernels.topics.HashtagTopics.Hashtag;

class HashtagTopicsTest {
  private static final long NIGHT = 20_467;

  private record Counted(String hashtag, String topic, long posts, long authors, long day) {}

  private static HashtagTopics topics(List<Counted> counted) {
    HashtagTopics topics = new HashtagTopics(NIGHT);
    counted.forEach(one -> topics.add(one.hashtag, one.topic, one.posts, one.authors, one.day));
    return topics;
  }

  @Test
  void aHashtagIsAttachedToTheTopicItComesWith() {
    List<Counted> counted =
        List.of(
            new Counted("linares2026", null, 20, 20, NIGHT),
            new Counted("linares2026", "chess", 18, 18, NIGHT),
            new Counted("monday", null, 40, 40, NIGHT),
            new Counted("monday", "chess", 18, 18, NIGHT),
            new Counted("alone", null, 9, 1, NIGHT));
    List<Hashtag> attached = topics(counted).attached();
    assertThat(attached)
        .extracting(Hashtag::hashtag)
        .containsExactly("alone", "linares2026", "monday");
    assertThat(attached.get(1).topicId()).isEqualTo("chess");
    // Wilson's bound for 18 of 20, by hand.
    assertThat(attached.get(1).confidence()).isCloseTo(0.7386, within(1e-3));
    assertThat(attached.get(2).topicId()).isNull();
    assertThat(attached.get(2).confidence()).isNaN();
    assertThat(topics(counted).emerging(10))
        .extracting(Hashtag::hashtag)
        .containsExactly("monday", "linares2026");
    assertThat(topics(counted).emerging(1)).hasSize(1);
  }

  @Test
  void whatIsFourWeeksOldIsForgotten() {
    List<Counted> counted =
        List.of(
            new Counted("old", null, 20, 20, NIGHT - 28),
            new Counted("old", "chess", 20, 20, NIGHT - 28),
            new Counted("lasting", null, 3, 3, NIGHT - 27),
            new Counted("lasting", null, 4, 4, NIGHT - 55),
            new Counted("lasting", null, 5, 5, NIGHT - 56),
            new Counted("lasting", null, 6, 6, NIGHT + 1));
    assertThat(topics(counted).attached())
        .containsExactly(new Hashtag("lasting", 3, 3, 4, null, Double.NaN));
  }

  /** Of topics with as many authors and posts the last by its id, whatever came first. */
  @Test
  void theOrderOfNightsDoesNotMatter() {
    Random random = new Random(1);
    List<Counted> counted = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String hashtag = "h" + random.nextInt(12);
      String topic = random.nextInt(3) == 0 ? null : "t" + random.nextInt(3);
      long authors = 1 + random.nextInt(9);
      counted.add(new Counted(hashtag, topic, authors, authors, NIGHT - random.nextInt(60)));
    }
    List<Hashtag> attached = topics(counted).attached();
    Collections.shuffle(counted, random);
    assertThat(topics(counted).attached()).hasSize(12).isEqualTo(attached);
    assertThat(
            topics(
                    List.of(
                        new Counted("h", null, 10, 10, NIGHT),
                        new Counted("h", "b", 9, 9, NIGHT),
                        new Counted("h", "a", 9, 9, NIGHT)))
                .attached()
                .get(0)
                .topicId())
        .isEqualTo("b");
  }
}
