package renown.lab.evaluate;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.tables.AccountState;
import renown.tables.MartTopicScores;

/**
 * Does expertise predict who will earn up-votes under a tag? A Stack Exchange site is loaded up to
 * a cut-off; later votes are the ground truth.
 */
final class StackExchangeForecast {
  private static final double FIRST_PART = 0.6;
  private static final int PLACES = 10;
  private static final int LEAST_VOTES = 5;
  private static final int LEAST_USERS = 3;
  private static final String UP_VOTE = "2";
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([A-Za-z]+)=\"([^\"]*)\"");
  private static final Pattern ACCEPTED = Pattern.compile(" AcceptedAnswerId=\"([0-9]+)\"");

  private StackExchangeForecast() {}

  /** A question or answer. */
  record Post(String owner, List<String> tags, String parent, String created) {}

  static List<Measurement> measure(Laboratory laboratory, String site, Path dump) throws Exception {
    Map<String, Post> posts = posts(dump.resolve("Posts.xml"));
    List<String> times = posts.values().stream().map(Post::created).sorted().toList();
    String cut = times.get((int) (times.size() * FIRST_PART)).substring(0, 10);
    Path raw = laboratory.folder(site).resolve("raw").resolve(site).resolve("dt=" + cut);
    Files.createDirectories(raw);
    for (String file : List.of("Posts", "Votes", "Comments", "Badges")) {
      copy(dump.resolve(file + ".xml"), raw.resolve(file + ".xml"), "", cut, posts);
    }
    Files.copy(dump.resolve("Users.xml"), raw.resolve("Users.xml"));
    Path taxonomy = laboratory.folder(site).resolve("tags.txt");
    writeTaxonomy(posts, taxonomy);
    Map<String, String> settings = new TreeMap<>();
    settings.put("ingest.formats", site + "=stack-exchange");
    settings.put("topics.taxonomy", taxonomy.toString());
    settings.put("topics.half-life-days", "365");
    Lake lake = laboratory.nights(site, settings, LocalDate.parse(cut));
    return compare(lake, site, posts, votes(dump.resolve("Votes.xml")), cut);
  }

  private static List<Measurement> compare(
      Lake lake, String site, Map<String, Post> posts, List<String[]> votes, String cut) {
    Map<String, Map<String, Double>> expertise = new HashMap<>();
    for (Row row :
        Laboratory.published(lake, MartTopicScores.TABLE)
            .join(Laboratory.core(lake).accounts(), "account_key")
            .select("topic_id", "account_id", "earned_expertise")
            .collectAsList()) {
      expertise
          .computeIfAbsent(row.getString(0), tag -> new HashMap<>())
          .put(row.getString(1), row.getDouble(2));
    }
    Map<String, Double> ranks = new HashMap<>();
    Laboratory.published(lake, AccountState.TABLE)
        .where("rank_share IS NOT NULL")
        .join(Laboratory.core(lake).accounts(), "account_key")
        .select(col("account_id"), col("rank_share"))
        .collectAsList()
        .forEach(row -> ranks.put(row.getString(0), row.getDouble(1)));
    Map<String, Map<String, Double>> past = new HashMap<>();
    Map<String, Map<String, Double>> future = new HashMap<>();
    for (String[] vote : votes) {
      Post post = posts.get(vote[0]);
      if (post != null && post.owner != null) {
        for (String tag : tags(post, posts)) {
          (vote[1].compareTo(cut) < 0 ? past : future)
              .computeIfAbsent(tag, t -> new HashMap<>())
              .merge(post.owner, 1.0, Double::sum);
        }
      }
    }
    Set<String> users = new TreeSet<>();
    posts.values().stream()
        .filter(post -> post.owner != null && post.created.compareTo(cut) < 0)
        .forEach(post -> users.add(post.owner));
    double[] sums = new double[3];
    int tags = 0;
    for (Map.Entry<String, Map<String, Double>> entry : new TreeMap<>(future).entrySet()) {
      Map<String, Double> gains = new HashMap<>(entry.getValue());
      gains.keySet().retainAll(users);
      double all = gains.values().stream().mapToDouble(v -> v).sum();
      if (gains.size() < LEAST_USERS || all < LEAST_VOTES) {
        continue;
      }
      tags++;
      String id = topicId(entry.getKey());
      sums[0] += gain(users, expertise.getOrDefault(id, Map.of()), gains);
      sums[1] += gain(users, ranks, gains);
      sums[2] += gain(users, past.getOrDefault(entry.getKey(), Map.of()), gains);
    }
    List<Measurement> measurements = new ArrayList<>();
    double rank = sums[1] / tags;
    double byVotes = sums[2] / tags;
    measurements.add(Measurement.of(site, "tags evaluated", tags));
    measurements.add(
        Measurement.of(site, "NDCG@10 of later up-votes, by expertise", sums[0] / tags)
            .atLeast(Math.max(rank, byVotes)));
    measurements.add(Measurement.of(site, "baseline: by rank in the whole site", rank));
    measurements.add(Measurement.of(site, "baseline: by up-votes under the tag so far", byVotes));
    return measurements;
  }

  private static double gain(
      Set<String> users, Map<String, Double> scores, Map<String, Double> gains) {
    return RankQuality.normalizedGain(
        users.stream()
            .sorted(
                Comparator.comparingDouble((String user) -> -scores.getOrDefault(user, 0.0))
                    .thenComparing(user -> user))
            .mapToDouble(user -> gains.getOrDefault(user, 0.0))
            .toArray(),
        PLACES);
  }

  private static List<String> tags(Post post, Map<String, Post> posts) {
    Post question = post.parent == null ? post : posts.get(post.parent);
    return question == null ? List.of() : question.tags;
  }

  private static Map<String, String> attributes(String line) {
    Map<String, String> attributes = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(line);
    while (matcher.find()) {
      attributes.put(matcher.group(1), matcher.group(2));
    }
    return attributes;
  }

  static Map<String, Post> posts(Path file) throws IOException {
    Map<String, Post> posts = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Map<String, String> row = attributes(line);
      if ("1".equals(row.get("PostTypeId")) || "2".equals(row.get("PostTypeId"))) {
        List<String> tags =
            Arrays.stream(
                    row.getOrDefault("Tags", "")
                        .replace("&lt;", "|")
                        .replace("&gt;", "|")
                        .split("\\|"))
                .filter(tag -> !tag.isEmpty())
                .toList();
        posts.put(
            row.get("Id"),
            new Post(row.get("OwnerUserId"), tags, row.get("ParentId"), row.get("CreationDate")));
      }
    }
    return posts;
  }

  /** Post and day of each up-vote. */
  private static List<String[]> votes(Path file) throws IOException {
    List<String[]> votes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Map<String, String> row = attributes(line);
      if (UP_VOTE.equals(row.get("VoteTypeId"))) {
        votes.add(new String[] {row.get("PostId"), row.get("CreationDate").substring(0, 10)});
      }
    }
    return votes;
  }

  /** The rows from a day on and before another; an answer of later is not accepted yet. */
  static void copy(Path source, Path target, String from, String until, Map<String, Post> posts)
      throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(source)) {
      Map<String, String> row = attributes(line);
      String at = row.getOrDefault("CreationDate", row.get("Date"));
      if (at == null || at.compareTo(from) >= 0 && at.compareTo(until) < 0) {
        Matcher accepted = ACCEPTED.matcher(line);
        Post answer = accepted.find() ? posts.get(accepted.group(1)) : null;
        boolean later = answer != null && answer.created.compareTo(until) >= 0;
        kept.add(later ? accepted.replaceAll("") : line);
      }
    }
    Files.write(target, kept);
  }

  private static String topicId(String tag) {
    return "tag-" + tag.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** The site's tags as topics, matched by the tag alone. */
  private static void writeTaxonomy(Map<String, Post> posts, Path file) throws IOException {
    Set<String> ids = new HashSet<>();
    List<String> lines = new ArrayList<>();
    Set<String> tags = new TreeSet<>();
    posts.values().forEach(post -> tags.addAll(post.tags));
    for (String tag : tags) {
      if (ids.add(topicId(tag))) {
        lines.add("topic " + topicId(tag));
        lines.add("  xx " + tag + "?");
        lines.add("  tags " + tag);
      }
    }
    Files.write(file, lines);
  }
}
