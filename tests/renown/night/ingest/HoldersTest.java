package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import renown.night.ingest.Holders.Holder;

class HoldersTest {
  private static final long DAY = 86_400_000_000L;

  @Test
  void aHandleIsOfWhoWasSeenWithItNearest() {
    Holders holders =
        Holders.of(
            List.of(
                new Holder("1", 10, 10),
                new Holder("2", 100, 100),
                new Holder("1", 20, 30),
                new Holder("2", 90, 95)));
    assertThat(holders.at(0)).isEqualTo("1");
    assertThat(holders.at(15)).isEqualTo("1");
    assertThat(holders.at(59)).isEqualTo("1");
    assertThat(holders.at(61)).isEqualTo("2");
    assertThat(holders.at(1_000)).isEqualTo("2");
    // As near to both: to who came later.
    assertThat(holders.at(60)).isEqualTo("2");
    // Given up for a while and taken back: to whom it was given in between.
    Holders lent = Holders.of(List.of(new Holder("1", 0, 100), new Holder("2", 40, 60)));
    assertThat(lent.at(50)).isEqualTo("2");
    assertThat(lent.at(39)).isEqualTo("1");
  }

  @Test
  void whatIsKnownByAWeekIsNoNewsUnlessSeveralHadTheHandle() {
    Holders known = Holders.of(List.of(new Holder("1", 0, 10 * DAY)));
    Holder again = new Holder("1", 12 * DAY, 13 * DAY);
    assertThat(Holders.of(List.of(again)).news(known)).isEmpty();
    Holder late = new Holder("1", 12 * DAY, 18 * DAY);
    assertThat(Holders.of(List.of(late)).news(known)).containsExactly(late);
    Holder other = new Holder("2", 12 * DAY, 12 * DAY);
    assertThat(Holders.of(List.of(again, other)).news(known)).containsExactly(again, other);
    assertThat(Holders.of(List.of(other)).news(Holders.of(List.of()))).containsExactly(other);
  }
}
