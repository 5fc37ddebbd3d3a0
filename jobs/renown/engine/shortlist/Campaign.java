package renown.engine.shortlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a campaign asks for.
 *
 * @param name what its rows are called
 * @param topic id of the topic, or a name of it until it is looked up
 * @param isOfEverything whether everybody counts whom an account reaches, not only those it reaches
 *     on the topic
 * @param network null for all
 * @param language ISO 639; null for all
 * @param kind person, organisation or unknown; null for all three: automated accounts never
 * @param leastResponseRate 0..1; accounts whose response rate is not known pass only at 0
 * @param seats at most so many accounts
 * @param mostPerCommunity at most so many of a community; 0 for any number
 */
public record Campaign(
    String name,
    String topic,
    boolean isOfEverything,
    String network,
    String language,
    String kind,
    double leastResponseRate,
    int seats,
    int mostPerCommunity) {
  public static final int MOST_SEATS = 1000;

  /** The kinds that can be selected. */
  public static final List<String> KINDS = List.of("person", "organisation", "unknown");

  /** How campaigns are written in conf. */
  public static final String FORM =
      "empty, or NAME: topic=TEXT, seats=N, and as wanted audience=topic|all, network=NAME, lang=CODE,"
          + " kind=KIND, min-response-rate=P, per-community=N; more campaigns after a semicolon";

  private static final Set<String> FIELDS =
      Set.of(
          "topic",
          "seats",
          "audience",
          "network",
          "lang",
          "kind",
          "min-response-rate",
          "per-community");

  /** The same for a topic that was looked up. */
  public Campaign onTopic(String topicId) {
    return new Campaign(
        name,
        topicId,
        isOfEverything,
        network,
        language,
        kind,
        leastResponseRate,
        seats,
        mostPerCommunity);
  }

  /** The topic_id of its audiences in {@code mart_audience_sketches}. */
  public String audience() {
    return isOfEverything ? ReachedAccounts.EVERYTHING : topic;
  }

  /**
   * Reads campaigns as they stand in conf ({@link #FORM}).
   *
   * @throws IllegalArgumentException if they are not understood
   */
  public static List<Campaign> parse(String text) {
    List<Campaign> campaigns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String one : text.split(";", -1)) {
      if (one.isBlank() && text.isBlank()) {
        continue;
      }
      String[] parts = one.split(":", 2);
      String name = parts[0].strip();
      if (parts.length < 2 || !name.matches("[\\w-]+") || !names.add(name)) {
        throw new IllegalArgumentException(one);
      }
      campaigns.add(parse(name, fields(parts[1])));
    }
    return List.copyOf(campaigns);
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(",")) {
      String[] pair = field.split("=", 2);
      String name = pair[0].strip();
      if (pair.length < 2
          || !FIELDS.contains(name)
          || pair[1].isBlank()
          || fields.put(name, pair[1].strip()) != null) {
        throw new IllegalArgumentException(text);
      }
    }
    return fields;
  }

  private static Campaign parse(String name, Map<String, String> fields) {
    String audience = fields.getOrDefault("audience", "topic");
    String kind = fields.get("kind");
    double responseRate = Double.parseDouble(fields.getOrDefault("min-response-rate", "0"));
    int seats = Integer.parseInt(fields.getOrDefault("seats", "0"));
    int perCommunity = Integer.parseInt(fields.getOrDefault("per-community", "0"));
    if (!fields.containsKey("topic")
        || !Arrays.asList("topic", "all").contains(audience)
        || kind != null && !KINDS.contains(kind)
        || !(responseRate >= 0 && responseRate <= 1)
        || seats < 1
        || seats > MOST_SEATS
        || perCommunity < 0) {
      throw new IllegalArgumentException(fields.toString());
    }
    String language = fields.get("lang");
    return new Campaign(
        name,
        fields.get("topic"),
        audience.equals("all"),
        fields.get("network"),
        language == null ? null : language.toLowerCase(Locale.ROOT),
        kind,
        responseRate,
        seats,
        perCommunity);
  }
}
