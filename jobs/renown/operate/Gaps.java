package renown.operate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import renown.operate.Anomalies.Anomaly;

/**
 * What is missing of the dumps, as far as the files tell that were loaded: by network,
 *
 * <ul>
 *   <li>{@code days}: days without a folder between the first and the last.
 *   <li>{@code hours}: hours without a file on a day, where the names of files tell the hour and
 *       the network's other days have one for each.
 *   <li>{@code cut}: files that stop in the middle or are damaged.
 *   <li>{@code refused}: files of which every line was rejected, however few.
 *   <li>{@code delayed}: files of days that were over, and whose night had read the network.
 * </ul>
 */
final class Gaps {
  static final List<String> RULES = List.of("days", "hours", "cut", "refused", "delayed");

  /** Days before the last published night that are looked at. */
  static final int DAYS = 30;

  private static final int HOURS = 24;

  /** Of a network's days, the share that has a file for every hour where it writes each. */
  private static final double MOST = 0.5;

  private static final int SHOWN = 5;

  /** {@code 2015-01-01-7.json.gz}, {@code 2015-01-01T07.jsonl}, {@code 2015-01-01_07-00.zst}. */
  private static final Pattern HOUR =
      Pattern.compile("(?<!\\d)(\\d{4})-?(\\d{2})-?(\\d{2})[-_T ](\\d{1,2})(?!\\d)");

  /** What the reasons of rejects begin with where a file could not be read to its end. */
  static final List<String> CUT =
      List.of("truncated ", "corrupt ", "file is shorter ", "the file ends ");

  /** The reason why the last line of a file is rejected that was not written to its end. */
  static final String CUT_LINE = "not JSON: unexpected end";

  /**
   * Whether a line is the last of a plain file; a line that breaks off before others is none that
   * shows the file to be cut.
   *
   * @param number of the line
   */
  static boolean isLast(String path, long number, List<Loaded> files) {
    return files.stream()
        .filter(file -> file.path.equals(path))
        .anyMatch(file -> number >= file.usable + file.rejected);
  }

  /**
   * A file that was loaded.
   *
   * @param date of its folder
   * @param night on which it was read
   * @param usable records that were accepted or ignored
   */
  record Loaded(
      String network, LocalDate date, LocalDate night, String path, long usable, long rejected) {}

  /** A file, or a member of an archive, that could not be read to its end. */
  record Cut(String network, String path, String reason) {}

  private Gaps() {}

  /**
   * @param files all that were loaded
   * @param cut those that were not read to their end
   * @param last the last published night
   */
  static List<Anomaly> of(List<Loaded> files, List<Cut> cut, LocalDate last) {
    List<Anomaly> found = new ArrayList<>();
    LocalDate first = last.minusDays(DAYS - 1L);
    Map<String, List<Loaded>> byNetwork =
        files.stream()
            .collect(Collectors.groupingBy(Loaded::network, TreeMap::new, Collectors.toList()));
    byNetwork.forEach(
        (network, all) -> {
          days(network, all, first, found);
          hours(network, all, first, found);
          List<Loaded> recent = all.stream().filter(file -> !file.night.isBefore(first)).toList();
          tell(
              found,
              "refused",
              network,
              "every line was rejected of",
              recent.stream()
                  .filter(file -> file.usable == 0 && file.rejected > 0)
                  .map(Loaded::path)
                  .toList());
          LocalDate began = all.stream().map(Loaded::night).min(LocalDate::compareTo).orElseThrow();
          tell(
              found,
              "delayed",
              network,
              "arrived after the night of their day:",
              recent.stream()
                  .filter(file -> file.night.isAfter(file.date) && !file.date.isBefore(began))
                  .map(file -> file.path + " (" + file.night + ")")
                  .toList());
        });
    cut.stream()
        .collect(Collectors.groupingBy(Cut::network, TreeMap::new, Collectors.toList()))
        .forEach(
            (network, all) ->
                tell(
                    found,
                    "cut",
                    network,
                    "could not be read to the end:",
                    all.stream().map(one -> one.path + ": " + one.reason).toList()));
    return found;
  }

  private static void days(
      String network, List<Loaded> files, LocalDate first, List<Anomaly> found) {
    TreeSet<LocalDate> there =
        files.stream().map(Loaded::date).collect(Collectors.toCollection(TreeSet::new));
    List<String> missing = new ArrayList<>();
    for (LocalDate day = there.first(); day.isBefore(there.last()); day = day.plusDays(1)) {
      if (!there.contains(day) && !day.isBefore(first)) {
        missing.add(day.toString());
      }
    }
    tell(found, "days", network, "no file of", missing);
  }

  private static void hours(
      String network, List<Loaded> files, LocalDate first, List<Anomaly> found) {
    Map<LocalDate, Set<Integer>> byDay = new TreeMap<>();
    for (Loaded file : files) {
      Matcher name = HOUR.matcher(file.path.substring(file.path.lastIndexOf('/') + 1));
      if (name.find()) {
        String day = name.group(1) + "-" + name.group(2) + "-" + name.group(3);
        int hour = Integer.parseInt(name.group(4));
        if (day.equals(file.date.toString()) && hour < HOURS) {
          byDay.computeIfAbsent(file.date, any -> new HashSet<>()).add(hour);
        }
      }
    }
    long whole = byDay.values().stream().filter(hours -> hours.size() == HOURS).count();
    if (byDay.isEmpty() || whole < MOST * byDay.size()) {
      return;
    }
    List<String> missing = new ArrayList<>();
    byDay.forEach(
        (day, hours) -> {
          for (int hour = 0; hour < HOURS && !day.isBefore(first); hour++) {
            if (!hours.contains(hour)) {
              missing.add(String.format(Locale.ROOT, "%s %02d:00", day, hour));
            }
          }
        });
    tell(found, "hours", network, "no file of", missing);
  }

  private static void tell(
      List<Anomaly> found, String rule, String network, String what, List<String> names) {
    if (!names.isEmpty()) {
      List<String> sorted = names.stream().sorted().toList();
      String shown = String.join(", ", sorted.subList(0, Math.min(SHOWN, sorted.size())));
      int more = sorted.size() - SHOWN;
      String rest = more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "";
      found.add(new Anomaly(rule, network, network + ": " + what + " " + shown + rest + "."));
    }
  }
}
