package renown.lab.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatch;
import renown.run.RenownException;

/**
 * How well topics are found in random posts that somebody has read and labelled, those included to
 * which no topic is given: plain Java, without Spark.
 */
public final class TopicAccuracy {
  /** The default of {@code topics.confidence-min}: what is less sure is not given. */
  private static final double LEAST_CONFIDENCE = 0.5;

  private static final int BINS = 10;

  /** Languages that are told apart; the rest is one group. */
  private static final List<String> LANGUAGES = List.of("en", "es", "pt", "fr", "de", "ja");

  private TopicAccuracy() {}

  /** Which half of the labels a post belongs to. */
  public enum Half {
    /** May be looked at while terms are chosen and confidences fitted. */
    WORK,
    /** Measured only. */
    HELD_OUT;

    /** By the first bit of the SHA-256 of a post's id. */
    public static Half of(String id) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        return hash[0] < 0 ? HELD_OUT : WORK;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String toString() {
      return this == WORK ? "work" : "held out";
    }
  }

  /**
   * What a reader says of a post.
   *
   * @param language as read
   * @param topics the narrowest that fit, at most three; none if it is about nothing
   */
  public record Label(String id, String language, Set<String> topics) {
    public Half half() {
      return Half.of(id);
    }
  }

  /**
   * What was measured on the posts of a language.
   *
   * @param group a language, "other" or "all"
   * @param postCount labelled posts
   * @param toldCount those that a reader gave a topic
   * @param givenCount topics that were given to them, without those that only stand above another
   * @param precision share of given topics that are right: labelled, above a labelled one, or
   *     directly below one
   * @param recall share of told posts with a right topic
   * @param topicRecall share of labelled topics that were given, or have a narrower topic given
   * @param calibrationError mean distance of confidence and share of right topics in ten bins of
   *     confidence, weighted by their topics
   */
  public record Accuracy(
      String group,
      long postCount,
      long toldCount,
      long givenCount,
      double precision,
      double recall,
      double topicRecall,
      double calibrationError) {}

  /**
   * Reads labels: id, language and topics parted by tabs, topics by blanks; lines that begin with #
   * are comments.
   *
   * @throws RenownException if a line is not so
   */
  public static List<Label> labels(Path file) throws IOException {
    List<Label> labels = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 3 || fields[2].isBlank()) {
        throw RenownException.configuration(
            "%s, line %d: it must be an id, a language and topics (or none), parted by tabs.",
            file, labels.size() + 1);
      }
      Set<String> topics =
          fields[2].equals("none") ? Set.of() : new TreeSet<>(Arrays.asList(fields[2].split(" ")));
      labels.add(new Label(fields[0], fields[1], topics));
    }
    return labels;
  }

  /**
   * Measures a matcher.
   *
   * @param labels those whose posts are not there are passed over
   * @param match the topics of a post
   * @return by language, then of all
   */
  public static List<Accuracy> measure(
      Taxonomy taxonomy,
      Map<String, RealPosts.Post> posts,
      Collection<Label> labels,
      Function<RealPosts.Post, List<TopicMatch>> match) {
    Map<String, Count> counts = new TreeMap<>();
    Count all = new Count();
    for (Label label : labels) {
      RealPosts.Post post = posts.get(label.id());
      if (post == null) {
        continue;
      }
      String group = LANGUAGES.contains(label.language()) ? label.language() : "other";
      List<TopicMatch> matches = match.apply(post);
      counts.computeIfAbsent(group, g -> new Count()).add(taxonomy, label, matches);
      all.add(taxonomy, label, matches);
    }
    List<Accuracy> rows = new ArrayList<>();
    for (String group : LANGUAGES) {
      if (counts.containsKey(group)) {
        rows.add(counts.get(group).accuracy(group));
      }
    }
    if (counts.containsKey("other")) {
      rows.add(counts.get("other").accuracy("other"));
    }
    rows.add(all.accuracy("all"));
    return rows;
  }

  /** The topics that are given to a post, without those that only stand above another. */
  public static Set<String> given(List<TopicMatch> matches) {
    Set<String> given = new TreeSet<>();
    for (TopicMatch match : matches) {
      if (match.confidence() >= LEAST_CONFIDENCE && !match.basis().equals("child")) {
        given.add(match.topicId());
      }
    }
    return given;
  }

  /** Whether a given topic is right: labelled, above a labelled one, or directly below one. */
  public static boolean isRight(Taxonomy taxonomy, String given, Set<String> labelled) {
    return labelled.contains(given)
        || labelled.stream().anyMatch(topic -> taxonomy.ancestors(topic).contains(given))
        || taxonomy.topic(given).parents().stream().anyMatch(labelled::contains);
  }

  /**
   * How far two labellings say the same.
   *
   * @param agreeing share of posts of which both say whether there is a topic
   * @param kappa the same beyond chance (Cohen, "A coefficient of agreement for nominal scales",
   *     1960)
   * @param commonShare where both give topics, the mean share that both name of those that either
   *     does
   */
  public record Agreement(long postCount, double agreeing, double kappa, double commonShare) {}

  /** Where a second labelling of some of the posts lies: {@code labels-again.tsv}. */
  public static Path secondLabels(Path labels) {
    String name = labels.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return labels.resolveSibling(
        dot < 0 ? name + "-again" : name.substring(0, dot) + "-again" + name.substring(dot));
  }

  /** Compares the posts that both label. */
  public static Agreement agreement(Collection<Label> first, Collection<Label> second) {
    Map<String, Label> others = new TreeMap<>();
    second.forEach(label -> others.put(label.id(), label));
    long posts = 0;
    long agreeing = 0;
    long told = 0;
    long toldAgain = 0;
    long both = 0;
    double common = 0;
    for (Label one : first) {
      Label other = others.get(one.id());
      if (other == null) {
        continue;
      }
      boolean isTold = !one.topics().isEmpty();
      boolean isToldAgain = !other.topics().isEmpty();
      posts++;
      agreeing += isTold == isToldAgain ? 1 : 0;
      told += isTold ? 1 : 0;
      toldAgain += isToldAgain ? 1 : 0;
      if (isTold && isToldAgain) {
        both++;
        Set<String> either = new TreeSet<>(one.topics());
        either.addAll(other.topics());
        Set<String> shared = new TreeSet<>(one.topics());
        shared.retainAll(other.topics());
        common += (double) shared.size() / either.size();
      }
    }
    double observed = share(agreeing, posts);
    double shareTold = share(told, posts);
    double shareToldAgain = share(toldAgain, posts);
    double chance = shareTold * shareToldAgain + (1 - shareTold) * (1 - shareToldAgain);
    return new Agreement(
        posts,
        observed,
        (observed - chance) / (1 - chance),
        both == 0 ? Double.NaN : common / both);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  private static final class Count {
    private long posts;
    private long told;
    private long found;
    private long topics;
    private long topicsFound;
    private long given;
    private long right;
    private final double[] confidence = new double[BINS];
    private final long[] size = new long[BINS];
    private final long[] hits = new long[BINS];

    void add(Taxonomy taxonomy, Label label, List<TopicMatch> matches) {
      posts++;
      boolean isFound = false;
      for (TopicMatch match : matches) {
        if (match.basis().equals("child")) {
          continue;
        }
        boolean isRight = isRight(taxonomy, match.topicId(), label.topics());
        int bin = Math.min(BINS - 1, (int) (match.confidence() * BINS));
        confidence[bin] += match.confidence();
        size[bin]++;
        hits[bin] += isRight ? 1 : 0;
        if (match.confidence() >= LEAST_CONFIDENCE) {
          given++;
          right += isRight ? 1 : 0;
          isFound |= isRight;
        }
      }
      if (!label.topics().isEmpty()) {
        told++;
        found += isFound ? 1 : 0;
        for (String topic : label.topics()) {
          topics++;
          topicsFound +=
              matches.stream()
                      .anyMatch(
                          m -> m.topicId().equals(topic) && m.confidence() >= LEAST_CONFIDENCE)
                  ? 1
                  : 0;
        }
      }
    }

    Accuracy accuracy(String group) {
      double error = 0;
      long total = 0;
      for (int bin = 0; bin < BINS; bin++) {
        error += Math.abs(confidence[bin] - hits[bin]);
        total += size[bin];
      }
      return new Accuracy(
          group,
          posts,
          told,
          given,
          share(right, given),
          share(found, told),
          share(topicsFound, topics),
          total == 0 ? Double.NaN : error / total);
    }
  }
}
