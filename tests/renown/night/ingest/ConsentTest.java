package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentTest {
  @Test
  void theFirstReasonThatHoldsIsGiven() {
    assertThat(Consent.reason(false, "active", false, true)).isNull();
    assertThat(Consent.reason(true, "deleted", true, false)).isEqualTo("opted out");
    assertThat(Consent.reason(false, "deleted", true, false)).isEqualTo("deleted");
    assertThat(Consent.reason(false, "suspended", false, true)).isEqualTo("suspended");
    assertThat(Consent.reason(false, "deactivated", false, true)).isEqualTo("deactivated");
    assertThat(Consent.reason(false, "active", true, false)).isEqualTo("protected");
    assertThat(Consent.reason(false, "active", false, false)).isEqualTo("not discoverable");
  }

  private static boolean asks(String profile) {
    return new Consent.Tags(List.of("#nobot", "#noindex"), List.of("description")).areIn(profile);
  }

  @Test
  void aTagCountsWhereItIsOne() {
    assertThat(
            List.of(
                "#nobot",
                "Bees. #NoBot!",
                "books #bees#noindex",
                "\uFF03nobot",
                "#NOINDEX #other",
                "(#nobot)",
                "a\n#nobot\nb"))
        .allMatch(ConsentTest::asks);
    assertThat(
            List.of(
                "",
                "nobot",
                "#nobotany",
                "#nobot_not",
                "#nobots",
                "https://a.example/&#nobot;",
                "# nobot"))
        .noneMatch(ConsentTest::asks);
    assertThat(new Consent.Tags(List.of(), List.of("description")).areIn("#nobot")).isFalse();
  }

  @Test
  void aListNamesAccountsInAnySpelling() {
    Set<String> optOuts =
        Set.of(KeyBucket.name("fedi", "*@bots.example"), KeyBucket.name("x", "nasa"));
    assertThat(Consent.isListed(optOuts, "fedi", "https://bots.example/users/a", null)).isTrue();
    assertThat(Consent.isListed(optOuts, "fedi", "https://people.example/users/a", null)).isFalse();
    assertThat(Consent.isListed(optOuts, "x", "11348282", "NASA")).isTrue();
    assertThat(Consent.isListed(optOuts, "github", "nasa", "NASA")).isFalse();
  }
}
