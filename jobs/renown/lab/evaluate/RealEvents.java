package renown.lab.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import renown.run.RenownException;

/**
 * Converts real events to dumps of two nights: up to a cut-off, and after it.
 *
 * <p>The first part ends with the day by whose end 70 % of the acts had happened. The second part
 * is the following tenth of the whole time span, at least seven days; if everything happened within
 * two days, it is all the rest. It is dated to the single day after the first part, since only who
 * reacts in it counts, and nights in between would only take time. The kind of data depends on the
 * path:
 *
 * <ul>
 *   <li>a folder with {@code Posts.xml}: the dump of a Stack Exchange site;
 *   <li>a folder with {@code *.json.bz2}, {@code .json.gz} or {@code .json}, named by their time
 *       (2011-09-28T0243...): minutes of X's v1.1 stream, each day as a separate set;
 *   <li>a file {@code .jsonl}, plain or compressed as {@code .gz} or {@code .bz2}: a window of
 *       Bluesky's Jetstream;
 *   <li>a folder with {@code graph.txt} (source, target: follows) and {@code train.txt}, {@code
 *       test.txt} (author, then account and time of each repost): timed cascades in TopoLSTM's
 *       format;
 *   <li>a folder with {@code X_edges.csv[.gz]} and {@code X_target.csv} (columns {@code new_id},
 *       {@code views}): friendships, and an outcome outside of the graph, in MUSAE's format for
 *       Twitch;
 *   <li>any other file, of lines {@code source target time}: messages, each a post that mentions
 *       somebody; or {@code source target rating time}: a rating above 0 is a like, one below a
 *       block. Separated by spaces, tabs, commas or semicolons; time in seconds since 1970; a
 *       header line and lines that begin with # are skipped.
 * </ul>
 *
 * Native lines within two days (minutes of X, a window of Jetstream) are kept as they are: the
 * first 70 % of them are the first part, and all keep their own times.
 *
 * <p>Times before 2006 are moved ahead by whole years of 52 weeks.
 */
final class RealEvents {
  /** Formats of native lines, as {@code ingest.formats} names them. */
  static final String X_STREAM = "x-v1-stream";

  static final String JETSTREAM = "bluesky-jetstream";

  /** The file of native lines in each dump. */
  static final String LINES = "lines.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double FIRST_PART = 0.7;
  private static final double NEXT_PART = 0.1;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double LEAST_NEXT_DAYS = 7;
  private static final double SHORT_SPAN_DAYS = 2;
  private static final double FIRST_SECOND = Instant.parse("2006-01-01T00:00:00Z").getEpochSecond();
  private static final double SECONDS_PER_YEAR = 364 * SECONDS_PER_DAY;

  private RealEvents() {}

  /**
   * A data set, written.
   *
   * @param name of the network
   * @param format in which its dumps are
   * @param night last day of the first part; the next part is the dump of the day after
   * @param daysAhead how much time the next part covers
   * @param outcome by account id, if it is not in the events; else empty
   */
  record Split(
      String name, String format, LocalDate night, double daysAhead, Map<String, Double> outcome) {}

  /** An act; without a verb the source just posts. */
  record Event(String source, String target, double at, String verb, String record, String object) {
    Event at(double other) {
      return new Event(source, target, other, verb, record, object);
    }
  }

  /**
   * Writes what a path holds as dumps.
   *
   * @param raw folder for the dumps of a network, by its name
   * @throws RenownException if it holds nothing of the kinds above
   */
  static List<Split> write(String name, Path source, Function<String, Path> raw)
      throws IOException {
    if (Files.isRegularFile(source) && source.toString().matches(".*\\.jsonl(\\.bz2|\\.gz)?")) {
      return List.of(jetstream(name, source, raw));
    }
    if (Files.isRegularFile(source)) {
      return List.of(neutral(name, pairs(source), raw));
    }
    if (Files.exists(source.resolve("Posts.xml"))) {
      return List.of(site(name, source, raw));
    }
    if (Files.exists(source.resolve("graph.txt"))) {
      return List.of(neutral(name, cascades(source), raw));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(source)) {
      files = all.sorted(Comparator.comparing(Path::toString)).toList();
    }
    List<Split> splits = new ArrayList<>();
    Map<String, List<Path>> days = new TreeMap<>();
    for (Path file : files) {
      String fileName = file.getFileName().toString();
      int edges = fileName.indexOf("_edges.csv");
      if (edges > 0) {
        splits.add(friends(name, file, fileName.substring(0, edges), raw));
      } else if (fileName.matches("\\d{4}-\\d{2}-\\d{2}.*\\.json(\\.bz2|\\.gz)?")) {
        days.computeIfAbsent(fileName.substring(0, 10), day -> new ArrayList<>()).add(file);
      }
    }
    for (Map.Entry<String, List<Path>> day : days.entrySet()) {
      splits.add(
          stream(name + "-" + day.getKey(), LocalDate.parse(day.getKey()), day.getValue(), raw));
    }
    if (splits.isEmpty()) {
      throw RenownException.configuration(
          "--data %s=%s: it holds no events of a kind that is known (see the README of evaluate).",
          name, source);
    }
    return splits;
  }

  // ---- Where the parts end

  /** Seconds since 1970. */
  private record Parts(double firstEnds, double nextEnds, LocalDate night) {}

  private static Parts parts(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    double first = sorted.get(0);
    double span = sorted.get(sorted.size() - 1) - first;
    double reached = sorted.get((int) (sorted.size() * FIRST_PART));
    if (span < SHORT_SPAN_DAYS * SECONDS_PER_DAY) {
      return new Parts(reached, Double.POSITIVE_INFINITY, day(first));
    }
    LocalDate night = day(reached);
    double ends = night.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    double ahead = Math.max(span * NEXT_PART, LEAST_NEXT_DAYS * SECONDS_PER_DAY);
    return new Parts(ends, ends + ahead, night);
  }

  private static LocalDate day(double second) {
    return Instant.ofEpochSecond((long) Math.floor(second)).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Path folder(Function<String, Path> raw, String name, LocalDate day)
      throws IOException {
    return Files.createDirectories(raw.apply(name).resolve(name).resolve("dt=" + day));
  }

  // ---- Native dumps

  private static Split site(String name, Path source, Function<String, Path> raw)
      throws IOException {
    Map<String, StackExchangeForecast.Post> posts =
        StackExchangeForecast.posts(source.resolve("Posts.xml"));
    List<Double> times = new ArrayList<>();
    posts.values().forEach(post -> times.add(second(post.created())));
    Parts parts = parts(times);
    String first = parts.night().plusDays(1).toString();
    String next = Instant.ofEpochSecond((long) parts.nextEnds()).toString().substring(0, 10);
    Path before = folder(raw, name, parts.night());
    Path after = folder(raw, name, parts.night().plusDays(1));
    for (String file : List.of("Posts.xml", "Votes.xml", "Comments.xml", "Badges.xml")) {
      Path from = source.resolve(file);
      StackExchangeForecast.copy(from, before.resolve(file), "", first, posts);
      StackExchangeForecast.copy(from, after.resolve(file), first, next, posts);
      String moved =
          Files.readString(after.resolve(file))
              .replaceAll("( CreationDate=\"| Date=\")\\d{4}-\\d{2}-\\d{2}", "$1" + first);
      Files.writeString(after.resolve(file), moved);
    }
    Files.copy(source.resolve("Users.xml"), before.resolve("Users.xml"));
    return new Split(
        name,
        "stack-exchange",
        parts.night(),
        (second(next + "T00:00:00") - second(first + "T00:00:00")) / SECONDS_PER_DAY,
        Map.of());
  }

  private static double second(String time) {
    return Instant.parse(time + "Z").toEpochMilli() / 1e3;
  }

  private static Split stream(
      String name, LocalDate day, List<Path> files, Function<String, Path> raw) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(lines(file));
    }
    double days = files.size() * (1 - FIRST_PART) / (24 * 60);
    return parts(name, X_STREAM, day, days, lines, raw);
  }

  private static Split jetstream(String name, Path file, Function<String, Path> raw)
      throws IOException {
    List<String> lines = lines(file).stream().filter(line -> !line.isBlank()).toList();
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (String line : lines) {
      double second = JSON.readTree(line).path("time_us").asDouble(Double.NaN) / 1e6;
      if (Double.isNaN(second)) {
        throw RenownException.data("%s: a line of Jetstream must tell time_us.", file);
      }
      first = Math.min(first, second);
      last = Math.max(last, second);
    }
    if (lines.isEmpty()) {
      throw RenownException.data("%s: it holds no lines.", file);
    }
    double days = (last - first) * (1 - FIRST_PART) / SECONDS_PER_DAY;
    return parts(name, JETSTREAM, day(last), days, lines, raw);
  }

  /** Native lines as they are, in the dumps of a day and of the next. */
  private static Split parts(
      String name,
      String format,
      LocalDate day,
      double daysAhead,
      List<String> lines,
      Function<String, Path> raw)
      throws IOException {
    int first = (int) (lines.size() * FIRST_PART);
    Files.write(folder(raw, name, day).resolve(LINES), lines.subList(0, first));
    Files.write(
        folder(raw, name, day.plusDays(1)).resolve(LINES), lines.subList(first, lines.size()));
    return new Split(name, format, day, daysAhead, Map.of());
  }

  static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    String name = file.toString();
    if (name.endsWith(".bz2")) {
      return new BZip2CompressorInputStream(in, true);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  // ---- Lists of pairs

  static List<Event> pairs(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String[] fields = line.strip().split("[\\s,;]+");
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        double at = Double.parseDouble(fields[fields.length - 1]);
        String record = "line:" + number;
        if (fields.length == 3) {
          events.add(new Event(fields[0], null, at, null, record, null));
          events.add(new Event(fields[0], fields[1], at, "mention", record, null));
          continue;
        }
        if (fields.length == 4) {
          double rating = Double.parseDouble(fields[2]);
          if (rating != 0) {
            String verb = rating > 0 ? "like" : "block";
            events.add(new Event(fields[0], fields[1], at, verb, record, null));
          }
          continue;
        }
      } catch (NumberFormatException e) {
        if (number == 1) {
          continue;
        }
      }
      throw RenownException.data(
          "%s, line %d: it must be \"source target time\" or \"source target rating time\", with"
              + " numbers for rating and time.",
          file, number);
    }
    return events;
  }

  static List<Event> cascades(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    double first = Double.POSITIVE_INFINITY;
    int number = 0;
    for (String file : List.of("train.txt", "test.txt")) {
      for (String line : lines(folder.resolve(file))) {
        String[] fields = line.strip().split("\\s+");
        String post = "cascade:" + number++;
        for (int i = 1; i + 1 < fields.length; i += 2) {
          double at = Double.parseDouble(fields[i + 1]);
          if (i == 1) {
            first = Math.min(first, at);
            events.add(new Event(fields[0], null, at - 1, null, post, null));
          }
          if (!fields[i].equals(fields[0])) {
            events.add(new Event(fields[i], fields[0], at, "repost", post + ":" + i, post));
          }
        }
      }
    }
    for (String line : lines(folder.resolve("graph.txt"))) {
      String[] fields = line.strip().split("\\s+");
      events.add(follow(fields[0], fields[1], first - 2));
    }
    return events;
  }

  private static Event follow(String source, String target, double at) {
    return new Event(source, target, at, "follow", "follow:" + source + ":" + target, null);
  }

  /** All friends follow each other on one day; the outcome is how often a channel was viewed. */
  private static Split friends(String name, Path edges, String part, Function<String, Path> raw)
      throws IOException {
    LocalDate day = LocalDate.of(2018, 5, 1);
    double at = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    Set<Event> events = new HashSet<>();
    List<Event> inOrder = new ArrayList<>();
    for (String line : lines(edges)) {
      String[] fields = line.split(",");
      if (!fields[0].equals("from") && !fields[0].equals(fields[1])) {
        for (Event one :
            List.of(follow(fields[0], fields[1], at), follow(fields[1], fields[0], at))) {
          if (events.add(one)) {
            inOrder.add(one);
          }
        }
      }
    }
    Map<String, Double> views = new TreeMap<>();
    List<String> table = lines(edges.resolveSibling(part + "_target.csv"));
    List<String> header = List.of(table.get(0).split(","));
    for (String line : table.subList(1, table.size())) {
      String[] fields = line.split(",");
      views.put(
          fields[header.indexOf("new_id")], Double.parseDouble(fields[header.indexOf("views")]));
    }
    String network = name + "-" + part.toLowerCase(java.util.Locale.ROOT);
    write(inOrder, 0, folder(raw, network, day).resolve("events.jsonl"));
    return new Split(network, "neutral", day, Double.NaN, views);
  }

  private static Split neutral(String name, List<Event> events, Function<String, Path> raw)
      throws IOException {
    double first = events.stream().mapToDouble(Event::at).min().orElseThrow();
    double later =
        Math.max(0, Math.ceil((FIRST_SECOND - first) / SECONDS_PER_YEAR)) * SECONDS_PER_YEAR;
    Parts parts =
        parts(
            events.stream()
                .filter(event -> event.verb() != null && !event.verb().equals("follow"))
                .map(event -> event.at() + later)
                .toList());
    List<Event> before = new ArrayList<>();
    List<Event> after = new ArrayList<>();
    for (Event event : events) {
      double at = event.at() + later;
      if (at < parts.firstEnds()) {
        before.add(event);
      } else if (at < parts.nextEnds()) {
        after.add(event.at(parts.firstEnds() - later));
      }
    }
    write(before, later, folder(raw, name, parts.night()).resolve("events.jsonl"));
    write(after, later, folder(raw, name, parts.night().plusDays(1)).resolve("events.jsonl"));
    return new Split(
        name,
        "neutral",
        parts.night(),
        (parts.nextEnds() - parts.firstEnds()) / SECONDS_PER_DAY,
        Map.of());
  }

  private static void write(List<Event> events, double later, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (Event event : events) {
        ObjectNode line =
            JSON.createObjectNode()
                .put("type", event.verb() == null ? "post" : "interaction")
                .put("account_id", event.source())
                .put("record_id", event.record())
                .put("at", Instant.ofEpochMilli(Math.round((event.at() + later) * 1e3)).toString());
        if (event.verb() != null) {
          line.put("verb", event.verb()).put("target_account_id", event.target());
        }
        if (event.object() != null) {
          line.put("object_id", event.object());
        }
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
