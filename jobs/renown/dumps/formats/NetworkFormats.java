package renown.dumps.formats;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import renown.dumps.DumpFormat;
import renown.run.Config;
import renown.run.ConfigKey;

/** Which network's dumps are in which format. */
public final class NetworkFormats implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the formats are called. */
  public static final List<String> NAMES = Formats.all().stream().map(DumpFormat::name).toList();

  /** Stands in the place of a format. */
  public static final String SKIP = "skip";

  /** The format of each network. */
  public static final ConfigKey<SortedMap<String, String>> FORMATS =
      ConfigKey.pairs(
          "ingest.formats",
          "bluesky=bluesky-jetstream,x=x-v1-stream",
          "NETWORK=FORMAT pairs, separated by commas; formats: "
              + String.join(", ", NAMES)
              + "; NETWORK="
              + SKIP
              + " leaves a folder alone",
          "The dump format of each network folder under the raw root.",
          network -> !network.isBlank(),
          NetworkFormats::name);

  private final HashMap<String, DumpFormat> formats = new HashMap<>();

  private NetworkFormats() {}

  /** Those of a configuration; skipped networks have none. */
  public static NetworkFormats of(Config config) {
    NetworkFormats all = new NetworkFormats();
    config
        .value(FORMATS)
        .forEach(
            (network, format) -> {
              if (!format.equals(SKIP)) {
                all.formats.put(network, Formats.byName(format));
              }
            });
    return all;
  }

  /** By network. */
  public Map<String, DumpFormat> byNetwork() {
    return Map.copyOf(formats);
  }

  /**
   * An account's id as the lake writes it.
   *
   * @param network one without a format leaves the id as it is
   * @param id as somebody typed it
   */
  public String accountId(String network, String id) {
    DumpFormat format = formats.get(network);
    return format == null ? id : format.accountId(id);
  }

  private static String name(String name) {
    if (!name.equals(SKIP) && !NAMES.contains(name)) {
      throw new IllegalArgumentException(name);
    }
    return name;
  }
}
