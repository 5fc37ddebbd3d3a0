package renown.operate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import renown.run.Progress;

/**
 * Detects anomalies of the last published night. "Usual" is the median of the up to seven published
 * nights before it; with fewer than three there is no usual value.
 *
 * <ul>
 *   <li>{@code late}: a night that is over since a day or more is not published.
 *   <li>{@code unread}: a network has files, and none of them was ever read.
 *   <li>{@code volume}: a network's accepted lines are fewer than half, or more than twice, the
 *       usual.
 *   <li>{@code rejects}: more than 1 % of a network's lines are rejected, and more than twice the
 *       usual share.
 *   <li>{@code scored}: a network has over 10 % fewer accounts with a score than the night before.
 *   <li>{@code duration}: the night took more than twice the usual, and at least a minute more.
 *   <li>{@code validation}: the rank correlation of a network's scores, or momenta, with the
 *       outcome is lower than the usual by more than 0.1.
 * </ul>
 */
final class Anomalies {
  static final List<String> RULES =
      List.of("late", "unread", "volume", "rejects", "scored", "duration", "validation");

  private static final int NIGHTS_BEFORE = 7;
  private static final int NIGHTS_NEEDED = 3;

  /**
   * Something unusual.
   *
   * @param rule one of {@link #RULES}
   * @param subject the network; empty if it is the night as a whole
   * @param text a sentence
   */
  record Anomaly(String rule, String subject, String text) {}

  private Anomalies() {}

  /**
   * @param status of the last published night and those before
   * @param today the day it is, UTC
   */
  static List<Anomaly> of(Status status, LocalDate today) {
    List<Anomaly> found = new ArrayList<>();
    long behind = today.toEpochDay() - 1 - status.lastNight().toEpochDay();
    if (behind > 0) {
      found.add(
          anomaly(
              "late",
              "",
              "The night of %s is not published; the last one is %s.",
              today.minusDays(1),
              status.lastNight()));
    }
    for (Status.Unread unread : status.unread()) {
      found.add(
          anomaly(
              "unread",
              unread.network(),
              "%s: nothing is loaded, for none of its %,d files can be read. See: scripts/submit.sh"
                  + " rejects --network %s.",
              unread.network(),
              unread.files(),
              unread.network()));
    }
    Map<String, List<Status.Loaded>> byNetwork =
        status.loaded().stream()
            .collect(
                Collectors.groupingBy(Status.Loaded::network, TreeMap::new, Collectors.toList()));
    byNetwork.forEach((network, nights) -> ofNetwork(network, nights, status.lastNight(), found));
    duration(status, found);
    validation(status, found);
    return found;
  }

  private static void ofNetwork(
      String network, List<Status.Loaded> nights, LocalDate last, List<Anomaly> found) {
    List<Status.Loaded> before =
        latest(
            nights.stream().filter(n -> n.night().isBefore(last)).toList(), Status.Loaded::night);
    Status.Loaded now =
        nights.stream()
            .filter(n -> n.night().equals(last))
            .findFirst()
            .orElse(new Status.Loaded(last, network, 0, 0, 0, 0, 0));
    if (before.size() >= NIGHTS_NEEDED) {
      double usual = median(before, Status.Loaded::accepted);
      if (now.accepted() < usual / 2 || now.accepted() > usual * 2) {
        found.add(
            anomaly(
                "volume",
                network,
                "%s: %,d lines were accepted; usually %,.0f.",
                network,
                now.accepted(),
                usual));
      }
      double usualShare = median(before, Status.Loaded::rejectedShare);
      if (now.rejectedShare() > 0.01 && now.rejectedShare() > 2 * usualShare) {
        found.add(
            anomaly(
                "rejects",
                network,
                "%s: %.2f %% of the lines were rejected; usually %.2f %%. See:"
                    + " scripts/submit.sh rejects.",
                network,
                100 * now.rejectedShare(),
                100 * usualShare));
      }
    }
    if (!before.isEmpty()) {
      long scoredBefore = before.get(before.size() - 1).scored();
      if (now.scored() < 0.9 * scoredBefore) {
        found.add(
            anomaly(
                "scored",
                network,
                "%s: %,d accounts have a score, %,d the night before.",
                network,
                now.scored(),
                scoredBefore));
      }
    }
  }

  private static void duration(Status status, List<Anomaly> found) {
    List<Status.Duration> before =
        latest(
            status.durations().stream()
                .filter(d -> d.night().isBefore(status.lastNight()))
                .toList(),
            Status.Duration::night);
    double now =
        status.durations().stream()
            .filter(d -> d.night().equals(status.lastNight()))
            .mapToDouble(Status.Duration::seconds)
            .sum();
    if (before.size() >= NIGHTS_NEEDED) {
      double usual = median(before, Status.Duration::seconds);
      if (now > 2 * usual && now > usual + 60) {
        found.add(anomaly("duration", "", "The night took %,.0f s; usually %,.0f s.", now, usual));
      }
    }
  }

  private static void validation(Status status, List<Anomaly> found) {
    Map<String, List<Status.Judged>> series =
        status.judged().stream()
            .collect(
                Collectors.groupingBy(
                    judged -> judged.network() + " " + judged.measure(),
                    TreeMap::new,
                    Collectors.toList()));
    series.forEach(
        (name, all) -> {
          List<Status.Judged> before =
              latest(
                  all.stream().filter(j -> j.night().isBefore(status.lastNight())).toList(),
                  Status.Judged::night);
          all.stream()
              .filter(judged -> judged.night().equals(status.lastNight()))
              .filter(judged -> before.size() >= NIGHTS_NEEDED)
              .filter(judged -> judged.spearman() < median(before, Status.Judged::spearman) - 0.1)
              .forEach(
                  judged ->
                      found.add(
                          anomaly(
                              "validation",
                              judged.network(),
                              "%s: the rank correlation of %s with the outcome is %.2f;"
                                  + " usually %.2f.",
                              judged.network(),
                              judged.measure(),
                              judged.spearman(),
                              median(before, Status.Judged::spearman))));
        });
  }

  private static <T> List<T> latest(List<T> rows, java.util.function.Function<T, LocalDate> night) {
    List<T> sorted = rows.stream().sorted(java.util.Comparator.comparing(night)).toList();
    return sorted.subList(Math.max(0, sorted.size() - NIGHTS_BEFORE), sorted.size());
  }

  static <T> double median(List<T> rows, ToDoubleFunction<T> value) {
    double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  private static Anomaly anomaly(String rule, String subject, String format, Object... values) {
    return new Anomaly(rule, subject, Progress.visible(String.format(Locale.ROOT, format, values)));
  }
}
