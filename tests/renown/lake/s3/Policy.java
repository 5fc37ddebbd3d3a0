package renown.lake.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A policy of {@code conf/s3-policies}, and what it says of a request to S3. */
final class Policy {
  static final Path FOLDER = Path.of("conf/s3-policies");

  /**
   * @param prefixes those of which {@code s3:prefix} must be like one, where a request has it;
   *     empty for any
   */
  record Statement(List<String> actions, List<String> resources, List<String> prefixes) {}

  private final List<Statement> statements = new ArrayList<>();

  private Policy() {}

  static Policy read(String name) throws IOException {
    Policy policy = new Policy();
    JsonNode json = new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
    for (JsonNode statement : json.get("Statement")) {
      policy.statements.add(
          new Statement(
              texts(statement.get("Action")),
              texts(statement.get("Resource")),
              texts(statement.at("/Condition/StringLikeIfExists/s3:prefix"))));
    }
    return policy;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  List<Statement> statements() {
    return statements;
  }

  /**
   * Whether it allows an action.
   *
   * @param resource without what all begin with: {@code bucket} or {@code bucket/key}
   * @param prefix null where the request has none
   */
  boolean allows(String action, String resource, String prefix) {
    return statements.stream()
        .anyMatch(
            statement ->
                statement.actions().contains(action)
                    && isLikeOne("arn:aws:s3:::" + resource, statement.resources())
                    && (prefix == null
                        || statement.prefixes().isEmpty()
                        || isLikeOne(prefix, statement.prefixes())));
  }

  /**
   * Whether it allows a request.
   *
   * @param line the first line, such as {@code GET /bucket?list-type=2&prefix=raw/ HTTP/1.1}
   */
  boolean allows(String line) {
    String[] parts = line.split(" ");
    String[] target = parts[1].substring(1).split("\\?", 2);
    Map<String, String> query = new TreeMap<>();
    if (target.length == 2) {
      Arrays.stream(target[1].split("&"))
          .map(parameter -> (parameter + "=").split("=", -1))
          .forEach(parameter -> query.put(decoded(parameter[0]), decoded(parameter[1])));
    }
    String[] path = decoded(target[0]).split("/", 2);
    boolean isOfBucket = path.length == 1 || path[1].isEmpty();
    return allows(
        action(parts[0], isOfBucket, query),
        isOfBucket ? path[0] : path[0] + "/" + path[1],
        isOfBucket ? query.get("prefix") : null);
  }

  private static String action(String method, boolean isOfBucket, Map<String, String> query) {
    if (isOfBucket) {
      return switch (method) {
        case "GET", "HEAD" ->
            query.containsKey("uploads")
                ? "s3:ListBucketMultipartUploads"
                : query.containsKey("versions") ? "s3:ListBucketVersions" : "s3:ListBucket";
        default -> "s3:" + method + " of a bucket";
      };
    }
    return switch (method) {
      case "GET", "HEAD" -> "s3:GetObject";
      case "PUT", "POST" -> "s3:PutObject";
      case "DELETE" ->
          query.containsKey("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
      default -> "s3:" + method;
    };
  }

  private static boolean isLikeOne(String text, List<String> patterns) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                text.matches(
                    Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
