package renown.night.audience;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.List;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.shortlist.Campaign;
import renown.tables.MartAudienceSketches;
import renown.tables.MartCampaignShortlists;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class CampaignsTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");

  private static Object[] sketch(long account, String kind, double score, long... reached) {
    UpdateSketch sketch = UpdateSketch.builder().build();
    for (long member : reached) {
      sketch.update(member);
    }
    return row(
        "n",
        account,
        "chess",
        (long) reached.length,
        0.0,
        sketch.compact().toByteArrayCompressed(),
        9L,
        null,
        kind,
        "en",
        score,
        30.0,
        4L,
        NIGHT);
  }

  private static Object[] like(long source, long destination) {
    return row("n", "chess", source, destination, "like", 1L, NIGHT);
  }

  @Test
  void aNightAnswersACampaignOfConf() {
    Dataset<Row> sketches =
        rows(
            MartAudienceSketches.TABLE.structType(),
            sketch(100, "person", 60, 1, 2, 3),
            sketch(200, "person", 50, 1, 2),
            sketch(300, "person", 40, 4),
            sketch(400, "automated", 70, 5, 6, 7, 8));
    Dataset<Row> topics =
        rows(
            "network string, topic_id string, src_key bigint, dst_key bigint, verb string,"
                + " act_count bigint, night date",
            like(1, 100),
            like(2, 100),
            like(3, 100),
            like(1, 200),
            like(2, 200),
            like(4, 300));
    Dataset<Row> edges =
        rows(
            "network string, src_key bigint, dst_key bigint, verb string, act_count bigint, night"
                + " date");
    Dataset<Row> credible = rows("account_key bigint", row(1L), row(2L), row(3L), row(4L));
    Dataset<Row> communities =
        rows("account_key bigint, community_key bigint", row(100L, 7L), row(300L, 7L));
    Dataset<Row> answers =
        rows("account_key bigint, response_rate double", row(100L, 0.5), row(300L, null));
    Campaign campaign = Campaign.parse("spring: topic=chess, seats=2").get(0);
    List<Row> seats =
        Campaigns.seats(campaign, sketches, edges, topics, credible, communities, answers);
    Dataset<Row> mart =
        Campaigns.mart(
            seats,
            sketches,
            rows(
                "account_key bigint, handle string",
                row(100L, "ana"),
                row(200L, "bob"),
                row(300L, null)),
            answers,
            lit(NIGHT));
    TableAssert.assertThat(mart).hasColumnsOf(MartCampaignShortlists.TABLE);
    TableAssert.assertThat(
            mart.select(
                "campaign",
                "place",
                "account_key",
                "handle",
                "reached_count",
                "new_count",
                "together_count",
                "top_scores_count",
                "response_rate"))
        .hasRows(
            row("spring", 1L, 100L, "ana", 3L, 3L, 3L, 3L, 0.5),
            row("spring", 2L, 300L, null, 1L, 1L, 4L, 3L, null));
    // Of one community there may be one; the next best is of none.
    Campaign diverse = Campaign.parse("d: topic=chess, seats=2, per-community=1").get(0);
    assertThat(
            Campaigns.seats(diverse, sketches, edges, topics, credible, communities, answers)
                .stream()
                .map(row -> row.getLong(3)))
        .containsExactly(100L);
    Campaign unheard = Campaign.parse("u: topic=chess, seats=2, kind=organisation").get(0);
    assertThat(Campaigns.seats(unheard, sketches, edges, topics, credible, communities, answers))
        .isEmpty();
  }
}
