package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.lake.ColumnRows;
import renown.tables.Interactions;

class AccountNumbersTest {
  /** Keys as they are given, network by network; or scattered over 64 bits. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void numbersRiseWithKeysAndKeysThatAreNotThereHaveNone(boolean given) {
    Random random = new Random(3);
    long[] keys =
        random
            .longs(500)
            .map(key -> given ? (key & 3) << 40 | key >>> 54 : key)
            .distinct()
            .toArray();
    String[] networks = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      networks[i] = "n" + (keys[i] >> 40 & 3);
    }
    AccountNumbers numbers = AccountNumbers.of(keys, networks);
    assertThat(numbers.accounts()).isEqualTo(keys.length);
    for (int i = 0; i < keys.length; i++) {
      int number = numbers.of(keys[i]);
      assertThat(numbers.key(number)).isEqualTo(keys[i]);
      assertThat(numbers.networkNameOf(number)).isEqualTo(networks[i]);
      assertThat(number == 0 || numbers.key(number - 1) < keys[i]).isTrue();
    }
    for (long key : new long[] {-5, 1L << 50, 2000, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(numbers.of(key)).isEqualTo(-1);
    }
  }

  @Test
  void whoIsOnlyMetInRowsHasANumberToo() {
    ColumnRows rows =
        Given.rows(
            List.of(Interactions.NETWORK, Interactions.ACTOR_KEY, Interactions.TARGET_KEY),
            Given.row("y", 7, 3),
            Given.row("x", 1, 2));
    AccountNumbers numbers =
        AccountNumbers.of(
            new long[] {1, 3},
            new String[] {"x", "y"},
            new AccountNumbers.Met(
                rows.texts(Interactions.NETWORK),
                rows.longs(Interactions.ACTOR_KEY),
                rows.longs(Interactions.TARGET_KEY)));
    assertThat(numbers.accounts()).isEqualTo(4);
    assertThat(numbers.networkNameOf(numbers.of(7))).isEqualTo("y");
    assertThat(numbers.networkNameOf(numbers.of(2))).isEqualTo("x");
    assertThat(numbers.network("z")).isNegative();
  }

  @Test
  void aLakeMayBeEmpty() {
    AccountNumbers numbers = AccountNumbers.of(new long[0], new String[0]);
    assertThat(numbers.accounts()).isZero();
    assertThat(numbers.networks()).isZero();
    assertThat(numbers.of(1)).isEqualTo(-1);
  }
}
