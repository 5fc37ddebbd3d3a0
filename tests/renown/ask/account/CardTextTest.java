package renown.ask.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardTextTest {
  private static String card(String language, String term) {
    AccountCard card =
        new AccountCard(
            "bluesky",
            "id",
            "ada.example",
            null,
            "person",
            "en",
            "2026-01-07",
            20.0,
            18.0,
            22.0,
            19.0,
            3L,
            90,
            "sufficient",
            "A sentence.",
            List.of(),
            List.of(new AccountCard.Change(term, null, 1.5)),
            1.5,
            List.of(),
            List.of(),
            null,
            null,
            null,
            List.of(new AccountCard.PostingHour(7, 20, -4, 0.34)),
            new AccountCard.Community("#jazz #swing", 1200, 14),
            List.of(),
            List.of(),
            List.of());
    return String.join("\n", CardText.of(card, language));
  }

  /** "reference" is a word of the tables; who reads a card wants to know what it means. */
  @ParameterizedTest
  @CsvSource({"en, the scale, is taken anew each night", "es, la escala, se toma de nuevo"})
  void aProvisionalScaleIsExplained(String language, String name, String reason) {
    assertThat(card(language, "reference").replaceAll("\\s+", " "))
        .contains(name + " +1.50", reason)
        .doesNotContain("reference +");
  }

  @Test
  void otherCausesNeedNoNote() {
    assertThat(card("en", "model")).contains("new weights").doesNotContain("The scale");
    assertThat(card("en", "authority")).contains("authority").doesNotContain("The scale");
  }

  @Test
  void hoursAreOnTheAudiencesClockAndACommunityTellsWhatItsMemberBridged() {
    assertThat(card("en", "any"))
        .contains("  Sunday     20:00  (UTC-4)  +34 %")
        .contains("Community: #jazz #swing, 1,200 accounts")
        .contains("it brought posts of other communities to 14 of them");
    assertThat(card("es", "any"))
        .contains("  domingo    20:00  (UTC-4)  +34 %")
        .contains("Comunidad: #jazz #swing, 1,200 cuentas");
  }
}
