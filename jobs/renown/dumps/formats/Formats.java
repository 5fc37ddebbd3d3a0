package renown.dumps.formats;

import java.util.List;
import java.util.stream.Collectors;
import renown.dumps.DumpFormat;
import renown.run.RenownException;

/** The registry of dump formats. */
public final class Formats {
  private static final List<DumpFormat> ALL =
      List.of(
          new JetstreamFormat(),
          new XStreamFormat(),
          new XApiFormat(),
          new MastodonFormat(),
          new StackExchangeFormat(),
          new RedditFormat(),
          new GitHubFormat(),
          new HackerNewsFormat(),
          new YouTubeFormat(),
          new FarcasterFormat(),
          new NostrFormat(),
          new NeutralFormat());

  private Formats() {}

  /** Every format, in the order of the documentation. */
  public static List<DumpFormat> all() {
    return ALL;
  }

  /**
   * The format of a name.
   *
   * @throws RenownException if there is none
   */
  public static DumpFormat byName(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                RenownException.configuration(
                    "Unknown dump format \"%s\"; use one of %s.",
                    name, ALL.stream().map(DumpFormat::name).collect(Collectors.joining(", "))));
  }
}
