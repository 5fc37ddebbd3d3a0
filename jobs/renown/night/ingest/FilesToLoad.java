package renown.night.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.dumps.LoadedNames;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.night.Night;
import renown.run.RenownException;
import renown.tables.LoadedFiles;

/** Selects the raw files of a night. */
final class FilesToLoad {
  private FilesToLoad() {}

  /**
   * The files up to the night that were not loaded, as far as name, size and time tell; days
   * without a file are said aloud.
   *
   * @throws RenownException if a network has no format
   */
  static List<RawFile> of(RawFiles.Listing listing, Night night) {
    Map<String, String> formats = night.value(NetworkFormats.FORMATS);
    LoadedNames loaded = LoadedNames.of(night.lake().files(LoadedFiles.TABLE));
    List<RawFile> files = new ArrayList<>();
    Set<String> today = new HashSet<>();
    for (RawFile file : listing.files()) {
      String format = formats.get(file.network());
      if (format == null) {
        throw RenownException.configuration(
            "The raw root has a folder %s, but %s = \"%s\" names no format for it: add"
                + " %s=FORMAT (one of %s), or %s=skip.",
            file.network(),
            NetworkFormats.FORMATS.name(),
            night.config().texts().get(NetworkFormats.FORMATS.name()),
            file.network(),
            String.join(", ", NetworkFormats.NAMES),
            file.network());
      }
      if (!format.equals(NetworkFormats.SKIP) && !file.date().isAfter(night.date())) {
        if (file.date().equals(night.date())) {
          today.add(file.network());
        }
        if (!loaded.has(file)) {
          files.add(file);
        }
      }
    }
    formats.forEach(
        (network, format) -> {
          boolean known = listing.files().stream().anyMatch(f -> f.network().equals(network));
          if (known && !format.equals(NetworkFormats.SKIP) && !today.contains(network)) {
            night.progress().say("  %s has no file of %s", network, night.date());
          }
        });
    if (listing.files().isEmpty() && listing.unreadable().isEmpty()) {
      night.progress().say("  the raw root holds no file <network>/dt=YYYY-MM-DD/*");
    }
    return files;
  }
}
