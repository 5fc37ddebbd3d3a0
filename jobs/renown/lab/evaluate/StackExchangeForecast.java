package renown.lab.evaluate;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicVotes;
import renown.lake.Lake;
import renown.tables.AccountState;
import renown.tables.MartTopicScores;
import renown.tables.TopicIncrements;

/**
 * Does expertise predict who will earn up-votes under a tag? A Stack Exchange site is loaded up to
 * a cut-off; later votes are the ground truth.
 */
final class StackExchangeForecast {
  private static final double FIRST_PART = 0.6;
  private static final int PLACES = 10;
  private static final int LEAST_VOTES = 5;
  private static final int LEAST_USERS = 3;
  private static final int HALF_LIFE_DAYS = 365;
  private static final double VOTE_WEIGHT = 2;
  private static final double DEFAULT_STRENGTH = 10;
  private static final double[] STRENGTHS = {1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100};
  private static final String UP_VOTE = "2";
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([A-Za-z]+)=\"([^\"]*)\"");
  private static final Pattern ACCEPTED = Pattern.compile(" AcceptedAnswerId=\"([0-9]+)\"");

  private StackExchangeForecast() {}

  /** A question or answer. */
  record Post(String owner, List<String> tags, String parent, String created) {}

  /** A site, and what its users are voted for after the cut-off. */
  private static final class Site {
    private final Path dump;
    private final Map<String, Post> posts;
    private final List<String[]> votes;

    /** The first day that is not loaded. */
    private final String cut;

    /** Who posted before. */
    private final Set<String> users = new TreeSet<>();

    /** Later up-votes by tag and user, of tags with enough of them. */
    private final Map<String, Map<String, Double>> future = new TreeMap<>();

    Site(Path dump) throws IOException {
      this.dump = dump;
      posts = posts(dump.resolve("Posts.xml"));
      votes = votes(dump.resolve("Votes.xml"));
      List<String> times = posts.values().stream().map(Post::created).sorted().toList();
      cut = times.get((int) (times.size() * FIRST_PART)).substring(0, 10);
      posts.values().stream()
          .filter(post -> post.owner != null && post.created.compareTo(cut) < 0)
          .forEach(post -> users.add(post.owner));
      for (String[] vote : votes) {
        Post post = posts.get(vote[0]);
        if (vote[1].compareTo(cut) >= 0
            && post != null
            && post.owner != null
            && users.contains(post.owner)) {
          add(future, post, 1);
        }
      }
      future
          .values()
          .removeIf(
              gains ->
                  gains.size() < LEAST_USERS
                      || gains.values().stream().mapToDouble(v -> v).sum() < LEAST_VOTES);
    }

    private void add(Map<String, Map<String, Double>> counts, Post post, double count) {
      for (String tag : tags(post, posts)) {
        counts.computeIfAbsent(tag, t -> new HashMap<>()).merge(post.owner, count, Double::sum);
      }
    }

    /** Up-votes before the cut-off by tag and user, and of each user by the tag "". */
    Map<String, Map<String, Double>> past(double halfLifeDays) {
      Map<String, Map<String, Double>> past = new HashMap<>();
      past.put("", new HashMap<>());
      for (String[] vote : votes) {
        Post post = posts.get(vote[0]);
        if (vote[1].compareTo(cut) < 0 && post != null && post.owner != null) {
          double days = LocalDate.parse(cut).toEpochDay() - LocalDate.parse(vote[1]).toEpochDay();
          double count = Math.pow(2, -days / halfLifeDays);
          add(past, post, count);
          past.get("").merge(post.owner, count, Double::sum);
        }
      }
      return past;
    }

    /** Mean over tags of how well scores by tag and user tell later up-votes. */
    double gain(BiFunction<String, String, Double> scores) {
      return future.keySet().stream()
          .mapToDouble(
              tag ->
                  StackExchangeForecast.gain(
                      users,
                      users.stream()
                          .collect(Collectors.toMap(user -> user, user -> scores.apply(tag, user))),
                      future.get(tag)))
          .average()
          .orElse(Double.NaN);
    }

    /** How well past votes tell them, if their shares are shrunk with a strength. */
    double gain(double strength) {
      Map<String, Map<String, Double>> past = past(HALF_LIFE_DAYS);
      Map<String, Double> all = past.get("");
      double everybodys = all.values().stream().mapToDouble(v -> v).sum();
      Map<String, Double> shares = new HashMap<>();
      past.forEach(
          (tag, its) ->
              shares.put(tag, its.values().stream().mapToDouble(v -> v).sum() / everybodys));
      return gain(
          (tag, user) ->
              TopicVotes.worth(
                  past.getOrDefault(tag, Map.of()).getOrDefault(user, 0.0),
                  all.getOrDefault(user, 0.0),
                  shares.getOrDefault(tag, 0.0),
                  strength));
    }
  }

  /**
   * @param sites by name; the strength with which each one's votes are shrunk is chosen on the
   *     others, and is the default where there are none
   */
  static List<Measurement> measure(Laboratory laboratory, SortedMap<String, Path> sites)
      throws Exception {
    SortedMap<String, Site> all = new TreeMap<>();
    for (Map.Entry<String, Path> site : sites.entrySet()) {
      all.put(site.getKey(), new Site(site.getValue()));
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Map.Entry<String, Site> site : all.entrySet()) {
      Map<String, Site> others = new TreeMap<>(all);
      others.remove(site.getKey());
      measurements.addAll(
          measure(laboratory, site.getKey(), site.getValue(), strength(others.values())));
    }
    return measurements;
  }

  /** The strength that tells later votes best, on average over sites; null if there are none. */
  private static Double strength(Collection<Site> sites) {
    Double best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (double strength : STRENGTHS) {
      double gain = sites.stream().mapToDouble(site -> site.gain(strength)).sum();
      if (!sites.isEmpty() && gain > most) {
        most = gain;
        best = strength;
      }
    }
    return best;
  }

  /**
   * What the lake knows of accounts that it does not list under a tag, since they have done nothing
   * there: their votes elsewhere, shrunk as those of all others are.
   */
  private static final class Unlisted {
    /** Decayed votes by topic and account; of all by the topic "*". */
    private final Map<String, Map<String, Double>> votes = new HashMap<>();

    Unlisted(Lake lake, long night) {
      double perUnit = new TopicClock(night, HALF_LIFE_DAYS).actsPerUnit();
      for (Row row :
          Laboratory.published(lake, TopicIncrements.TABLE)
              .where("verb = 'vote'")
              .withColumnRenamed("dst_key", "account_key")
              .join(Laboratory.core(lake).accounts(), "account_key")
              .select("topic_id", "account_id", "decayed_units")
              .collectAsList()) {
        votes
            .computeIfAbsent(row.getString(0), topic -> new HashMap<>())
            .merge(row.getString(1), row.getLong(2) * perUnit, Double::sum);
      }
    }

    private Map<String, Double> on(String topic) {
      return votes.getOrDefault(topic, Map.of());
    }

    private double sum(String topic) {
      return on(topic).values().stream().mapToDouble(v -> v).sum();
    }

    double worth(String topic, String user, double strength) {
      return VOTE_WEIGHT
          * TopicVotes.worth(
              on(topic).getOrDefault(user, 0.0),
              on("*").getOrDefault(user, 0.0),
              sum(topic) / sum("*"),
              strength);
    }
  }

  private static List<Measurement> measure(
      Laboratory laboratory, String name, Site site, Double strength) throws Exception {
    Path raw = laboratory.folder(name).resolve("raw").resolve(name).resolve("dt=" + site.cut);
    Files.createDirectories(raw);
    for (String file : List.of("Posts", "Votes", "Comments", "Badges")) {
      copy(site.dump.resolve(file + ".xml"), raw.resolve(file + ".xml"), "", site.cut, site.posts);
    }
    Files.copy(site.dump.resolve("Users.xml"), raw.resolve("Users.xml"));
    Path taxonomy = laboratory.folder(name).resolve("tags.txt");
    writeTaxonomy(site.posts, taxonomy);
    Map<String, String> settings = new TreeMap<>();
    settings.put("ingest.formats", name + "=stack-exchange");
    settings.put("topics.taxonomy", taxonomy.toString());
    settings.put("topics.half-life-days", Integer.toString(HALF_LIFE_DAYS));
    settings.put("topics.vote-weight", Double.toString(VOTE_WEIGHT));
    double prior = strength == null ? DEFAULT_STRENGTH : strength;
    settings.put("topics.vote-prior", Double.toString(prior));
    Lake lake = laboratory.nights(name, settings, LocalDate.parse(site.cut));
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
    Unlisted unlisted = new Unlisted(lake, LocalDate.parse(site.cut).toEpochDay());
    Map<String, Map<String, Double>> past = site.past(Double.POSITIVE_INFINITY);
    double byExpertise =
        site.gain(
            (tag, user) -> {
              Double listed = expertise.getOrDefault(topicId(tag), Map.of()).get(user);
              return listed == null ? unlisted.worth(topicId(tag), user, prior) : listed;
            });
    double byRank = site.gain((tag, user) -> ranks.getOrDefault(user, 0.0));
    double byVotes =
        site.gain((tag, user) -> past.getOrDefault(tag, Map.of()).getOrDefault(user, 0.0));
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(name, "tags evaluated", site.future.size()));
    if (strength != null) {
      measurements.add(
          Measurement.of(name, "topics.vote-prior, chosen on the other sites", strength));
    }
    measurements.add(
        Measurement.of(name, "NDCG@10 of later up-votes, by expertise", byExpertise)
            .atLeast(Math.max(byRank, byVotes)));
    measurements.add(Measurement.of(name, "baseline: by rank in the whole site", byRank));
    measurements.add(Measurement.of(name, "baseline: by up-votes under the tag so far", byVotes));
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
