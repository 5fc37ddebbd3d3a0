package renown.lab.evaluate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.tables.AccountState;

/**
 * How much does cheating gain? Each attack is made by, or for, ordinary accounts with middling
 * scores in a generated society, on its last day. The same night is run with and without the
 * attacks; the difference in points is the gain.
 */
final class GamingSuite implements Suite {
  private static final String CLEAN = "clean";
  private static final String ATTACKED = "attacked";
  private static final String NETWORK = "bluesky";
  private static final int DAYS = 3;
  private static final int NEW_ACCOUNT_DAYS = 10;

  private final int accounts;
  private final double size;

  /**
   * @param accounts of the society
   * @param size of the attacks, 1 for those that are published: a thousand accounts
   */
  GamingSuite(int accounts, double size) {
    this.accounts = accounts;
    this.size = size;
  }

  @Override
  public String name() {
    return "gaming";
  }

  @Override
  public String description() {
    return "Points that an ordinary account gains by an attack, in a generated society of "
        + accounts
        + " accounts; negative for a loss.";
  }

  /** An attack: its beneficiary, and the gates on its gain; null without a gate. */
  private record Attack(List<String> beneficiaries, Double mostGain, Double mostLoss) {}

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    laboratory.generate(
        CLEAN,
        Map.of(
            "generate.accounts", Integer.toString(accounts),
            "generate.days", Integer.toString(DAYS),
            "generate.networks", NETWORK));
    // Both nights are measured on one scale. A provisional one is of its night's accounts: those
    // that an attack makes would lift everybody.
    Map<String, String> settings =
        Map.of("score.reference-accounts-min", "10", "score.reference-days-min", "0");
    LocalDate last = Laboratory.FIRST_DATE.plusDays(DAYS - 1);
    Lake lake = laboratory.scoredNights(CLEAN, settings, last.minusDays(1));
    Dataset<Row> truth = laboratory.truth(CLEAN);
    List<String> ordinary = ordinary(lake, truth);
    FileUtils.copyDirectory(
        laboratory.folder(CLEAN).toFile(), laboratory.folder(ATTACKED).toFile());
    Path dump =
        laboratory.folder(ATTACKED).resolve("raw/" + NETWORK + "/dt=" + last + "/zz-attacks.jsonl");
    Map<String, Attack> attacks;
    try (Writer out = Files.newBufferedWriter(dump)) {
      attacks = attack(new AttackLines(out, last), ordinary);
    }
    Map<String, Double> clean = scores(laboratory.scoredNights(CLEAN, settings, last));
    Map<String, Double> attacked = scores(laboratory.scoredNights(ATTACKED, settings, last));
    List<Measurement> measurements = new ArrayList<>();
    attacks.forEach(
        (name, attack) -> {
          double gain = Double.NEGATIVE_INFINITY;
          for (String id : attack.beneficiaries()) {
            gain = Math.max(gain, points(attacked, id) - points(clean, id));
          }
          Measurement measurement = Measurement.of(name, "points gained", gain);
          if (attack.mostGain() != null) {
            measurement = measurement.atMost(attack.mostGain());
          }
          if (attack.mostLoss() != null) {
            measurement = measurement.atLeast(-attack.mostLoss());
          }
          measurements.add(measurement);
        });
    measurements.addAll(planted(clean, truth));
    return measurements;
  }

  /** Accounts of middling score with nothing special about them, the most middling first. */
  private static List<String> ordinary(Lake lake, Dataset<Row> truth) {
    Map<String, Double> scores = scores(lake);
    List<String> persons = new ArrayList<>();
    truth
        .where(
            col("network")
                .equalTo(NETWORK)
                .and(col("role").equalTo("person"))
                .and(size(col("behaviours")).equalTo(0).or(not(isUnusual())))
                .and(col("gone_from").isNull()))
        .select("account_id")
        .collectAsList()
        .forEach(
            row -> {
              if (scores.get(row.getString(0)) != null) {
                persons.add(row.getString(0));
              }
            });
    persons.sort(Comparator.comparing((String id) -> scores.get(id)).thenComparing(id -> id));
    int middle = persons.size() / 2;
    List<String> middling = new ArrayList<>();
    for (int away = 0; middling.size() < persons.size(); away++) {
      int place = middle + (away % 2 == 0 ? away / 2 : -(away + 1) / 2);
      if (place >= 0 && place < persons.size()) {
        middling.add(persons.get(place));
      } else if (away > 2 * persons.size()) {
        break;
      }
    }
    return middling;
  }

  private static org.apache.spark.sql.Column isUnusual() {
    org.apache.spark.sql.Column unusual = org.apache.spark.sql.functions.lit(false);
    for (String behaviour : List.of("holiday", "opted_out", "protected")) {
      unusual = unusual.or(array_contains(col("behaviours"), behaviour));
    }
    return unusual;
  }

  private Map<String, Attack> attack(AttackLines lines, List<String> ordinary) throws IOException {
    Random random = new Random(5);
    Map<String, Attack> attacks = new LinkedHashMap<>();
    List<String> free = new ArrayList<>(ordinary);
    int thousand = (int) (1000 * size);

    String chatter = free.remove(0);
    for (int i = 0; i < 500; i++) {
      lines.post(chatter, "acorn");
    }
    attacks.put("chatter: 500 posts of one word in a day", gain(chatter, 0.0));

    String quoted = free.remove(0);
    String quotedPost = lines.post(quoted, "What do you think of the new harbour?");
    for (int i = 0; i < 100 * size; i++) {
      lines.quote(lines.account("quoter", NEW_ACCOUNT_DAYS), "Look at this " + i, quotedPost);
    }
    attacks.put(
        number(100 * size) + " new accounts that quote and follow nobody", gain(quoted, 2.0));

    String buyer = free.remove(0);
    for (int i = 0; i < 10 * thousand; i++) {
      String follower = lines.account("follower", NEW_ACCOUNT_DAYS);
      lines.follow(follower, buyer);
      lines.follow(follower, ordinary.get(random.nextInt(ordinary.size())));
    }
    attacks.put(number(10 * thousand) + " bought followers", gain(buyer, 1.0));

    List<String> ring = take(free, Math.max(5, (int) (50 * size)));
    Map<String, String> posts = new HashMap<>();
    for (String member : ring) {
      posts.put(member, lines.post(member, "Good morning to all who read this"));
    }
    for (String member : ring) {
      for (String other : ring) {
        if (!other.equals(member)) {
          lines.reply(member, "So true, I thought of that as well", posts.get(other));
        }
      }
    }
    attacks.put("reply ring of " + ring.size() + ": its best member", new Attack(ring, 2.0, null));

    List<String> swap = take(free, 2);
    for (int i = 0; i < 20; i++) {
      String first = lines.post(swap.get(0), "Thought number " + i);
      lines.repost(swap.get(1), first);
      String second = lines.post(swap.get(1), "Remark number " + i);
      lines.repost(swap.get(0), second);
    }
    attacks.put("repost swap of two: the better", new Attack(swap, 2.0, null));

    for (int edges : new int[] {(int) Math.ceil(10 * size), (int) Math.ceil(100 * size)}) {
      String master = free.remove(0);
      region(lines, random, master, thousand, take(free, edges));
      attacks.put(number(thousand) + " sybils with " + edges + " attack edges", gain(master, 3.0));
    }

    String hijacker = free.remove(0);
    for (int i = 0; i < 200; i++) {
      lines.post(hijacker, "My shop is open, number " + i + " #worldcup");
    }
    attacks.put("200 posts under a popular hashtag", gain(hijacker, 0.5));

    String churner = free.remove(0);
    List<String> followed = new ArrayList<>();
    for (String subject : ordinary.subList(0, Math.min(thousand, ordinary.size()))) {
      if (!subject.equals(churner)) {
        followed.add(lines.follow(churner, subject));
      }
    }
    for (String key : followed) {
      lines.unfollow(churner, key);
    }
    attacks.put("mass follow and unfollow", gain(churner, 0.5));

    String victim = free.remove(0);
    for (int i = 0; i < thousand; i++) {
      lines.block(lines.account("brigade", NEW_ACCOUNT_DAYS), victim);
    }
    attacks.put(
        "brigading: " + number(thousand) + " new accounts block",
        new Attack(List.of(victim), 0.5, 1.0));

    String deleter = free.remove(0);
    List<String> flops = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      flops.add(lines.post(deleter, "Nobody will react to number " + i));
    }
    for (String flop : flops) {
      lines.deletePost(deleter, flop);
    }
    attacks.put("deleting one's flops", gain(deleter, 0.5));

    String backdater = free.remove(0);
    for (int i = 0; i < 20; i++) {
      lines.backdatedPost(backdater, "As I said a year ago, " + i, 365);
    }
    attacks.put("20 posts dated a year back", gain(backdater, 0.5));
    return attacks;
  }

  /**
   * New accounts that follow and like one another and a master, and are liked by deceived persons.
   */
  private static void region(
      AttackLines lines, Random random, String master, int size, List<String> deceived)
      throws IOException {
    List<String> sybils = new ArrayList<>();
    List<String> posts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String sybil = lines.account("region", NEW_ACCOUNT_DAYS);
      sybils.add(sybil);
      posts.add(lines.post(sybil, "A fine day, number " + random.nextInt()));
    }
    String mastersPost = lines.post(master, "Thanks to all who follow me");
    for (int i = 0; i < size; i++) {
      lines.follow(sybils.get(i), master);
      lines.like(sybils.get(i), mastersPost);
      lines.repost(sybils.get(i), mastersPost);
      for (int mate = 0; mate < 5; mate++) {
        int other = random.nextInt(size);
        if (other != i) {
          lines.follow(sybils.get(i), sybils.get(other));
          lines.like(sybils.get(i), posts.get(other));
        }
      }
    }
    for (String person : deceived) {
      lines.like(person, posts.get(random.nextInt(size)));
    }
  }

  private static Attack gain(String beneficiary, Double most) {
    return new Attack(List.of(beneficiary), most, null);
  }

  private static String number(double count) {
    return Long.toString(Math.round(count));
  }

  private static List<String> take(List<String> free, int count) {
    List<String> taken = new ArrayList<>(free.subList(0, count));
    free.subList(0, count).clear();
    return taken;
  }

  private static Map<String, Double> scores(Lake lake) {
    Map<String, Double> scores = new HashMap<>();
    Laboratory.published(lake, AccountState.TABLE)
        .where("evidence IS NOT NULL")
        .select("account_key", "score")
        .join(
            Laboratory.core(lake)
                .accounts()
                .where(col("network").equalTo(NETWORK))
                .select("account_key", "account_id"),
            "account_key")
        .select("account_id", "score")
        .collectAsList()
        .forEach(row -> scores.put(row.getString(0), row.isNullAt(1) ? null : row.getDouble(1)));
    return scores;
  }

  /** An account without a score has none to speak of. */
  private static double points(Map<String, Double> scores, String id) {
    Double points = scores.get(id);
    return points == null ? 0 : points;
  }

  /** The standing of the society's own spammers among its persons. */
  private static List<Measurement> planted(Map<String, Double> scores, Dataset<Row> truth) {
    Map<String, List<Double>> byRole = new HashMap<>();
    List<Double> squirrels = new ArrayList<>();
    for (Row row :
        truth
            .where(col("network").equalTo(NETWORK))
            .select(
                col("account_id"),
                col("role"),
                array_contains(col("behaviours"), "bought_followers").as("bought"))
            .collectAsList()) {
      double points = points(scores, row.getString(0));
      byRole.computeIfAbsent(row.getString(1), role -> new ArrayList<>()).add(points);
      if (row.getString(1).equals("chatter") && row.getBoolean(2)) {
        squirrels.add(points);
      }
    }
    double[] persons =
        byRole.get("person").stream().mapToDouble(Double::doubleValue).sorted().toArray();
    List<Measurement> measurements = new ArrayList<>();
    double spammers =
        Stream.of("chatter", "farm", "sybil")
            .flatMap(role -> byRole.getOrDefault(role, List.of()).stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(Double.NaN);
    measurements.add(
        Measurement.of(
                "planted spammers",
                "highest, as a share of persons below",
                below(persons, spammers))
            .atMost(0.9));
    double squirrel = squirrels.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    measurements.add(
        Measurement.of(
                "squirrel: one word, bought followers",
                "highest, as a share of persons below",
                below(persons, squirrel))
            .atMost(0.5));
    for (String role : List.of("ring", "buyer")) {
      double mean =
          byRole.getOrDefault(role, List.of()).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElse(Double.NaN);
      measurements.add(
          Measurement.of(
              "planted " + role + " accounts",
              "mean, as a share of persons below",
              below(persons, mean)));
    }
    return measurements;
  }

  private static double below(double[] sorted, double points) {
    return Double.isNaN(points)
        ? Double.NaN
        : (double) Arrays.stream(sorted).filter(p -> p < points).count() / sorted.length;
  }
}
