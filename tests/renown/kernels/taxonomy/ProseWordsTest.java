package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseWordsTest {
  @Test
  void wordsAreTheProseOfAPost() {
    assertThat(
            ProseWords.of(
                "Béla's 2nd SOURDOUGH, a starter & béla @baker #bread https://a.example/x"))
        .containsExactly("2nd", "bela", "sourdough", "starter");
    assertThat(ProseWords.of("")).isEmpty();
    assertThat(ProseWords.of(null)).isEmpty();
    assertThat(ProseWords.of("12 1999 x".repeat(1) + " " + "y".repeat(31))).isEmpty();
  }

  @Test
  void textWithoutSpacesIsCut() {
    assertThat(ProseWords.of("宇宙開発の話")).containsExactly("宇宙", "話", "開発");
    assertThat(ProseWords.of("ฉันรักแมว")).containsExactly("ฉัน", "รัก", "แมว");
  }
}
