package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RisingIdsTest {
  @Test
  void anAccountIsNoYoungerThanTwoOfHigherNumbers() {
    long[] ids = {50, 10, 20, RisingIds.NONE, 40, 30};
    // 50 was there on day 5, 40 on day 7: what has a lower number was made by day 7.
    long[] days = {5, 100, 3, 1, 7, 90};
    assertThat(RisingIds.latestDays(ids, days)).containsExactly(5, 5, 3, 1, 7, 7);
  }

  @Test
  void aSingleWrongDayMakesNobodyOlder() {
    long[] ids = {1, 2, 3};
    assertThat(RisingIds.latestDays(ids, new long[] {90, 80, -4000}))
        .containsExactly(80, 80, -4000);
  }

  /** The second smallest day of all with the number or a higher one, found by looking at all. */
  @Test
  void isWhatLookingAtAllPairsFinds() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int count = 1 + random.nextInt(40);
      long[] days = random.longs(count, -50, 50).toArray();
      long[] ids = new long[count];
      Arrays.setAll(
          ids, i -> random.nextInt(6) == 0 ? RisingIds.NONE : 1000L * random.nextInt(500) + i);
      long[] latest = RisingIds.latestDays(ids, days);
      for (int account = 0; account < count; account++) {
        long id = ids[account];
        long[] higher =
            IntStream.range(0, count)
                .filter(i -> id != RisingIds.NONE && ids[i] >= id)
                .mapToLong(i -> days[i])
                .sorted()
                .toArray();
        long proved = higher.length < 2 ? Long.MAX_VALUE : higher[1];
        assertThat(latest[account]).isEqualTo(Math.min(days[account], proved));
      }
    }
  }

  @Test
  void anIdThatIsNoNumberHasNone() {
    assertThat(RisingIds.number("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(RisingIds.number("0")).isZero();
    for (String id : new String[] {"", "9223372036854775808", "12a", "-1", "did:plc:a", "１"}) {
      assertThat(RisingIds.number(id)).as(id).isEqualTo(RisingIds.NONE);
    }
  }
}
