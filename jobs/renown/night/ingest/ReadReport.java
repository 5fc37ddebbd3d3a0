package renown.night.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.ingest.Told.Rejected;
import renown.night.ingest.Told.Slice;
import renown.run.RenownException;
import renown.tables.IgnoredKinds;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;

/** Records which files and lines were read, and which were not, with the reason. */
final class ReadReport {
  /** Files that are named one by one. */
  private static final int MOST_TOLD = 5;

  private static final Comparator<Told.Reject> FIRST =
      Comparator.comparing(Told.Reject::path)
          .thenComparingLong(Told.Reject::lineNumber)
          .thenComparing(Told.Reject::reason);

  private ReadReport() {}

  /**
   * Records what was read and rejected. Fails if too much was rejected; then that is committed,
   * since whoever is told of it looks there for the lines.
   */
  static void write(
      Night night, List<RawFile> files, List<RawFiles.Unreadable> unreadable, Told told)
      throws Exception {
    Lake lake = night.lake();
    Map<String, TreeMap<Long, Slice>> slices = new HashMap<>();
    for (Slice slice : told.slices) {
      slices.computeIfAbsent(slice.path(), any -> new TreeMap<>()).put(slice.start(), slice);
    }
    Map<String, Map<Long, Long>> linesBefore = linesBefore(slices);
    lake.append(LoadedFiles.TABLE, loaded(night, files, slices));
    lake.append(Rejects.TABLE, rejects(night, told, linesBefore, unreadable));
    tellRefused(night, files, slices, told, linesBefore);
    try {
      checkRejects(night, told, linesBefore);
    } catch (RenownException e) {
      lake.commitWaiting();
      throw e;
    }
  }

  /**
   * Says which files bring nothing since every line of them was rejected, however small their share
   * of a network's lines: most likely such a file is not what its folder says.
   */
  private static void tellRefused(
      Night night,
      List<RawFile> files,
      Map<String, TreeMap<Long, Slice>> slices,
      Told told,
      Map<String, Map<Long, Long>> linesBefore) {
    List<RawFile> refused =
        files.stream()
            .filter(file -> isRefused(slices.getOrDefault(file.path(), new TreeMap<>()).values()))
            .sorted(Comparator.comparing(RawFile::path))
            .toList();
    for (RawFile file : refused.subList(0, Math.min(MOST_TOLD, refused.size()))) {
      long lines = slices.get(file.path()).values().stream().mapToLong(Slice::rejected).sum();
      String why =
          told.rejects.stream()
              .filter(one -> one.path().equals(file.path()) || isMember(one.path(), file.path()))
              .min(Comparator.comparingLong(Told.Reject::sliceStart).thenComparing(FIRST))
              .map(
                  one ->
                      String.format(
                          Locale.ROOT,
                          ", line %d: %s",
                          lineNumber(one.path(), one.sliceStart(), one.lineNumber(), linesBefore),
                          one.reason()))
              .orElse("");
      night
          .progress()
          .say(
              "  Warning: nothing of %s is loaded, for each of its %,d lines was rejected%s.",
              file.path(), lines, why);
    }
    if (refused.size() > MOST_TOLD) {
      night
          .progress()
          .say(
              "  Warning: the same holds for %,d more files; \"scripts/submit.sh status\" names"
                  + " them.",
              refused.size() - MOST_TOLD);
    }
  }

  private static boolean isMember(String path, String archive) {
    return path.startsWith(archive + "!/");
  }

  private static boolean isRefused(Collection<Slice> slices) {
    return slices.stream().anyMatch(slice -> slice.rejected() > 0)
        && slices.stream().allMatch(slice -> slice.accepted() + slice.ignored() == 0);
  }

  /**
   * Records what was left out by rule.
   *
   * @param unreadable files that cannot be taken for dumps
   * @param ignored statements and lines
   */
  static void writeIgnored(Night night, List<RawFiles.Unreadable> unreadable, Counts ignored)
      throws IOException {
    byNetwork(night, unreadable)
        .forEach(
            (network, files) -> ignored.add(network, IgnoredKinds.UNREADABLE_FILE, files.size()));
    List<Object[]> rows = new ArrayList<>();
    ignored.each(
        (network, rule, count) ->
            rows.add(new Object[] {network, rule, count, night.date().toEpochDay()}));
    night.lake().append(IgnoredKinds.TABLE, TableRows.columns(IgnoredKinds.TABLE, rows));
  }

  /** Those of networks that are not to be skipped; a file that lies in the root is of none. */
  private static Map<String, List<RawFiles.Unreadable>> byNetwork(
      Night night, List<RawFiles.Unreadable> unreadable) {
    Map<String, String> formats = night.value(NetworkFormats.FORMATS);
    return unreadable.stream()
        .filter(file -> file.network() != null)
        .filter(file -> !NetworkFormats.SKIP.equals(formats.get(file.network())))
        .collect(
            Collectors.groupingBy(RawFiles.Unreadable::network, TreeMap::new, Collectors.toList()));
  }

  /** Says which networks bring nothing because none of their files is taken for a dump. */
  static void tellUnread(Night night, RawFiles.Listing listing) {
    byNetwork(night, listing.unreadable())
        .forEach(
            (network, files) -> {
              if (listing.files().stream().noneMatch(file -> file.network().equals(network))) {
                night
                    .progress()
                    .say(
                        "  Warning: nothing of %s is loaded, for none of its files can be read:"
                            + " %d, such as %s: %s.",
                        network, files.size(), files.get(0).path(), files.get(0).reason());
              }
            });
  }

  /** For files in several slices, the lines before each slice. */
  private static Map<String, Map<Long, Long>> linesBefore(
      Map<String, TreeMap<Long, Slice>> slices) {
    Map<String, Map<Long, Long>> before = new HashMap<>();
    slices.forEach(
        (path, byStart) -> {
          long lines = 0;
          Map<Long, Long> sums = new HashMap<>();
          for (Slice slice : byStart.values()) {
            sums.put(slice.start(), lines);
            lines += slice.lines();
          }
          before.put(path, sums);
        });
    return before;
  }

  private static long lineNumber(
      String path, long sliceStart, long number, Map<String, Map<Long, Long>> linesBefore) {
    return number + linesBefore.getOrDefault(path, Map.of()).getOrDefault(sliceStart, 0L);
  }

  /** The first rejected lines of each file, and the files that are none. */
  private static ColumnRows rejects(
      Night night,
      Told told,
      Map<String, Map<Long, Long>> linesBefore,
      List<RawFiles.Unreadable> unreadable)
      throws IOException {
    long day = night.date().toEpochDay();
    record Line(String network, String path, long number, String reason) {}
    // An archive may hold several members of one name.
    Set<Line> lines = new LinkedHashSet<>();
    told.rejects.forEach(
        one ->
            lines.add(
                new Line(
                    one.network(),
                    one.path(),
                    lineNumber(one.path(), one.sliceStart(), one.lineNumber(), linesBefore),
                    one.reason())));
    Map<String, Integer> shown = new HashMap<>();
    List<Object[]> rows = new ArrayList<>();
    lines.stream()
        .sorted(
            Comparator.comparing(Line::path)
                .thenComparingLong(Line::number)
                .thenComparing(Line::reason))
        .filter(line -> shown.merge(line.path, 1, Integer::sum) <= Told.MOST_REJECTS)
        .forEach(
            line ->
                rows.add(new Object[] {line.network, line.path, line.number, line.reason, day}));
    rows.addAll(notReadable(night, unreadable));
    return TableRows.columns(Rejects.TABLE, rows);
  }

  /** Files that are not dumps, each reported once. */
  private static List<Object[]> notReadable(Night night, List<RawFiles.Unreadable> unreadable) {
    List<Object[]> rows = new ArrayList<>();
    if (unreadable.isEmpty()) {
      return rows;
    }
    Map<String, String> formats = night.value(NetworkFormats.FORMATS);
    Set<String> told = new HashSet<>();
    ColumnRows held =
        night
            .lake()
            .files(Rejects.TABLE)
            .within(Rejects.LINE_NUMBER, 0, 0)
            .read(Rejects.PATH, Rejects.LINE_NUMBER);
    for (int i = 0; i < held.size(); i++) {
      if (held.longs(Rejects.LINE_NUMBER).get(i) == 0) {
        told.add(held.texts(Rejects.PATH).get(i));
      }
    }
    for (RawFiles.Unreadable file : unreadable) {
      String network = file.network() == null ? "" : file.network();
      if (!told.contains(file.path()) && !NetworkFormats.SKIP.equals(formats.get(network))) {
        night.progress().say("  rejected %s: %s", file.path(), file.reason());
        rows.add(new Object[] {network, file.path(), 0L, file.reason(), night.date().toEpochDay()});
      }
    }
    return rows;
  }

  private static ColumnRows loaded(
      Night night, List<RawFile> files, Map<String, TreeMap<Long, Slice>> slices) {
    List<Object[]> rows = new ArrayList<>();
    for (RawFile file : files) {
      TreeMap<Long, Slice> read = slices.get(file.path());
      if (read == null) {
        continue;
      }
      long[] sums = new long[5];
      for (Slice slice : read.values()) {
        sums[0] += slice.checksum();
        sums[1] += slice.records();
        sums[2] += slice.accepted();
        sums[3] += slice.ignored();
        sums[4] += slice.rejected();
      }
      rows.add(
          new Object[] {
            file.network(),
            file.date().toEpochDay(),
            file.path(),
            file.size(),
            sums[0],
            file.modifiedAt().toEpochMilli() * 1000,
            sums[1],
            sums[2],
            sums[3],
            sums[4],
            night.date().toEpochDay()
          });
    }
    return TableRows.columns(LoadedFiles.TABLE, rows);
  }

  private static void checkRejects(
      Night night, Told told, Map<String, Map<Long, Long>> linesBefore) {
    double most = night.value(IngestStage.REJECTED_SHARE_MAX);
    TreeMap<String, long[]> counts = new TreeMap<>();
    for (Slice slice : told.slices) {
      long[] sums = counts.computeIfAbsent(slice.network(), any -> new long[2]);
      sums[0] += slice.records();
      sums[1] += slice.rejected();
    }
    counts.forEach(
        (network, sums) -> {
          if (sums[1] > most * Math.max(sums[0], 1)) {
            Map.Entry<String, Rejected> worst =
                told.rejected.get(network).entrySet().stream()
                    .max(
                        Comparator.comparingLong(
                                (Map.Entry<String, Rejected> one) -> one.getValue().count())
                            .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                    .orElseThrow();
            Rejected example = worst.getValue();
            throw RenownException.data(
                "Night %s: %d of %d lines of %s were rejected, more than %s = %s allows. Most"
                    + " frequent reason (%d times): %s, first in %s line %d. Repair or remove the"
                    + " files, or raise the limit; \"scripts/submit.sh rejects\" shows the rest.",
                night.date(),
                sums[1],
                sums[0],
                network,
                IngestStage.REJECTED_SHARE_MAX.name(),
                most,
                example.count(),
                worst.getKey(),
                example.path(),
                lineNumber(
                    example.path(), example.sliceStart(), example.lineNumber(), linesBefore));
          }
        });
  }
}
