package renown.lab.generate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generated dumps in memory, read back by means that share nothing with the writer. */
final class Dumps {
  static final LocalDate FIRST = LocalDate.parse("2026-01-05");

  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  final SocietySettings settings;
  final Network network;
  final int days;

  /** All lines by day, without line ends. */
  final List<List<byte[]>> lines = new ArrayList<>();

  /** Who came to a post through whom, as the truth says it, in the order of the files. */
  final List<JsonNode> paths = new ArrayList<>();

  /** What the generator says that it wrote, by day. */
  final List<long[]> counts = new ArrayList<>();

  private Dumps(SocietySettings settings, Network network, int days) {
    this.settings = settings;
    this.network = network;
    this.days = days;
  }

  static SocietySettings settings(int accounts, double events, double dirt) {
    return new SocietySettings(accounts, FIRST, 7, events, dirt, Speech.SENTENCES);
  }

  static Dumps of(SocietySettings settings, Network network, int days) {
    Dumps dumps = new Dumps(settings, network, days);
    DumpGenerator generator = new DumpGenerator(settings, network);
    for (int day = 0; day < days; day++) {
      List<byte[]> ofDay = new ArrayList<>();
      long[] counts = new long[Count.values().length];
      for (int shard = 0; shard < settings.shards(); shard++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream through = new ByteArrayOutputStream();
        long[] some;
        try {
          some = generator.write(day, shard, out, through);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        for (int i = 0; i < counts.length; i++) {
          counts[i] += some[i];
        }
        split(out.toByteArray(), network == Network.X ? "\r\n" : "\n", ofDay);
        through
            .toString(StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> dumps.paths.add(parse(line.getBytes(StandardCharsets.UTF_8))));
      }
      dumps.lines.add(ofDay);
      dumps.counts.add(counts);
    }
    return dumps;
  }

  private static void split(byte[] bytes, String end, List<byte[]> lines) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        int length = i + 1 - end.length() - from;
        byte[] line = new byte[length];
        System.arraycopy(bytes, from, line, 0, length);
        lines.add(line);
        from = i + 1;
      }
    }
    if (from != bytes.length) {
      throw new IllegalStateException("the file does not end with a line end");
    }
  }

  /** Every line of a society without dirt, parsed; blank lines left out. */
  List<JsonNode> parsed() {
    List<JsonNode> parsed = new ArrayList<>();
    for (List<byte[]> ofDay : lines) {
      for (byte[] line : ofDay) {
        if (line.length > 0) {
          parsed.add(parse(line));
        }
      }
    }
    return parsed;
  }

  static JsonNode parse(byte[] line) {
    try {
      return JSON.readTree(strictUtf8(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws CharacterCodingException where the bytes are not UTF-8
   */
  static String strictUtf8(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  /** The truth about each account, by account id. */
  Map<String, JsonNode> truth() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Truth.accounts(new Society(settings, Shares.STANDARD, network), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, JsonNode> truth = new TreeMap<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      JsonNode account = parse(line.getBytes(StandardCharsets.UTF_8));
      truth.put(account.get("account_id").asText(), account);
    }
    return truth;
  }

  static boolean has(JsonNode account, String behaviour) {
    for (JsonNode each : account.get("behaviours")) {
      if (each.asText().equals(behaviour)) {
        return true;
      }
    }
    return false;
  }

  /** Microseconds in a timestamp identifier; fails where it is none. */
  static long microsOfTid(String tid) {
    if (!tid.matches("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")) {
      throw new IllegalArgumentException(tid);
    }
    long value = 0;
    for (char c : tid.toCharArray()) {
      value = value << 5 | "234567abcdefghijklmnopqrstuvwxyz".indexOf(c);
    }
    return value >>> 10;
  }

  /** Who, what and which of an {@code at://who/what/which}. */
  static String[] parts(String uri) {
    if (!uri.startsWith("at://")) {
      throw new IllegalArgumentException(uri);
    }
    return uri.substring(5).split("/");
  }
}
