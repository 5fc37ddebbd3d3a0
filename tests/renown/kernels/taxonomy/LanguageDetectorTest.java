package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanguageDetectorTest {
  @Test
  void aScriptOfOneLanguageTellsItInAFewLetters() {
    assertThat(LanguageDetector.detect("今天天气很好我们去公园散步吧大家一起来")).isEqualTo("zh");
    assertThat(LanguageDetector.detect("おはよう")).isEqualTo("ja");
    assertThat(LanguageDetector.detect("東京へ行く")).isEqualTo("ja");
    assertThat(LanguageDetector.detect("안녕")).isEqualTo("ko");
    assertThat(LanguageDetector.detect("สวัสดี")).isEqualTo("th");
    assertThat(LanguageDetector.detect("שלום לכם")).isEqualTo("he");
    assertThat(LanguageDetector.detect("καλημέρα")).isEqualTo("el");
  }

  @Test
  void sentencesOfSharedScriptsAreToldByTheModel() {
    assertThat(LanguageDetector.detect("Mañana iremos a pasear por la orilla del río"))
        .isEqualTo("es");
    assertThat(LanguageDetector.detect("Amanhã não vou trabalhar, vou ficar em casa"))
        .isEqualTo("pt");
    assertThat(LanguageDetector.detect("Сегодня хорошая погода, пойдём гулять")).isEqualTo("ru");
    assertThat(LanguageDetector.detect("hari ini saya tidak mau pergi ke sekolah")).isEqualTo("id");
  }

  @Test
  void whatTellsNothingIsUndetected() {
    assertThat(LanguageDetector.detect(null)).isNull();
    assertThat(LanguageDetector.detect("")).isNull();
    assertThat(LanguageDetector.detect("lol")).isNull();
    assertThat(LanguageDetector.detect("😂😂😂 !!! 123")).isNull();
    assertThat(LanguageDetector.detect("@someone https://example.com/some/long/path #hashtag"))
        .isNull();
  }

  @Test
  void aLongTextIsSurerThanAShortOne() {
    double brief = LanguageDetector.detection("buenas tardes, mañana vuelvo").confidence();
    double full =
        LanguageDetector.detection(
                "Esta mañana hemos salido temprano de casa para llegar a tiempo a la estación, pero"
                    + " el tren ya se había marchado cuando llegamos")
            .confidence();
    assertThat(full).isGreaterThanOrEqualTo(brief).isLessThanOrEqualTo(1);
    assertThat(brief).isBetween(0.5, 1.0);
  }

  @Test
  void codesAreOfOneTable() {
    assertThat(LanguageCodes.of("in")).isEqualTo("id");
    assertThat(LanguageCodes.of("ind")).isEqualTo("id");
    assertThat(LanguageCodes.of("iw")).isEqualTo("he");
    assertThat(LanguageCodes.of("es-419")).isEqualTo("es");
    assertThat(LanguageCodes.of("zh_Hant_TW")).isEqualTo("zh");
    assertThat(LanguageCodes.of("deu")).isEqualTo("de");
    assertThat(LanguageCodes.of("cmn")).isEqualTo("zh");
    assertThat(LanguageCodes.of("nb")).isEqualTo("no");
    assertThat(LanguageCodes.of("fil")).isEqualTo("tl");
    for (String none : new String[] {null, "", " ", "und", "zxx", "mul", "qme", "qht", "english"}) {
      assertThat(LanguageCodes.of(none)).as(none).isNull();
    }
  }
}
