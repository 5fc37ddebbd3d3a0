package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

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
}
