package renown.lab.calibrate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import renown.lab.evaluate.RankQuality;

/** Cross-validates fitted weights by accounts. */
final class Folds {
  private Folds() {}

  /**
   * One fold.
   *
   * @param trainedPairs pairs of two accounts that are not in the fold
   * @param judgedPairs pairs of two accounts that are
   * @param before AUC of the weights as they are, on the judged ones; NaN if it cannot be told
   * @param fitted AUC of those fitted on the trained ones
   */
  record Fold(int trainedPairs, int judgedPairs, double before, double fitted) {}

  /**
   * Splits accounts, not pairs: an account that is judged is in no pair that was fitted, and pairs
   * across are left out.
   */
  static List<Fold> of(List<Pair> pairs, int count, double[] before) {
    List<Fold> folds = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      List<Pair> trained = trained(pairs, fold, count);
      List<Pair> judged = judged(pairs, fold, count);
      double[] fitted = trained.isEmpty() ? before : WeightFit.fit(trained, before);
      folds.add(
          new Fold(
              trained.size(),
              judged.size(),
              areaUnderCurve(judged, before),
              areaUnderCurve(judged, fitted)));
    }
    return folds;
  }

  static List<Pair> trained(List<Pair> pairs, int fold, int count) {
    return pairs.stream()
        .filter(pair -> of(pair.first(), count) != fold && of(pair.second(), count) != fold)
        .toList();
  }

  static List<Pair> judged(List<Pair> pairs, int fold, int count) {
    return pairs.stream()
        .filter(pair -> of(pair.first(), count) == fold && of(pair.second(), count) == fold)
        .toList();
  }

  private static int of(String account, int count) {
    CRC32 hash = new CRC32();
    hash.update(account.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % count);
  }

  /**
   * The area under the ROC curve of the lead as a sign of who came out ahead, pairs taken both ways
   * round.
   *
   * @return 0 to 1; NaN without pairs
   */
  static double areaUnderCurve(List<Pair> pairs, double[] weights) {
    double[] ahead =
        pairs.stream()
            .mapToDouble(pair -> pair.isFirst() ? pair.lead(weights) : -pair.lead(weights))
            .toArray();
    return RankQuality.areaUnderCurve(ahead, Arrays.stream(ahead).map(lead -> -lead).toArray());
  }
}
