package renown.engine.taxonomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import renown.kernels.taxonomy.ForeignTaxonomies;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TaxonomyText;
import renown.run.ConfigKey;
import renown.run.RenownException;

/** Reads taxonomy files. */
public final class TaxonomyFiles {
  /** The taxonomy to use. */
  public static final ConfigKey<String> TAXONOMY =
      ConfigKey.text(
          "topics.taxonomy",
          "",
          "empty, or a path",
          "The topic taxonomy. Empty: the built-in conf/taxonomy/topics.txt. Otherwise a file"
              + " in the same format, a folder with Klout's 2018 ontology (klout_topic_*.csv),"
              + " or a .tsv file of IAB's content taxonomy. A change does not affect earlier"
              + " nights.");

  private static final String SHIPPED = "topics.txt";

  private TaxonomyFiles() {}

  /** Read once in a process, however many stages and tasks ask. */
  private static final class Shipped {
    private static final Taxonomy TAXONOMY = parsed();
  }

  /** The built-in taxonomy. */
  public static Taxonomy shipped() {
    return Shipped.TAXONOMY;
  }

  private static Taxonomy parsed() {
    try (InputStream in = TaxonomyFiles.class.getResourceAsStream(SHIPPED)) {
      return TaxonomyText.parse(
          "conf/taxonomy/topics.txt", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #TAXONOMY} names.
   *
   * @throws RenownException if it cannot be read or breaks a rule
   */
  public static Taxonomy read(String setting, Configuration hadoop) {
    if (setting.isEmpty()) {
      return shipped();
    }
    try {
      Path path = new Path(setting);
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        throw RenownException.configuration(
            "%s = \"%s\": there is no such file or folder.", TAXONOMY.name(), setting);
      }
      if (files.getFileStatus(path).isDirectory()) {
        return klout(setting, files, path);
      }
      String text;
      try (InputStream in = files.open(path)) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return setting.endsWith(".tsv")
          ? ForeignTaxonomies.iab(setting, new StringReader(text))
          : TaxonomyText.parse(setting, text);
    } catch (IOException | IllegalArgumentException e) {
      throw RenownException.configuration(
          e,
          String.format(
              "%s = \"%s\": it cannot be read (%s).", TAXONOMY.name(), setting, e.getMessage()));
    }
  }

  private static Taxonomy klout(String setting, FileSystem files, Path folder) throws IOException {
    try (Reader topics = part(setting, files, folder, "klout_topic_ontology").orElseThrow();
        Reader edges = part(setting, files, folder, "klout_topic_edge").orElseThrow();
        Reader names = part(setting, files, folder, "klout_topic_display").orElse(null)) {
      return ForeignTaxonomies.klout(setting, topics, edges, names);
    }
  }

  /** The newest file whose name begins so, by the date in its name. */
  private static Optional<Reader> part(String setting, FileSystem files, Path folder, String prefix)
      throws IOException {
    FileStatus[] found = files.listStatus(folder, path -> path.getName().startsWith(prefix));
    Optional<Path> newest =
        Arrays.stream(found)
            .map(FileStatus::getPath)
            .max(Comparator.comparing(path -> path.getName().replaceFirst("\\.gz$", "")));
    if (newest.isEmpty()) {
      if (prefix.endsWith("display")) {
        return Optional.empty();
      }
      throw RenownException.configuration(
          "%s = \"%s\": the folder has no %s*.csv; give a file, or the folder of Klout's"
              + " ontology.",
          TAXONOMY.name(), setting, prefix);
    }
    InputStream in = files.open(newest.get());
    if (newest.get().getName().endsWith(".gz")) {
      in = new GZIPInputStream(in);
    }
    return Optional.of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }
}
