package renown.night.publish.marts;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Explains a score in one sentence, built from its numbers. */
final class Explanations {
  private static final Map<String, String> ENGLISH =
      new TreeMap<>(
          Map.of(
              "authority", "who pays attention to it (authority)",
              "reactors", "how many credible accounts react (reactors)",
              "resonance", "how many react to each post (resonance)",
              "persistence", "posts that people still react to a day later (persistence)",
              "audience", "followers that react (audience)",
              "regularity", "being there week after week (regularity)",
              "conversation", "talking with those who reply (conversation)",
              "attestation", "lists that others put it on (attestation)"));

  private static final Map<String, String> SPANISH =
      new TreeMap<>(
          Map.of(
              "authority", "quién le presta atención (autoridad)",
              "reactors", "cuántas cuentas creíbles reaccionan",
              "resonance", "cuántas reaccionan a cada publicación (resonancia)",
              "persistence",
                  "publicaciones a las que aún se reacciona un día después (persistencia)",
              "audience", "seguidores que reaccionan (audiencia)",
              "regularity", "estar presente semana tras semana (regularidad)",
              "conversation", "conversar con quienes responden (conversación)",
              "attestation", "listas en las que otros la incluyen (reconocimiento)"));

  private Explanations() {}

  /**
   * The two terms that a score has most of.
   *
   * @param terms rows of {@code mart_score_terms}
   * @return account_key, largest: structs of lost (points, negative) and term, the largest first
   */
  static Dataset<Row> largestTerms(Dataset<Row> terms) {
    return terms
        .where(col("measure").equalTo("score"))
        .groupBy("account_key")
        .agg(
            array_sort(
                    collect_list(struct(col("points").multiply(lit(-1)).as("lost"), col("term"))))
                .as("largest"));
  }

  static Column english() {
    Column momentum =
        when(col("momentum").gt(col("score_high")), lit("more than its standing: it is rising"))
            .when(col("momentum").lt(col("score_low")), lit("less than its standing: it is quiet"))
            .otherwise(lit("in line with its standing"));
    return when(
            col("score").isNull(),
            format_string(
                "No score: %d accounts attend to it, and their credibility adds up to %.1f only.",
                col("actor_count"), col("credible_actor_sum")))
        .otherwise(
            concat(
                format_string(
                    "Score %.1f (between %.1f and %.1f with other people watching): it earns more"
                        + " attention than %.2f %% of the reference population. Most of it is ",
                    col("score"), col("score_low"), col("score_high"), beaten()),
                words(ENGLISH, 0),
                format_string(", %.1f points, and ", points(0)),
                words(ENGLISH, 1),
                format_string(
                    ", %.1f points. %d accounts attend to it. Momentum %.1f, ",
                    points(1), col("actor_count"), col("momentum")),
                momentum,
                lit(".")));
  }

  static Column spanish() {
    Column momentum =
        when(col("momentum").gt(col("score_high")), lit("por encima de lo habitual: sube"))
            .when(
                col("momentum").lt(col("score_low")),
                lit("por debajo de lo habitual: está en calma"))
            .otherwise(lit("en línea con lo habitual"));
    return when(
            col("score").isNull(),
            concat(
                format_string("Sin puntuación: le prestan atención %d cuentas", col("actor_count")),
                comma(
                    format_string(" y su credibilidad suma solo %.1f", col("credible_actor_sum"))),
                lit(".")))
        .otherwise(
            concat(
                comma(
                    format_string(
                        "Puntuación %.1f (entre %.1f y %.1f con otro público): recibe más atención"
                            + " que el %.2f %% de la población de referencia",
                        col("score"), col("score_low"), col("score_high"), beaten())),
                lit(". Lo que más cuenta: "),
                words(SPANISH, 0),
                comma(format_string(", %.1f puntos; y ", points(0))),
                words(SPANISH, 1),
                comma(format_string(", %.1f puntos", points(1))),
                format_string(". Le prestan atención %d cuentas", col("actor_count")),
                lit(". "),
                comma(format_string("Impulso %.1f, ", col("momentum"))),
                momentum,
                lit(".")));
  }

  /** Percentage of the reference population that earns less. */
  private static Column beaten() {
    return greatest(
        lit(0.0),
        lit(100.0).minus(pow(lit(10.0), col("score").divide(lit(-12.5))).multiply(lit(100.0))));
  }

  private static Column points(int place) {
    return col("largest").getItem(place).getField("lost").multiply(lit(-1));
  }

  private static Column words(Map<String, String> language, int place) {
    Column term = col("largest").getItem(place).getField("term");
    Column words = term;
    for (Map.Entry<String, String> entry : language.entrySet()) {
      words = when(term.equalTo(entry.getKey()), lit(entry.getValue())).otherwise(words);
    }
    return words;
  }

  private static Column comma(Column text) {
    return translate(text, ".", ",");
  }
}
