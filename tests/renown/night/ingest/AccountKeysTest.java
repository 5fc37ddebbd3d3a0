package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class AccountKeysTest extends SparkTest {
  private static final long NETWORK = 1L << 40;
  private static final String IDS = "network string, account_id string";

  private static Dataset<Row> ids(Object[]... ids) {
    return rows(IDS, ids);
  }

  @Test
  void keysAreDenseByNetworkInTheOrderOfTheIds() {
    TableAssert.assertThat(
            AccountKeys.assign(
                ids(row("x", "9"), row("bluesky", "b"), row("x", "10"), row("bluesky", "a")),
                Map.of()))
        .hasColumns("network string, account_id string, account_key bigint")
        .hasRows(
            row("bluesky", "a", 0L),
            row("bluesky", "b", 1L),
            row("x", "10", NETWORK),
            row("x", "9", NETWORK + 1));
    TableAssert.assertThat(AccountKeys.assign(ids(), Map.of("x", 7L))).isEmpty();
  }

  @Test
  void aSecondNightGoesOnWhereTheFirstEnded() {
    Dataset<Row> accounts =
        rows(
            "network string, account_key bigint",
            row("bluesky", 0L),
            row("bluesky", 1L),
            row("x", NETWORK));
    Map<String, Long> next = AccountKeys.next(accounts, Map.of());
    assertThat(next).isEqualTo(Map.of("bluesky", 2L, "x", NETWORK + 1));
    // A key that an erased account had is nobody's.
    assertThat(AccountKeys.next(accounts, Map.of("bluesky", 4L, "x", NETWORK - 1)))
        .isEqualTo(Map.of("bluesky", 5L, "x", NETWORK + 1));
    // A network that comes later has the next number, whatever its name.
    TableAssert.assertThat(
            AccountKeys.assign(
                ids(
                    row("x", "1"),
                    row("another", "b"),
                    row("another", "a"),
                    row("bluesky", "0"),
                    row("zebra", "z")),
                next))
        .hasRows(
            row("bluesky", "0", 2L),
            row("x", "1", NETWORK + 1),
            row("another", "a", 2 * NETWORK),
            row("another", "b", 2 * NETWORK + 1),
            row("zebra", "z", 3 * NETWORK));
  }

  @Test
  void neitherOrderNorPartitionsMatter() {
    List<Object[]> all = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      all.add(row(i % 3 == 0 ? "x" : "bluesky", "é" + Long.toString(random.nextLong(), 36)));
    }
    Map<String, Long> next = Map.of("x", 17L);
    Dataset<Row> once = AccountKeys.assign(ids(all.toArray(new Object[0][])), next);
    assertThat(once.select("account_key").distinct().count()).isEqualTo(500);
    long[] bluesky =
        once.where("network = 'bluesky'").sort("account_key").collectAsList().stream()
            .mapToLong(row -> row.<Long>getAs("account_key"))
            .toArray();
    for (int i = 0; i < bluesky.length; i++) {
      assertThat(bluesky[i]).isEqualTo(NETWORK + i);
    }
    for (int partitions : new int[] {1, 3, 7}) {
      Collections.shuffle(all, random);
      Dataset<Row> again =
          AccountKeys.assign(ids(all.toArray(new Object[0][])).repartition(partitions), next);
      TableAssert.assertThat(again).hasRowsOf(once);
    }
  }

  @Test
  void speakersAndTargetsAreNamedOnce() {
    Dataset<Row> parsed =
        rows(
            "network string, account_id string, target_id string",
            row("x", "a", "b"),
            row("x", "b", "a"),
            row("x", "a", null),
            row("y", "a", null),
            row("x", null, null));
    Dataset<Row> named = AccountKeys.named(parsed);
    TableAssert.assertThat(named).hasRows(row("x", "a"), row("x", "b"), row("y", "a"));
    TableAssert.assertThat(
            AccountKeys.known(
                named,
                rows(
                    "account_key bigint, network string, account_id string",
                    row(5L, "x", "a"),
                    row(6L, "x", "stranger"),
                    row(7L, "z", "b"))))
        .hasRows(row("x", "a", 5L));
  }

  @Test
  void aKeyTellsItsNetwork() {
    assertThat(Arrays.asList(0L, NETWORK - 1).stream().map(k -> k >> AccountKeys.INDEX_BITS))
        .containsOnly(0L);
    assertThat((3 * NETWORK + 5) >> AccountKeys.INDEX_BITS).isEqualTo(3);
  }
}
