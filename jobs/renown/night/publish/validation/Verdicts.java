package renown.night.publish.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says in a sentence whether a measure foretold what came better than simpler predictors. */
final class Verdicts {
  /** The 90 % intervals of how far the measure is ahead decide which list a rival is in. */
  private record Lists(List<String> beaten, List<String> same, List<String> ahead) {}

  private static final Map<String, String> SPANISH =
      Map.of(
          "score", "La puntuación",
          "momentum", "El impulso",
          "authority", "la autoridad sola",
          "reactors", "las cuentas que reaccionan",
          "audience", "la audiencia sola",
          "attending accounts", "las cuentas atentas",
          "recency", "las reacciones recientes solas",
          "PageRank", "PageRank");

  private Verdicts() {}

  /**
   * @param measure score or momentum
   * @param correlation of the measure with what came
   * @param rivals names of the predictors that it is compared with
   * @param intervals of each, how far the measure is ahead: lower and upper end
   */
  static String english(
      String measure,
      int horizonDays,
      double correlation,
      List<String> rivals,
      List<double[]> intervals) {
    Lists lists = lists(rivals, intervals, false);
    String name = measure.equals("score") ? "The score" : "Momentum";
    List<String> parts = new ArrayList<>();
    if (!lists.ahead.isEmpty()) {
      parts.add("clearly worse than " + joined(lists.ahead, " and "));
    }
    if (!lists.beaten.isEmpty()) {
      parts.add("clearly better than " + joined(lists.beaten, " and "));
    }
    if (!lists.same.isEmpty()) {
      parts.add("not clearly better or worse than " + joined(lists.same, " and "));
    }
    return String.format(
        Locale.ROOT,
        "%s of %d days before told whom people react to (rank correlation %.2f) %s.",
        name,
        horizonDays,
        correlation,
        String.join(", ", parts));
  }

  /** The same in Spanish. */
  static String spanish(
      String measure,
      int horizonDays,
      double correlation,
      List<String> rivals,
      List<double[]> intervals) {
    Lists lists = lists(rivals, intervals, true);
    List<String> parts = new ArrayList<>();
    if (!lists.ahead.isEmpty()) {
      parts.add("claramente peor que " + joined(lists.ahead, " y "));
    }
    if (!lists.beaten.isEmpty()) {
      parts.add("claramente mejor que " + joined(lists.beaten, " y "));
    }
    if (!lists.same.isEmpty()) {
      parts.add("ni claramente mejor ni peor que " + joined(lists.same, " y "));
    }
    return String.format(
        Locale.ROOT,
        "%s de %d días antes anticipó a quién se reacciona (correlación de rangos %s) %s.",
        SPANISH.get(measure),
        horizonDays,
        String.format(Locale.ROOT, "%.2f", correlation).replace('.', ','),
        String.join(", ", parts));
  }

  private static Lists lists(List<String> rivals, List<double[]> intervals, boolean isSpanish) {
    Lists lists = new Lists(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < rivals.size(); i++) {
      double[] ahead = intervals.get(i);
      List<String> its = ahead[0] > 0 ? lists.beaten : ahead[1] < 0 ? lists.ahead : lists.same;
      its.add(isSpanish ? SPANISH.get(rivals.get(i)) : rivals.get(i));
    }
    return lists;
  }

  private static String joined(List<String> names, String and) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + and + names.get(last);
  }
}
