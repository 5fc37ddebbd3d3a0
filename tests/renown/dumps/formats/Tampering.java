package renown.dumps.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;

/** Lines as a broken pipe, a changed interface or an enemy would make them. */
public final class Tampering {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "{\"id\":1}",
          "\"text\":\"x\",",
          "\\u0000",
          "<",
          ">",
          "/>",
          "&",
          "&#0;",
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "='");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "{}",
          "[]",
          "[[]]",
          "[{}]",
          "[null]",
          "[\"\"]",
          "[7]",
          "{\"id\":1}",
          "{\"id\":\"7\",\"type\":\"Note\"}",
          "-1",
          "7",
          "0",
          "1e999",
          "9223372036854775807",
          "9223372036854775808",
          "123456789012345678901234567890",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"7\"",
          "\"-7\"",
          "\"99999999999999999999\"",
          "\"\\ud800\"",
          "\"\\udc00x\\ud83d\"",
          "\"\\u0000\"",
          "\"a\\u0007\\u202eb\\u2066c\"",
          "\"\\u0430dmin\"",
          "\"&#xD800;&#0;&#x110000;<b>&bogus;<a href='javascript:x'>\"",
          "\"did:plc:a\"",
          "\"at://did:plc:a/b/c\"",
          "\"https://a.example/users/b/statuses/9\"",
          "\"https://\"",
          "\"http://[::1\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"2099-12-31T23:59:60Z\"",
          "\"2024-02-30T00:00:00Z\"",
          "\"Wed Oct 10 20:19:24 +0000 9999\"",
          "4102444800000");

  /** What terminals, browsers and spreadsheets take for something else than text. */
  private static final List<String> MARKS =
      List.of(
          "\u202e",
          "\u2066",
          "\u200b",
          "\u001b[2J",
          "\u001b]8;;http://a.example\u0007",
          "\u0000",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ud800",
          "=1+1",
          "javascript:x",
          "<script>",
          "';--");

  private static final Pattern ATTRIBUTE = Pattern.compile("=\"[^\"]*\"");

  private final DumpFormat format;
  private final List<String> lines;
  private final Random random;

  /**
   * @param format one whose fixture lies with the others
   */
  public Tampering(DumpFormat format, Random random) throws IOException {
    this(format, lines(format), random);
  }

  /**
   * @param lines that the format reads
   */
  Tampering(DumpFormat format, List<String> lines, Random random) {
    this.format = format;
    this.lines = lines;
    this.random = random;
  }

  /** The lines of a format's fixture. */
  public static List<String> lines(DumpFormat format) throws IOException {
    Path fixtures = Path.of("tests/fixtures/formats");
    Path json = fixtures.resolve(format.name() + ".jsonl");
    return Files.readAllLines(Files.exists(json) ? json : fixtures.resolve(format.name() + ".xml"));
  }

  /** A line of the fixtures, changed in one to three places; it holds no line end. */
  public byte[] line() {
    String line = lines.get(random.nextInt(lines.size()));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(line.length() + 1);
      switch (random.nextInt(24)) {
        case 0 -> line = line.substring(0, at);
        case 1 -> line = line.substring(0, at) + one(PIECES) + line.substring(at);
        case 2 -> {
          int to = Math.min(line.length(), at + 1 + random.nextInt(12));
          line = line.substring(0, at) + line.substring(to);
        }
        case 3 -> line = twice(line);
        case 4 -> {
          int to = Math.min(line.length(), at + 1 + random.nextInt(200));
          line = line.substring(0, to) + line.substring(at);
        }
        case 5 -> line = line.substring(0, at) + one(MARKS) + line.substring(at);
        case 6 -> {
          int depth = 1 + random.nextInt(3_000);
          line = "{\"a\":".repeat(depth) + line + (random.nextBoolean() ? "}".repeat(depth) : "");
        }
        default -> line = line.startsWith("{") ? replaceValue(line) : replaceAttribute(line);
      }
    }
    // Otherwise nothing would be tested but that a changed event is refused.
    line = format.name().equals("nostr") ? NostrSeal.sealed(line) : line;
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(20) == 0) {
      byte any = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = any == '\n' ? 0 : any;
    }
    return bytes;
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Gives the first member of an object a second time, with another value. */
  private String twice(String line) {
    Matcher member = Pattern.compile("\\{(\"[a-z_]+\"):").matcher(line);
    List<Integer> starts = new ArrayList<>();
    while (member.find()) {
      starts.add(member.start());
    }
    if (starts.isEmpty()) {
      return line;
    }
    int start = starts.get(random.nextInt(starts.size()));
    member.find(start);
    return line.substring(0, start + 1)
        + member.group(1)
        + ":"
        + one(VALUES)
        + ","
        + line.substring(start + 1);
  }

  /** Puts another value behind one of the line's colons; most often the line stays JSON. */
  private String replaceValue(String line) {
    int colon = line.indexOf("\":", random.nextInt(line.length() + 1));
    if (colon < 0) {
      return line;
    }
    int end = colon + 2;
    int depth = 0;
    boolean quoted = false;
    for (; end < line.length(); end++) {
      char c = line.charAt(end);
      if (quoted) {
        if (c == '\\') {
          end++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        break;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return line.substring(0, colon + 2)
        + one(VALUES)
        + line.substring(Math.min(end, line.length()));
  }

  private String replaceAttribute(String line) {
    Matcher attribute = ATTRIBUTE.matcher(line);
    if (!attribute.find(random.nextInt(line.length() + 1))) {
      return line;
    }
    String value = one(VALUES).replace("\"", "").replace("<", "&lt;");
    return line.substring(0, attribute.start())
        + "=\""
        + value
        + "\""
        + line.substring(attribute.end());
  }

  /** Lines of any length that no format expects. */
  public static List<byte[]> hostile() {
    List<String> lines =
        List.of(
            "[".repeat(1_000_000),
            "{\"a\":".repeat(1_000_000),
            "[{\"a\":[".repeat(100_000),
            "{\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"" + "n".repeat(1_000_000) + "\":1}",
            "{\"id\":" + "9".repeat(1_000_000) + "}",
            "{\"id\":1e" + "9".repeat(1_000) + "}",
            "{\"text\":\"" + "x".repeat(4_000_000) + "\"}",
            "{\"type\":\"" + "\\u0000".repeat(100_000) + "\"}",
            "{\"kind\":\"\\u202e\\ud800\"}",
            "{" + "\"id\":1,".repeat(100_000) + "\"id\":2}",
            "{" + manyMembers(50_000) + "\"id\":2}",
            "\uFEFF{}",
            "{}{}",
            "null",
            "true",
            "\"text\"",
            "<" + "a".repeat(1_000_000),
            "<row " + "Id=\"1\" ".repeat(10_000) + "/>",
            "<row Id=\"" + "&amp;".repeat(100_000) + "\" />",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><row Id=\"&b;\" />",
            "<row Id=\"&#x1F600;&#xD800;&#0;&#99999999999;\" />");
    List<byte[]> bytes = new ArrayList<>();
    lines.forEach(line -> bytes.add(line.getBytes(StandardCharsets.UTF_8)));
    bytes.add(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    bytes.add(new byte[] {(byte) 0xC0, (byte) 0xAF});
    bytes.add(new byte[1_000]);
    return bytes;
  }

  private static String manyMembers(int count) {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < count; i++) {
      members.append("\"m").append(i).append("\":").append(i).append(',');
    }
    return members.toString();
  }

  @Override
  public String toString() {
    return "tampered lines of " + format.name();
  }
}
