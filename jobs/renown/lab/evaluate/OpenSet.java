package renown.lab.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.lake.ColumnRows;
import renown.night.score.accounts.NightsInMemory;
import renown.run.RenownException;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;

/**
 * Real events, split in time: what a night knows, and what came after. The split falls on the end
 * of the night: all times are moved so that the last tenth of a second before it belongs to the
 * first part. The first part is the first 70 % of the reactions.
 */
final class OpenSet {
  private static final double FIRST_PART = 0.7;
  private static final double NEXT_PART = 0.1;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long WEEK = 7 * MICROS_PER_DAY;

  /** The night after the first part; any day will do. */
  static final long NIGHT = 20_000;

  private static final long END = (NIGHT + 1) * MICROS_PER_DAY;
  private static final Set<String> REACTIONS =
      Set.of("repost", "quote", "reply", "mention", "like");

  /** The rows that a night reads, of the first part. */
  final ColumnRows profiles = new ColumnRows(NightsInMemory.PROFILES);

  final ColumnRows posts = new ColumnRows(NightsInMemory.POSTS);
  final ColumnRows texts = new ColumnRows(NightsInMemory.TEXTS);
  final ColumnRows interactions = new ColumnRows(NightsInMemory.INTERACTIONS);

  final String name;

  /** Stated by account; not a number where nothing is. */
  double[] followers;

  double[] following;

  /** Distinct accounts that reacted next, by account: in the coming days, and in all the rest. */
  double[] next;

  double[] rest;

  /** Distinct accounts that blocked it, or rated it below 0, in all the rest. */
  double[] blocked;

  /** Days that {@link #next} and {@link #rest} cover. */
  double nextDays;

  double restDays;

  /** Whether the outcome is not in the events: friends, whose channels are viewed. */
  boolean isStanding;

  private final Map<String, Integer> numbers = new HashMap<>();

  private OpenSet(String name) {
    this.name = name;
  }

  int accounts() {
    return numbers.size();
  }

  private int number(String id) {
    return numbers.computeIfAbsent(id, any -> numbers.size());
  }

  /**
   * Reads what a path holds.
   *
   * @throws RenownException if it holds nothing that is known
   */
  static List<OpenSet> read(String name, Path source) throws IOException {
    if (Files.isRegularFile(source)) {
      return List.of(of(name, plain(RealEvents.pairs(source)), List.of()));
    }
    if (Files.exists(source.resolve("Posts.xml"))) {
      return List.of(site(name, source));
    }
    if (Files.exists(source.resolve("graph.txt"))) {
      return List.of(of(name, plain(RealEvents.cascades(source)), List.of()));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(source)) {
      files = all.sorted().toList();
    }
    List<OpenSet> sets = new ArrayList<>();
    Map<String, List<Path>> days = new TreeMap<>();
    for (Path file : files) {
      String fileName = file.getFileName().toString();
      if (fileName.contains("_edges.csv")) {
        sets.add(friends(name, file, fileName.substring(0, fileName.indexOf("_edges"))));
      } else if (fileName.matches("\\d{4}-\\d{2}-\\d{2}.*\\.json(\\.bz2|\\.gz)?")) {
        days.computeIfAbsent(fileName.substring(0, 10), day -> new ArrayList<>()).add(file);
      }
    }
    for (Map.Entry<String, List<Path>> day : days.entrySet()) {
      sets.add(ofLines(name + "-" + day.getKey(), RealEvents.X_STREAM, day.getValue()));
    }
    if (sets.isEmpty()) {
      throw RenownException.configuration(
          "--data %s=%s: it holds no events of a kind that is known (see the README of evaluate).",
          name, source);
    }
    return sets;
  }

  /** An act or, without a verb, a post. */
  private record Said(
      String source,
      String target,
      long at,
      String verb,
      String record,
      String object,
      String text) {
    boolean isReaction() {
      return verb != null && REACTIONS.contains(verb) && !source.equals(target);
    }
  }

  private static List<Said> plain(List<RealEvents.Event> events) {
    return events.stream()
        .map(
            event ->
                new Said(
                    event.source(),
                    event.target(),
                    Math.round(event.at() * 1e6),
                    event.verb(),
                    event.record(),
                    event.object(),
                    null))
        .toList();
  }

  // ---- Native lines

  private static OpenSet ofLines(String name, String format, List<Path> files) throws IOException {
    List<ParsedRecord> records = new ArrayList<>();
    for (Path file : files) {
      parse(Formats.byName(format), RealEvents.lines(file), records);
    }
    return of(name, said(records), records);
  }

  private static OpenSet site(String name, Path source) throws IOException {
    List<ParsedRecord> records = new ArrayList<>();
    for (String file : List.of("Users.xml", "Posts.xml", "Comments.xml", "Votes.xml")) {
      parse(
          Formats.byName("stack-exchange"),
          RealEvents.lines(source.resolve(file)).stream()
              .filter(line -> line.strip().startsWith("<row"))
              .toList(),
          records);
    }
    return of(name, said(records), records);
  }

  private static void parse(DumpFormat format, List<String> lines, List<ParsedRecord> records) {
    for (String line : lines) {
      byte[] bytes = line.strip().getBytes(StandardCharsets.UTF_8);
      if (bytes.length == 0) {
        continue;
      }
      List<ParsedRecord> ofLine = new ArrayList<>();
      try {
        format.parse(
            bytes,
            0,
            bytes.length,
            new LineSink() {
              @Override
              public void accept(ParsedRecord one) {
                ofLine.add(one);
              }

              @Override
              public void ignored(String rule) {
                // It says nothing of attention.
              }
            });
        records.addAll(ofLine);
      } catch (RejectedLineException e) {
        // Rejected by a night too.
      }
    }
  }

  /** Posts and acts, each once; an act that names a post alone is of the post's author. */
  private static List<Said> said(List<ParsedRecord> records) {
    Map<String, String> authors = new HashMap<>();
    Map<String, Long> times = new HashMap<>();
    for (ParsedRecord one : records) {
      if (one.kind == ParsedRecord.Kind.POST) {
        authors.put(one.recordId, one.accountId);
        times.put(one.recordId, one.happenedAt);
      }
    }
    List<Said> said = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ParsedRecord one : records) {
      if (one.kind == ParsedRecord.Kind.POST) {
        if (seen.add("post " + one.recordId)) {
          said.add(
              new Said(one.accountId, null, one.happenedAt, null, one.recordId, null, one.text));
        }
      } else if (one.kind == ParsedRecord.Kind.INTERACTION
          && one.happenedAt != ParsedRecord.NO_TIME) {
        String target =
            one.targetAccountId == null ? authors.get(one.objectId) : one.targetAccountId;
        if (target != null
            && seen.add(one.verb + " " + one.recordId + " " + target)
            && !target.equals(one.accountId)) {
          // What only has a day comes no sooner than what it is about.
          long at = Math.max(one.happenedAt, times.getOrDefault(one.objectId, Long.MIN_VALUE));
          said.add(
              new Said(
                  one.accountId, target, at, one.verb.word(), one.recordId, one.objectId, null));
        }
      }
    }
    return said;
  }

  /** All friends follow each other; the outcome is how often a channel was viewed. */
  private static OpenSet friends(String name, Path edges, String part) throws IOException {
    OpenSet set = new OpenSet(name + "-" + part.toLowerCase(java.util.Locale.ROOT));
    set.isStanding = true;
    Set<String> seen = new HashSet<>();
    for (String line : RealEvents.lines(edges)) {
      String[] fields = line.split(",");
      if (!fields[0].equals("from") && !fields[0].equals(fields[1])) {
        for (int from = 0; from < 2; from++) {
          String source = fields[from];
          String target = fields[1 - from];
          if (seen.add(source + " " + target)) {
            set.add(new Said(source, target, END - 1, "follow", source, null, null));
          }
        }
      }
    }
    set.finish(0, Map.of());
    List<String> table = RealEvents.lines(edges.resolveSibling(part + "_target.csv"));
    List<String> header = List.of(table.get(0).split(","));
    set.next = new double[set.accounts()];
    for (String line : table.subList(1, table.size())) {
      String[] fields = line.split(",");
      Integer number = set.numbers.get(fields[header.indexOf("new_id")]);
      if (number != null) {
        set.next[number] = Double.parseDouble(fields[header.indexOf("views")]);
      }
    }
    set.rest = set.next;
    set.nextDays = Double.NaN;
    set.restDays = Double.NaN;
    return set;
  }

  // ---- The split

  private static OpenSet of(String name, List<Said> said, List<ParsedRecord> records) {
    long[] times = said.stream().filter(Said::isReaction).mapToLong(Said::at).sorted().toArray();
    if (times.length < 10) {
      throw RenownException.data("%s: it has too few reactions to split.", name);
    }
    long cut = times[(int) (times.length * FIRST_PART)];
    long span = times[times.length - 1] - times[0];
    long ahead = (long) Math.max(span * NEXT_PART, Math.min(WEEK, span * (1 - FIRST_PART)));
    long move = END - cut;
    OpenSet set = new OpenSet(name);
    Map<String, Set<String>> soon = new HashMap<>();
    Map<String, Set<String>> later = new HashMap<>();
    Map<String, Set<String>> blockedBy = new HashMap<>();
    for (Said one : said) {
      if (one.at() < cut) {
        set.add(
            new Said(
                one.source(),
                one.target(),
                one.at() + move,
                one.verb(),
                one.record(),
                one.object(),
                one.text()));
      } else if (one.isReaction()) {
        later.computeIfAbsent(one.target(), any -> new HashSet<>()).add(one.source());
        if (one.at() < cut + ahead) {
          soon.computeIfAbsent(one.target(), any -> new HashSet<>()).add(one.source());
        }
      } else if ("block".equals(one.verb())) {
        blockedBy.computeIfAbsent(one.target(), any -> new HashSet<>()).add(one.source());
      }
    }
    Map<String, ParsedRecord> profiles = new HashMap<>();
    for (ParsedRecord one : records) {
      // What a line of later says of an account is not known yet.
      boolean isKnown = one.witnessedAt == ParsedRecord.NO_TIME || one.witnessedAt < cut;
      if (one.kind == ParsedRecord.Kind.ACCOUNT && isKnown) {
        profiles.put(one.accountId, one);
      }
    }
    set.finish(move, profiles);
    set.next = set.counts(soon);
    set.rest = set.counts(later);
    set.blocked = set.counts(blockedBy);
    set.nextDays = ahead / (double) MICROS_PER_DAY;
    set.restDays = (times[times.length - 1] - cut) / (double) MICROS_PER_DAY;
    return set;
  }

  private double[] counts(Map<String, Set<String>> actors) {
    double[] counts = new double[accounts()];
    actors.forEach(
        (id, its) -> {
          Integer number = numbers.get(id);
          if (number != null) {
            counts[number] = its.size();
          }
        });
    return counts;
  }

  private void add(Said said) {
    int source = number(said.source());
    if (said.verb() == null) {
      posts.texts(Posts.NETWORK).add(name);
      posts.texts(Posts.POST_ID).add(said.record());
      posts.longs(Posts.AUTHOR_KEY).add(source);
      posts.longs(Posts.HAPPENED_AT).add(said.at());
      posts.lists(Posts.LINKS).add(new String[0]);
      if (said.text() != null) {
        texts.texts(PostTexts.NETWORK).add(name);
        texts.texts(PostTexts.POST_ID).add(said.record());
        texts.texts(PostTexts.TEXT).add(said.text());
      }
      return;
    }
    interactions.texts(Interactions.NETWORK).add(name);
    interactions.texts(Interactions.VERB).add(said.verb());
    interactions.longs(Interactions.ACTOR_KEY).add(source);
    interactions.longs(Interactions.TARGET_KEY).add(number(said.target()));
    if (said.object() == null) {
      interactions.texts(Interactions.OBJECT_ID).addNull();
    } else {
      interactions.texts(Interactions.OBJECT_ID).add(said.object());
    }
    interactions.longs(Interactions.HAPPENED_AT).add(said.at());
    interactions.longs(Interactions.CHANGE).add(1);
  }

  private void finish(long move, Map<String, ParsedRecord> known) {
    String[] ids = new String[numbers.size()];
    numbers.forEach((id, number) -> ids[number] = id);
    followers = new double[ids.length];
    following = new double[ids.length];
    Arrays.fill(followers, Double.NaN);
    Arrays.fill(following, Double.NaN);
    for (int account = 0; account < ids.length; account++) {
      ParsedRecord its = known.get(ids[account]);
      boolean isKnown = its != null;
      profiles.texts(Accounts.NETWORK).add(name);
      profiles.longs(Accounts.ACCOUNT_KEY).add(account);
      profiles.texts(Accounts.ACCOUNT_ID).add(ids[account]);
      text(Accounts.DISPLAY_NAME, isKnown ? its.displayName : null);
      text(Accounts.DESCRIPTION, isKnown ? its.description : null);
      boolean hasAge = isKnown && its.createdAt != ParsedRecord.NO_TIME;
      whole(Accounts.CREATED_AT, hasAge ? its.createdAt + move : null);
      whole(Accounts.FOLLOWER_COUNT, isKnown ? its.followerCount : null);
      whole(Accounts.FOLLOWING_COUNT, isKnown ? its.followingCount : null);
      profiles.longs(Accounts.IS_AUTOMATED).add(isKnown && Boolean.TRUE.equals(its.isAutomated));
      profiles.longs(Accounts.IS_VERIFIED).add(isKnown && Boolean.TRUE.equals(its.isVerified));
      boolean hasProfile = isKnown && (its.displayName != null || its.description != null);
      whole(Accounts.PROFILE_AT, hasProfile ? END : null);
      profiles.longs(Accounts.FIRST_NIGHT).add(NIGHT);
      if (isKnown && its.followerCount != null) {
        followers[account] = its.followerCount;
      }
      if (isKnown && its.followingCount != null) {
        following[account] = its.followingCount;
      }
    }
  }

  private void text(renown.tables.TableColumn column, String value) {
    if (value == null) {
      profiles.texts(column).addNull();
    } else {
      profiles.texts(column).add(value);
    }
  }

  private void whole(renown.tables.TableColumn column, Long value) {
    if (value == null) {
      profiles.longs(column).addNull();
    } else {
      profiles.longs(column).add(value);
    }
  }

  /** Who did what to whom, and when last, in the first part. */
  List<Baselines.Acts> acts() {
    Map<String, Baselines.Acts> acts = new HashMap<>();
    for (int row = 0; row < interactions.size(); row++) {
      long actor = interactions.longs(Interactions.ACTOR_KEY).get(row);
      long target = interactions.longs(Interactions.TARGET_KEY).get(row);
      String verb = interactions.texts(Interactions.VERB).get(row);
      long at = interactions.longs(Interactions.HAPPENED_AT).get(row);
      acts.merge(
          actor + " " + target + " " + verb,
          new Baselines.Acts(actor, target, verb, 1, (END - at) / (double) MICROS_PER_DAY),
          (one, other) ->
              new Baselines.Acts(
                  actor,
                  target,
                  verb,
                  one.count() + other.count(),
                  Math.min(one.daysAgo(), other.daysAgo())));
    }
    return acts.values().stream()
        .sorted(
            java.util.Comparator.comparingLong(Baselines.Acts::actor)
                .thenComparingLong(Baselines.Acts::target)
                .thenComparing(Baselines.Acts::verb))
        .toList();
  }

  /** Accounts that did anything to another in the first part. */
  int[] acting() {
    return Arrays.stream(interactions.longs(Interactions.ACTOR_KEY).toArray())
        .mapToInt(key -> (int) key)
        .distinct()
        .sorted()
        .toArray();
  }

  /** Accounts that somebody reacted to; where only follows are told of, that somebody follows. */
  int[] judged() {
    boolean[] is = new boolean[accounts()];
    for (int row = 0; row < interactions.size(); row++) {
      if (isStanding || REACTIONS.contains(interactions.texts(Interactions.VERB).get(row))) {
        is[(int) interactions.longs(Interactions.TARGET_KEY).get(row)] = true;
      }
    }
    return java.util.stream.IntStream.range(0, is.length).filter(account -> is[account]).toArray();
  }
}
