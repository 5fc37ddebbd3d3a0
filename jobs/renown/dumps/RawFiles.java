package renown.dumps;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import renown.lake.Locations;
import renown.lake.StorageErrors;
import renown.run.RenownException;

/**
 * Finds the raw dumps, {@code <raw root>/<network>/dt=YYYY-MM-DD/*}, on any Hadoop file system. A
 * day may contain subfolders or archives. Files and folders whose name begins with {@code .} or
 * {@code _} are skipped, as usual in Hadoop; everything else is either a file to read or reported
 * with the reason why not.
 */
public final class RawFiles {
  private static final Set<String> LINES = Set.of(".json", ".jsonl", ".ndjson", ".xml");

  /** Reddit's dumps are called RC_2023-01.zst, RS_2015-01-31.bz2 and bees_comments.zst. */
  private static final Pattern REDDIT =
      Pattern.compile("r[cs]_\\d{4}-\\d{2}(-\\d{2})?|.+_(comments|submissions)");

  /** The CSV files that Mastodon, YouTube and Reddit hand out to the owners of accounts. */
  private static final Pattern EXPORTS =
      Pattern.compile(
          "(.*/)?(following_accounts|lists|blocked_accounts|subscriptions|comments|channel"
              + "|post_votes|comment_votes|friends|statistics)\\.csv");

  /** The files of an archive that X hands out of which something is read. */
  private static final Pattern X_ARCHIVE =
      Pattern.compile(
          "(.*/)?(tweets?|community-tweets?|like|follower|following|account)(-part\\d+)?\\.js");

  /** Lies in each such archive, unpacked or not. */
  private static final String ACCOUNT_OF_X = "account.js";

  private static final String PARQUET = ".parquet";
  private static final String DAY = "dt=";

  private RawFiles() {}

  /**
   * A file that will not be read.
   *
   * @param network the first folder under the raw root; null for a file that lies in the root
   * @param path relative to the raw root
   * @param reason what is wrong with its place or name
   */
  public record Unreadable(String network, String path, String reason) {}

  /**
   * What lies under the root.
   *
   * @param files in the order of network, date and path
   * @param unreadable in the order of path
   */
  public record Listing(List<RawFile> files, List<Unreadable> unreadable) {}

  /**
   * Lists all networks and days; a store of objects is asked once per thousand files, not once per
   * folder.
   *
   * @param root from {@link Locations}
   * @throws RenownException if the root or a folder in it cannot be listed
   */
  public static Listing list(Path root, Configuration hadoop) {
    Path folder = root;
    try {
      FileSystem fileSystem = root.getFileSystem(hadoop);
      folder = fileSystem.makeQualified(root);
      return list(fileSystem, folder);
    } catch (IOException | IllegalArgumentException e) {
      Path culprit = unlistable(folder, hadoop);
      throw StorageErrors.explained(
          culprit.equals(folder) ? Locations.RAW_ROOT.name() : "A folder in the raw root",
          culprit.toString(),
          "read",
          hadoop,
          e);
    }
  }

  private static Listing list(FileSystem fileSystem, Path root) throws IOException {
    String prefix = root.toUri().getPath();
    prefix = prefix.endsWith("/") ? prefix : prefix + "/";
    List<RawFile> files = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    if (!fileSystem.getFileStatus(root).isDirectory()) {
      throw RenownException.configuration(
          "%s = \"%s\" is a file: give the folder with the dumps.",
          Locations.RAW_ROOT.name(), root);
    }
    RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(root, true);
    while (all.hasNext()) {
      LocatedFileStatus status = all.next();
      String path = status.getPath().toUri().getPath();
      if (!path.startsWith(prefix)) {
        throw new IOException("listed " + path + ", which is not under " + prefix);
      }
      place(path.substring(prefix.length()), status, files, unreadable);
    }
    files.sort(
        Comparator.comparing(RawFile::network)
            .thenComparing(RawFile::date)
            .thenComparing(RawFile::path));
    // What else lies in an unpacked archive of X is its owner's own: messages, deleted tweets.
    Set<String> archives = new HashSet<>();
    for (RawFile file : files) {
      if (file.path().endsWith("/" + ACCOUNT_OF_X)) {
        archives.add(file.path().substring(0, file.path().length() - ACCOUNT_OF_X.length()));
      }
    }
    unreadable.removeIf(file -> archives.stream().anyMatch(file.path()::startsWith));
    unreadable.sort(Comparator.comparing(Unreadable::path));
    return new Listing(List.copyOf(files), List.copyOf(unreadable));
  }

  private static void place(
      String path, FileStatus status, List<RawFile> files, List<Unreadable> unreadable) {
    String[] parts = path.split("/");
    String name = parts[parts.length - 1];
    for (int i = 0; i < parts.length - 1; i++) {
      if (isHidden(parts[i])) {
        return;
      }
    }
    Archive archive = archive(name);
    Optional<Compression> compression =
        archive == Archive.NONE ? compression(name) : Optional.of(packing(name));
    if (name.toLowerCase(Locale.ROOT).endsWith(PARQUET)) {
      compression = Optional.of(Compression.NONE);
    }
    // A name that is only an extension begins with a dot without being hidden.
    boolean bare = compression.isPresent() && name.indexOf('.') == 0 && LINES.contains(lines(name));
    if (isHidden(name) && !bare) {
      return;
    }
    if (parts.length < 3) {
      unreadable.add(
          new Unreadable(
              parts.length == 1 ? null : parts[0],
              path,
              "not in a folder <network>/dt=YYYY-MM-DD of the raw root"));
      return;
    }
    Optional<LocalDate> date = date(parts[1]);
    if (date.isEmpty()) {
      unreadable.add(
          new Unreadable(parts[0], path, "its folder is not called dt=YYYY-MM-DD with a real day"));
      return;
    }
    if (compression.isEmpty()) {
      unreadable.add(
          new Unreadable(
              parts[0],
              path,
              "its name does not end in .json, .jsonl, .ndjson or .xml, nor in one of these and"
                  + " .gz, .bz2 or .zst; nor is it a .parquet, .tar or .zip file"));
      return;
    }
    files.add(
        new RawFile(
            parts[0],
            date.get(),
            path,
            status.getLen(),
            Instant.ofEpochMilli(status.getModificationTime()),
            compression.get(),
            archive));
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  /** The day of a folder {@code dt=YYYY-MM-DD}; empty if it is not one. */
  static Optional<LocalDate> date(String folder) {
    if (!folder.startsWith(DAY) || folder.length() != DAY.length() + 10) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(folder.substring(DAY.length())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How a file of this name is packed; empty if the name is not on the list. */
  static Optional<Compression> compression(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String lines = lines(lower);
    if (LINES.stream().noneMatch(lines::endsWith)
        && !EXPORTS.matcher(lines).matches()
        && !X_ARCHIVE.matcher(lines).matches()
        && (lines.equals(lower) || !REDDIT.matcher(lines).matches())) {
      return Optional.empty();
    }
    for (Compression compression : Compression.values()) {
      if (compression != Compression.NONE && lower.endsWith(compression.extension())) {
        return Optional.of(compression);
      }
    }
    return Optional.of(Compression.NONE);
  }

  /** Whether a file of this name is an archive. */
  static Archive archive(String name) {
    String unpacked = lines(name);
    if (unpacked.endsWith(".tar") || unpacked.endsWith(".tgz")) {
      return Archive.TAR;
    }
    return name.toLowerCase(Locale.ROOT).endsWith(".zip") ? Archive.ZIP : Archive.NONE;
  }

  /** How an archive of this name is packed as a whole; zip files pack their members instead. */
  private static Compression packing(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".tgz")) {
      return Compression.GZIP;
    }
    for (Compression compression : Compression.values()) {
      if (compression != Compression.NONE && lower.endsWith(compression.extension())) {
        return compression;
      }
    }
    return Compression.NONE;
  }

  /** The name without its compression extension, in lower case. */
  private static String lines(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Compression compression : Compression.values()) {
      if (compression != Compression.NONE && lower.endsWith(compression.extension())) {
        return lower.substring(0, lower.length() - compression.extension().length());
      }
    }
    return lower;
  }

  /** The folder that cannot be listed, for the message; else the root. */
  private static Path unlistable(Path root, Configuration hadoop) {
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      Path folder = folders.poll();
      try {
        for (FileStatus status : root.getFileSystem(hadoop).listStatus(folder)) {
          if (status.isDirectory()) {
            folders.add(status.getPath());
          }
        }
      } catch (FileNotFoundException e) {
        if (folder.equals(root)) {
          return root;
        }
      } catch (IOException | IllegalArgumentException e) {
        return folder;
      }
    }
    return root;
  }
}
