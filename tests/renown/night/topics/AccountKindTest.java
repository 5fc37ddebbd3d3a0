package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import renown.night.topics.AccountKind.Signs;
import renown.night.topics.AccountKind.Verdict;

class AccountKindTest {
  private static Verdict of(String handle, String name, String description) {
    return AccountKind.of(new Signs(handle, name, description, null, 20, 0, 0, 10, 10));
  }

  @Test
  void profilesTell() {
    assertThat(of("ana", "Ana Mora", "Escribo sobre cocina. Opiniones mías.").kind())
        .isEqualTo("person");
    assertThat(of("climate-daily", "Climate Daily", "News and analysis. Newsroom account.").kind())
        .isEqualTo("organisation");
    assertThat(of("ayto", "Ayuntamiento de Vera", "Cuenta oficial. Síguenos.").kind())
        .isEqualTo("organisation");
    Verdict bot = of("quakebot", "Quake Bot", "Automated posts of earthquakes");
    assertThat(bot.kind()).isEqualTo("automated");
    assertThat(bot.reasons()).contains("name says \"bot\"", "profile says \"automated\"");
  }

  @Test
  void whatItDeclaresCounts() {
    Verdict verdict = AccountKind.of(new Signs("x", "Ana Mora", "", true, 20, 0, 0, 10, 10));
    assertThat(verdict.kind()).isEqualTo("automated");
    assertThat(verdict.reasons()).first().isEqualTo("declares itself automated");
    assertThat(verdict.confidence()).isGreaterThan(0.75);
  }

  @Test
  void repetitionTells() {
    Verdict verdict = AccountKind.of(new Signs("a", "a", "hm", null, 100, 0.9, 0, 0, 700));
    assertThat(verdict.kind()).isEqualTo("automated");
    assertThat(verdict.reasons()).contains("repeats 90 % of its posts word by word");
  }

  @Test
  void nothingKnownIsUnknown() {
    Verdict verdict = AccountKind.of(new Signs(null, null, null, null, 0, 0, 0, 0, 0));
    assertThat(verdict.kind()).isEqualTo("unknown");
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.confidence()).isBetween(0.0, 1.0);
  }

  @Test
  void aWordWithinAWordIsNone() {
    assertThat(of("pressman", "Anna Botham", "I love abbots").kind()).isEqualTo("person");
  }
}
