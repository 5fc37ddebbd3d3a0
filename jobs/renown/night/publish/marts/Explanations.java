package renown.night.publish.marts;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Explains a score in one sentence, built from its numbers. */
final class Explanations {
  private static final Map<String, String> ENGLISH =
      new TreeMap<>(
          Map.of(
              "fading_reactors", "how many credible accounts reacted lately (recent reactors)",
              "reaction_days", "the days on which people react (days with reactions)",
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
              "fading_reactors", "cuántas cuentas creíbles han reaccionado últimamente",
              "reaction_days", "los días en los que se reacciona (días con reacciones)",
              "authority", "quién le presta atención (autoridad)",
              "reactors", "cuántas cuentas creíbles reaccionan",
              "resonance", "cuántas reaccionan a cada publicación (resonancia)",
              "persistence",
                  "publicaciones a las que aún se reacciona un día después (persistencia)",
              "audience", "seguidores que reaccionan (audiencia)",
              "regularity", "estar presente semana tras semana (regularidad)",
              "conversation", "conversar con quienes responden (conversación)",
              "attestation", "listas en las que otros la incluyen (reconocimiento)"));

  /**
   * What a sentence tells of an account with a score.
   *
   * @param first the term with the most points
   * @param second the term with the most of the others
   */
  record Numbers(
      double score,
      double low,
      double high,
      double momentum,
      long actors,
      String first,
      double firstPoints,
      String second,
      double secondPoints) {

    /** Percentage of the reference population that earns less. */
    double beaten() {
      return Math.max(0, 100 - StrictMath.pow(10, score / -12.5) * 100);
    }
  }

  private Explanations() {}

  /** Of an account without score. */
  static String english(long actors, double credibleActors) {
    return text(
        "No score: %d accounts attend to it, and their credibility adds up to %.1f only.",
        actors, credibleActors);
  }

  static String english(Numbers of) {
    String momentum = "in line with its standing";
    if (of.momentum() > of.high()) {
      momentum = "more than its standing: it is rising";
    } else if (of.momentum() < of.low()) {
      momentum = "less than its standing: it is quiet";
    }
    return text(
        "Score %.1f (between %.1f and %.1f with other people watching): it earns more attention"
            + " than %.2f %% of the reference population. Most of it is %s, %.1f points, and %s,"
            + " %.1f points. %d accounts attend to it. Momentum %.1f, %s.",
        of.score(),
        of.low(),
        of.high(),
        of.beaten(),
        ENGLISH.getOrDefault(of.first(), of.first()),
        of.firstPoints(),
        ENGLISH.getOrDefault(of.second(), of.second()),
        of.secondPoints(),
        of.actors(),
        of.momentum(),
        momentum);
  }

  /** Of an account without score. */
  static String spanish(long actors, double credibleActors) {
    return text(
        "Sin puntuación: le prestan atención %d cuentas y su credibilidad suma solo %s.",
        actors, comma("%.1f", credibleActors));
  }

  static String spanish(Numbers of) {
    String momentum = "en línea con lo habitual";
    if (of.momentum() > of.high()) {
      momentum = "por encima de lo habitual: sube";
    } else if (of.momentum() < of.low()) {
      momentum = "por debajo de lo habitual: está en calma";
    }
    return text(
        "Puntuación %s (entre %s y %s con otro público): recibe más atención que el %s %% de la"
            + " población de referencia. Lo que más cuenta: %s, %s puntos; y %s, %s puntos. Le"
            + " prestan atención %d cuentas. Impulso %s, %s.",
        comma("%.1f", of.score()),
        comma("%.1f", of.low()),
        comma("%.1f", of.high()),
        comma("%.2f", of.beaten()),
        SPANISH.getOrDefault(of.first(), of.first()),
        comma("%.1f", of.firstPoints()),
        SPANISH.getOrDefault(of.second(), of.second()),
        comma("%.1f", of.secondPoints()),
        of.actors(),
        comma("%.1f", of.momentum()),
        momentum);
  }

  private static String comma(String format, double number) {
    return text(format, number).replace('.', ',');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
