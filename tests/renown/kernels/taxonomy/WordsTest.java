package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void marksOfLatinGreekAndCyrillicAreIgnored() {
    assertThat(Words.of("¡Árbol, NIÑO!")).isEqualTo(" arbol nino ");
    assertThat(Words.of("e\u0301cole")).isEqualTo(" ecole ");
    assertThat(Words.of("Ελλάδα")).isEqualTo(Words.of("Ελλαδα"));
    assertThat(Words.of("ёлка")).isEqualTo(" елка ");
    assertThat(Words.of("Straße Œuvre Ærø Łódź")).isEqualTo(" strasse oeuvre aero lodz ");
  }

  @Test
  void marksOfOtherScriptsTellWordsApart() {
    // "gas" and "dregs" in Japanese, once composed and once not.
    assertThat(Words.of("ガス")).isNotEqualTo(Words.of("カス"));
    assertThat(Words.of(Normalizer.normalize("ガス", Normalizer.Form.NFD))).isEqualTo(" ガス ");
    assertThat(Words.of("ｶﾞｽ")).isEqualTo(" ガス ");
    // Vowel signs and the sign that joins consonants, within words.
    assertThat(Words.of("हिन्दी, किताब")).isEqualTo(" हिन्दी किताब ");
    assertThat(Words.of("কলকাতা")).isEqualTo(" কলকাতা ");
    assertThat(Words.of("ภาษาไทยที่นี่")).isEqualTo(" ภาษาไทยที่นี่ ");
    assertThat(Words.of("العربيّة")).isEqualTo(" العربيّة ");
  }

  @Test
  void koreanStaysComposed() {
    assertThat(Words.joined(Normalizer.normalize("방탄소년단", Normalizer.Form.NFD))).isEqualTo("방탄소년단");
    assertThat(Words.joined("방탄소년단")).isEqualTo("방탄소년단");
  }

  @Test
  void lettersWithoutSpacesArePartedFromOthers() {
    assertThat(Words.of("AIの未来2026年")).isEqualTo(" ai の未来 2026 年 ");
    assertThat(Words.joined("AIの未来")).isEqualTo("aiの未来");
  }

  @Test
  void symbolsAtAWordsEndBelongToIt() {
    assertThat(Words.of("C++, C#; F# or 18+")).isEqualTo(" c++ c# f# or 18+ ");
    assertThat(Words.of("a+b #1")).isEqualTo(" a b 1 ");
    assertThat(Words.joined("C++")).isEqualTo("c++");
    assertThat(Words.joined("C")).isEqualTo("c");
  }

  @Test
  void anEmojiAloneStandsForItself() {
    assertThat(Words.joined("⚽")).isEqualTo("⚽");
    assertThat(Words.joined("⚽\uFE0F")).isEqualTo("⚽");
    assertThat(Words.joined("Cats🐱")).isEqualTo("cats");
    assertThat(Words.joined("...")).isEmpty();
  }

  /** Every word of a text that was normalised is the same if it is normalised again. */
  @Test
  void wordsOfWordsAreTheSame() {
    for (String text :
        new String[] {"Árbol ガス हिन्दी ภาษา 방탄 C++ ﬁne ①② Ǆ ﷺ 👍🏽", "İstanbul", "ſ K Å", "ΐ ΰ"}) {
      assertThat(Words.of(Words.of(text))).isEqualTo(Words.of(text));
      assertThat(Normalizer.isNormalized(Words.of(text), Normalizer.Form.NFC)).isTrue();
    }
  }
}
