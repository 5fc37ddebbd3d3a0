package renown.lab.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.LanguageDetector;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;

/**
 * Posts of real people, as far as they have text: minutes of X's v1.1 stream ({@code
 * twitter-v1-stream/*.json.bz2}), a window of Jetstream ({@code bluesky/expected_v1.jsonl}) and
 * posts as Bluesky's API gives them ({@code bluesky/bluesky-posts.json}).
 */
public final class RealPosts {
  private static final String X_FOLDER = "twitter-v1-stream";

  private RealPosts() {}

  /**
   * What a post says.
   *
   * @param id on X a number, on Bluesky an AT URI
   * @param source file it was first found in
   * @param language as the network states it; null if it does not
   * @param hashtags without #
   * @param links full addresses
   */
  public record Post(
      String id,
      String source,
      String language,
      String text,
      List<String> hashtags,
      List<String> links) {
    /** As stated, else as detected; null if neither tells. */
    public String knownLanguage() {
      String stated = LanguageCodes.of(language);
      return stated != null ? stated : LanguageDetector.detect(text);
    }

    /** What a matcher says of it. */
    public List<TopicMatch> topics(TopicMatcher matcher) {
      return matcher.match(text, hashtags, links, knownLanguage());
    }
  }

  /** Whether a folder holds such posts. */
  public static boolean areIn(Path folder) {
    return Files.isDirectory(folder.resolve(X_FOLDER));
  }

  /**
   * All of them, those within reposts and quotes too.
   *
   * @return by id
   * @throws IOException if a file cannot be read or a line of it not be parsed
   */
  public static Map<String, Post> read(Path folder) throws IOException {
    Map<String, Post> posts = new TreeMap<>();
    List<Path> files;
    try (var found = Files.list(folder.resolve(X_FOLDER))) {
      files = found.filter(path -> path.toString().endsWith(".json.bz2")).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
          InputStream in = new BZip2CompressorInputStream(packed, true)) {
        lines(Formats.byName("x-v1-stream"), file, in.readAllBytes(), posts);
      }
    }
    Path jetstream = folder.resolve("bluesky/expected_v1.jsonl");
    if (Files.exists(jetstream)) {
      lines(Formats.byName("bluesky-jetstream"), jetstream, Files.readAllBytes(jetstream), posts);
    }
    Path views = folder.resolve("bluesky/bluesky-posts.json");
    if (Files.exists(views)) {
      for (JsonNode view : new ObjectMapper().readTree(views.toFile())) {
        Post post = view(view, views.getFileName().toString());
        posts.putIfAbsent(post.id(), post);
      }
    }
    return posts;
  }

  private static void lines(DumpFormat format, Path file, byte[] bytes, Map<String, Post> posts)
      throws IOException {
    String source = file.getFileName().toString();
    LineSink sink =
        new LineSink() {
          @Override
          public void accept(ParsedRecord record) {
            if (record.kind == ParsedRecord.Kind.POST
                && record.text != null
                && !record.text.isBlank()) {
              posts.putIfAbsent(
                  record.recordId,
                  new Post(
                      record.recordId,
                      source,
                      record.language,
                      record.text,
                      List.copyOf(record.hashtags),
                      List.copyOf(record.links)));
            }
          }

          @Override
          public void ignored(String rule) {}
        };
    int from = 0;
    for (int to = 0; to <= bytes.length; to++) {
      if (to == bytes.length || bytes[to] == '\n') {
        if (!new String(bytes, from, to - from, StandardCharsets.UTF_8).isBlank()) {
          try {
            format.parse(bytes, from, to - from, sink);
          } catch (RejectedLineException e) {
            throw new IOException(source + ": a line cannot be read: " + e.getMessage(), e);
          }
        }
        from = to + 1;
      }
    }
  }

  private static Post view(JsonNode view, String source) {
    JsonNode record = view.path("record");
    List<String> hashtags = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (JsonNode facet : record.path("facets")) {
      for (JsonNode feature : facet.path("features")) {
        if (feature.has("tag")) {
          hashtags.add(feature.path("tag").asText());
        } else if (feature.has("uri")) {
          links.add(feature.path("uri").asText());
        }
      }
    }
    JsonNode external = record.path("embed").path("external").path("uri");
    if (!external.isMissingNode()) {
      links.add(external.asText());
    }
    JsonNode language = record.path("langs").path(0);
    return new Post(
        view.path("uri").asText(),
        source,
        language.isMissingNode() ? null : language.asText(),
        record.path("text").asText(),
        hashtags,
        links);
  }
}
