package renown.night.spread;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Landmarks;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class CommunityDetectionTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final Column LITERAL = lit(NIGHT);
  private static final long UNIT = 1L << 30;

  @Test
  void tiesAreTheAttentionOfBothDirectionsWithoutBlocksAndExcludedAccounts() {
    Dataset<Row> increments =
        rows(
            EdgeIncrements.TABLE.structType(),
            row("x", 2L, 1L, "like", 1L, 4 * UNIT, NIGHT),
            row("x", 2L, 1L, "reply", 1L, 2 * UNIT, NIGHT),
            row("x", 1L, 2L, "follow", 1L, 2 * UNIT, NIGHT),
            row("x", 1L, 3L, "block", 1L, 2 * UNIT, NIGHT),
            row("x", 4L, 1L, "like", 1L, 2 * UNIT, NIGHT),
            row("x", 4L, 1L, "like", -1L, -2 * UNIT, NIGHT),
            row("x", 1L, 9L, "like", 1L, UNIT, NIGHT),
            row("x", 9L, 2L, "like", 1L, UNIT, NIGHT));
    // One half-life has passed at the end of the night.
    Dataset<Row> landmarks =
        rows(Landmarks.TABLE.structType(), row("x", Date.valueOf("2026-01-06"), 9L));
    Dataset<Row> exclusions = rows(Exclusions.TABLE.structType(), row(9L, "opted out", NIGHT));
    TableAssert.assertThat(
            CommunityDetection.ties(EdgeSums.of(increments, landmarks, LITERAL), exclusions))
        .hasColumns("network string, first_key bigint, second_key bigint, weight bigint")
        .hasRows(row("x", 1L, 2L, Math.round(1024 * Math.log(4)) + Math.round(1024 * Math.log(2))));
  }

  @Test
  void communitiesAreThoseOfEachNetworkHoweverRowsAreSpread() {
    List<Object[]> ties = new ArrayList<>();
    Random random = new Random(4);
    for (String network : List.of("a", "b")) {
      long base = network.equals("a") ? 0 : 1L << 40;
      for (int i = 0; i < 1500; i++) {
        long x = random.nextInt(90);
        long y = x / 30 * 30 + random.nextInt(30);
        if (x != y) {
          ties.add(row(network, base + Math.min(x, y), base + Math.max(x, y), 7L));
        }
      }
    }
    Dataset<Row> rows =
        rows(
            "network string, first_key bigint, second_key bigint, weight bigint",
            ties.toArray(Object[][]::new));
    Dataset<Row> nothing = rows(Communities.TABLE.structType());
    Dataset<Row> found = CommunityDetection.communities(rows, nothing, LITERAL);
    TableAssert.assertThat(found).hasColumnsOf(Communities.TABLE);
    assertThat(found.count()).isEqualTo(180);
    assertThat(found.select("network", "community_key").distinct().count()).isEqualTo(6);
    TableAssert.assertThat(
            CommunityDetection.communities(rows.repartition(7), found.repartition(3), LITERAL))
        .hasRowsOf(found);
    // The label is a member's key.
    assertThat(
            found
                .select("community_key")
                .distinct()
                .join(
                    found.select("account_key"),
                    found
                        .col("account_key")
                        .equalTo(org.apache.spark.sql.functions.col("community_key")))
                .count())
        .isEqualTo(6);
  }
}
