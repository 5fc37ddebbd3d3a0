package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Writes the dump files of one network of a generated society. A file is a function of settings,
 * network, day and shard: any process can write any file, in any order. Memory is bounded by one
 * shard's day (about {@code 150,000} lines), not by the society.
 */
public final class DumpGenerator {
  private static final int LATE = 300;
  private static final int DIRT = 301;

  /** Average lines between two keep-alives of the X stream. */
  private static final int LINES_PER_BLANK = 250;

  private static final int FARTHEST_DUPLICATE = 20;

  private final Society society;
  private final Behaviour behaviour;
  private final Breakouts breakouts;
  private final LineWriter lines;

  /** A generator with the standard shares of roles. */
  public DumpGenerator(SocietySettings settings, Network network) {
    this(settings, Shares.STANDARD, network);
  }

  /** A generator of a society with other shares of roles. */
  public DumpGenerator(SocietySettings settings, Shares shares, Network network) {
    this.society = new Society(settings, shares, network);
    this.behaviour = new Behaviour(society);
    this.breakouts = new Breakouts(society);
    this.lines = LineWriter.of(society);
  }

  Society society() {
    return society;
  }

  Breakouts breakouts() {
    return breakouts;
  }

  /**
   * A shard's lines of a day in the order of delivery. An account belongs to the shard of its index
   * modulo the number of shards.
   */
  List<Event> events(int day, int shard) {
    SocietySettings settings = society.settings();
    int shards = settings.shards();
    List<Event> events = new ArrayList<>();
    for (long index = shard; index < settings.accounts(); index += shards) {
      int account = (int) index;
      if (!late(account, day)) {
        behaviour.day(account, day, events::add);
      }
      if (day > 0 && late(account, day - 1)) {
        behaviour.day(
            account,
            day - 1,
            event -> {
              event.late = true;
              events.add(event);
            });
      }
    }
    breakouts.day(shard, shards, day, events::add);
    events.sort((a, b) -> Long.compare(delivery(a), delivery(b)));
    return events;
  }

  /**
   * A post and what its author meant it to be about.
   *
   * @param id as in the dump
   * @param topic name of the topic as in the truth; null for chatter
   * @param language BCP 47
   */
  public record PlantedPost(String id, String topic, String language) {}

  /** The posts, answers and quotes of a shard's day, in the order of delivery. */
  public List<PlantedPost> posts(int day, int shard) {
    List<PlantedPost> posts = new ArrayList<>();
    LineBuffer id = new LineBuffer();
    for (Event event : events(day, shard)) {
      if (event.post != null && society.account(event.actor).role != Role.CHATTER) {
        id.clear();
        Truth.postId(society, event.post, id);
        int topic = event.post.topic();
        posts.add(
            new PlantedPost(
                new String(id.bytes(), 0, id.length(), StandardCharsets.UTF_8),
                topic < 0 ? null : Vocabulary.STANDARD.topics.get(topic).slug,
                society.account(event.actor).language.tag()));
      }
    }
    return posts;
  }

  /** Writes what the posts of a file are about, one line of JSON each. */
  void topics(int day, int shard, OutputStream out) throws IOException {
    LineBuffer line = new LineBuffer();
    for (PlantedPost post : posts(day, shard)) {
      line.clear();
      line.put("{\"network\":\"").put(society.network().word());
      line.put("\",\"post_id\":\"").put(post.id()).put("\",\"topic\":");
      if (post.topic() == null) {
        line.put("null");
      } else {
        line.put('"').put(post.topic()).put('"');
      }
      line.put("}\n");
      line.writeTo(out);
    }
  }

  private static long delivery(Event event) {
    return event.late ? event.time + Society.DAY_MS : event.time;
  }

  /** Whether everything that an account causes on a day is delivered on the day after. */
  boolean late(int account, int day) {
    return uniform(society.key(LATE, account, day, 0), 0) < society.settings().dirtyShare();
  }

  /** Writes one file, uncompressed. */
  public long[] write(int day, int shard, OutputStream out) throws IOException {
    return write(day, shard, out, OutputStream.nullOutputStream());
  }

  /**
   * Writes one file, uncompressed, and who came to a post through whom.
   *
   * @param paths gets one line for each reaction of the file to a post seen at somebody's repost
   * @return how many lines of each kind were written, by {@link Count#ordinal}
   */
  public long[] write(int day, int shard, OutputStream out, OutputStream paths) throws IOException {
    long[] counts = new long[Count.values().length];
    LineBuffer line = new LineBuffer();
    LineBuffer dirty = new LineBuffer();
    LineBuffer path = new LineBuffer();
    Deque<Duplicate> duplicates = new ArrayDeque<>();
    byte[] lineEnd = lines.lineEnd();
    for (Event event : events(day, shard)) {
      line.clear();
      lines.write(event, Fault.NONE, line);
      line.put(lineEnd);
      line.writeTo(out);
      count(event, counts);
      path.clear();
      if (Truth.path(society, event, path)) {
        path.put('\n');
        path.writeTo(paths);
      }

      long key = CounterRandom.key(event.key, DIRT, event.type.ordinal());
      if (uniform(key, 0) < society.settings().dirtyShare()) {
        Count fault = fault(event, uniform(key, 1));
        if (fault == Count.DUPLICATES) {
          byte[] copy = Arrays.copyOf(line.bytes(), line.length());
          duplicates.add(new Duplicate(copy, 1 + below(key, 2, FARTHEST_DUPLICATE)));
        } else {
          counts[fault.ordinal()]++;
          counts[Count.LINES.ordinal()]++;
          dirty(event, fault, key, line, lineEnd.length, dirty);
          dirty.put(lineEnd);
          dirty.writeTo(out);
        }
      }
      boolean blanks = society.network() == Network.X;
      if (blanks && uniform(key, 3) * LINES_PER_BLANK < 1) {
        out.write(lineEnd);
        counts[Count.LINES.ordinal()]++;
        counts[Count.BLANK_LINES.ordinal()]++;
      }
      repeat(duplicates, false, counts, out);
    }
    repeat(duplicates, true, counts, out);
    return counts;
  }

  private static final class Duplicate {
    final byte[] line;
    int wait;

    Duplicate(byte[] line, int wait) {
      this.line = line;
      this.wait = wait;
    }
  }

  private static void repeat(
      Deque<Duplicate> duplicates, boolean all, long[] counts, OutputStream out)
      throws IOException {
    for (var i = duplicates.iterator(); i.hasNext(); ) {
      Duplicate duplicate = i.next();
      if (--duplicate.wait <= 0 || all) {
        out.write(duplicate.line);
        counts[Count.LINES.ordinal()]++;
        counts[Count.DUPLICATES.ordinal()]++;
        i.remove();
      }
    }
  }

  private void count(Event event, long[] counts) {
    counts[Count.LINES.ordinal()]++;
    counts[Count.of(event.type).ordinal()]++;
    if (event.late) {
      counts[Count.LATE.ordinal()]++;
    }
    boolean bluesky = society.network() == Network.BLUESKY;
    if (bluesky && event.type == Event.Type.REPOST && event.other != null) {
      counts[Count.REPOSTS_VIA.ordinal()]++;
    }
    if (event.post != null && society.mentioned(event.post) >= 0) {
      counts[Count.MENTIONS.ordinal()]++;
    }
  }

  private Count fault(Event event, double uniform) {
    if (uniform < 0.15) {
      return Count.TRUNCATED;
    }
    if (uniform < 0.35) {
      return Count.UNKNOWN_KINDS;
    }
    if (uniform < 0.5 && lines.takes(event, Fault.WRONG_TYPE)) {
      return Count.WRONG_TYPE;
    }
    if (uniform >= 0.5 && uniform < 0.65 && lines.takes(event, Fault.INVALID_UTF8)) {
      return Count.INVALID_UTF8;
    }
    if (uniform >= 0.65 && uniform < 0.75 && lines.takes(event, Fault.FUTURE)) {
      return Count.FUTURE;
    }
    return Count.DUPLICATES;
  }

  private void dirty(
      Event event, Count fault, long key, LineBuffer line, int lineEnd, LineBuffer out) {
    out.clear();
    switch (fault) {
      case TRUNCATED -> {
        int whole = line.length() - lineEnd;
        out.put(line.bytes(), 0, 1 + below(key, 4, whole - 1));
      }
      case UNKNOWN_KINDS ->
          lines.writeUnknown(
              society.account(event.actor), event.time, CounterRandom.key(key, 5), out);
      case WRONG_TYPE -> lines.write(event, Fault.WRONG_TYPE, out);
      case INVALID_UTF8 -> lines.write(event, Fault.INVALID_UTF8, out);
      case FUTURE -> lines.write(event, Fault.FUTURE, out);
      default -> throw new IllegalStateException(fault.name());
    }
  }
}
