package renown.lab.generate;

import java.util.Locale;

/** The networks whose dumps can be written. */
public enum Network {
  /** Bluesky's Jetstream, version 1 lines. */
  BLUESKY,
  /** The X (Twitter) v1.1 stream. */
  X;

  /** The folder name and the name in tables: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
