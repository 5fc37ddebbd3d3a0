package renown.night;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.dumps.LoadedNames;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.run.Progress;

/** Tells what nights would do, and does nothing. */
final class DryRun {
  private static final int MOST_LISTED = 5;

  private final RawFiles.Listing listing;
  private final LoadedNames loaded;
  private final Map<String, String> formats;
  private final Progress progress;
  private boolean isSomethingMissing;

  /**
   * @param listing what lies under the raw root
   * @param loaded what the lake has loaded
   * @param formats by network
   */
  DryRun(
      RawFiles.Listing listing,
      LoadedNames loaded,
      Map<String, String> formats,
      Progress progress) {
    this.listing = listing;
    this.loaded = loaded;
    this.formats = formats;
    this.progress = progress;
  }

  /** What was found of a network for a night. */
  private static final class Found {
    private int files;
    private long bytes;
    private final Set<String> kinds = new TreeSet<>();
    private final Set<LocalDate> days = new TreeSet<>();

    void add(RawFile file) {
      files++;
      bytes += file.size();
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      int dot = name.indexOf('.', 1);
      kinds.add(dot < 0 ? name : name.substring(lastKnown(name, dot)));
      days.add(file.date());
    }

    /** Where .json.gz begins in a.b.json.gz. */
    private static int lastKnown(String name, int first) {
      int last = name.lastIndexOf('.');
      int before = name.lastIndexOf('.', last - 1);
      boolean isPacked = name.substring(last).matches("\\.(gz|bz2|zst)");
      return isPacked && before >= first ? before : last;
    }
  }

  /**
   * Tells of all nights that are due.
   *
   * @param isFirst whether nothing is published before them
   */
  void tell(List<LocalDate> nights, boolean isFirst, PastNights past) {
    if (nights.isEmpty()) {
      progress.say("No night is due.");
      return;
    }
    progress.say(
        nights.size() == 1 ? "1 night is due: %2$s." : "%1$d nights are due, %2$s to %3$s.",
        nights.size(),
        nights.get(0),
        nights.get(nights.size() - 1));
    withoutFormat();
    LocalDate before = null;
    long allBytes = 0;
    for (LocalDate night : nights) {
      SortedMap<String, Found> found = new TreeMap<>();
      for (RawFile file : listing.files()) {
        boolean isInTime =
            !file.date().isAfter(night) && (before == null || file.date().isAfter(before));
        if (isInTime && isRead(file.network()) && !loaded.has(file)) {
          found.computeIfAbsent(file.network(), any -> new Found()).add(file);
        }
      }
      allBytes += found.values().stream().mapToLong(one -> one.bytes).sum();
      night(night, found, isFirst && before == null);
      before = night;
    }
    unreadable();
    if (!isSomethingMissing) {
      progress.say("Nothing is missing.");
    }
    cost(nights.size(), allBytes, past);
  }

  private boolean isRead(String network) {
    String format = formats.get(network);
    return format != null && !format.equals(NetworkFormats.SKIP);
  }

  private void missing(String format, Object... values) {
    isSomethingMissing = true;
    progress.say("  MISSING: " + format, values);
  }

  private void withoutFormat() {
    listing.files().stream()
        .map(RawFile::network)
        .distinct()
        .filter(network -> !formats.containsKey(network))
        .forEach(
            network ->
                missing(
                    "%s names no format for the folder %s: the night would not start. Add"
                        + " %s=FORMAT (one of %s), or %s=skip.",
                    NetworkFormats.FORMATS.name(),
                    network,
                    network,
                    String.join(", ", NetworkFormats.NAMES),
                    network));
  }

  private void night(LocalDate night, SortedMap<String, Found> found, boolean isFirst) {
    progress.say("Night %s", night);
    found.forEach(
        (network, one) -> {
          List<LocalDate> days = new ArrayList<>(one.days);
          progress.say(
              "  %-12s %-18s %,6d %-5s %10s  %s  %s",
              network,
              formats.get(network),
              one.files,
              one.files == 1 ? "file" : "files",
              size(one.bytes),
              String.join(" ", one.kinds),
              days.size() == 1
                  ? "dt=" + days.get(0)
                  : "dt=" + days.get(0) + " to " + days.get(days.size() - 1));
        });
    if (found.isEmpty()) {
      progress.say("  no new files");
    }
    formats.forEach(
        (network, format) -> {
          boolean isThere =
              listing.files().stream()
                  .anyMatch(file -> file.network().equals(network) && file.date().equals(night));
          boolean isKnown =
              listing.files().stream().anyMatch(file -> file.network().equals(network));
          if (isRead(network) && !isThere) {
            if (isKnown) {
              missing("%s has no file of %s", network, night);
            } else if (isFirst) {
              missing(
                  "%s is configured as %s, but the raw root has no file of it", network, format);
            }
          }
        });
  }

  private void unreadable() {
    listing.unreadable().stream()
        .limit(MOST_LISTED)
        .forEach(file -> missing("%s would not be read: %s", file.path(), file.reason()));
    int rest = listing.unreadable().size() - MOST_LISTED;
    if (rest > 0) {
      progress.say("           and %,d more that would not be read", rest);
    }
  }

  private void cost(int nights, long bytes, PastNights past) {
    if (past.costs().isEmpty()) {
      progress.say("What it would cost is known after the first night.");
      return;
    }
    PastNights.Cost cost = past.of(nights, bytes);
    progress.say(
        "By the rates of the last %s: about %,d lines, %s (%s of CPU), %s written.",
        past.costs().size() == 1 ? "night" : past.costs().size() + " nights",
        cost.lines(),
        time(cost.seconds()),
        time(cost.cpuSeconds()),
        size(cost.bytesWritten()));
    for (PastNights.Cost one : past.costs()) {
      progress.say(
          "  %s  %10s  %,12d lines  %9s  %9s of CPU",
          one.night(), size(one.bytes()), one.lines(), time(one.seconds()), time(one.cpuSeconds()));
    }
  }

  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
  }
}
