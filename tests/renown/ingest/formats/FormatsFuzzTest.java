package renown.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import renown.ingest.DumpFormat;
import renown.ingest.ParsedRecord;
import renown.ingest.RejectedLineException;

/** Lines that were tampered with are read or rejected; nothing else ever happens. */
class FormatsFuzzTest {
  private static final List<String> PIECES =
      List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "{\"id\":1}", "\"text\":\"x\",", "\\u0000");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "[[]]",
          "-1",
          "1e999",
          "9223372036854775808",
          "\"\"",
          "\"x\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"did:plc:a\"",
          "\"0000-01-01T00:00:00Z\"",
          "[{}]",
          "[null]",
          "{\"id\":1}",
          "[\"\"]",
          "\"Wed Oct 10 20:19:24 +0000 9999\"",
          "7",
          "\"at://did:plc:a/b/c\"",
          "false",
          "\"7\"");

  /** A line of the fixtures, changed in one to three places. */
  private static byte[] tampered(DumpFormat format, Random random) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("tests/fixtures/formats", format.name() + ".jsonl"));
    String line = lines.get(random.nextInt(lines.size()));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(line.length() + 1);
      switch (random.nextInt(20)) {
        case 0 -> line = line.substring(0, at);
        case 1 -> line = line.substring(0, at) + piece(random) + line.substring(at);
        case 2 -> {
          int to = Math.min(line.length(), at + 1 + random.nextInt(12));
          line = line.substring(0, at) + line.substring(to);
        }
        default -> line = replaceValue(line, random);
      }
    }
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(20) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  /** Puts another value behind one of the line's colons; most often the line stays JSON. */
  private static String replaceValue(String line, Random random) {
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
        + value(random)
        + line.substring(Math.min(end, line.length()));
  }

  @Property(tries = 20_000)
  void aLineIsReadOrRejected(@ForAll long seed, @ForAll @IntRange(max = 2) int which)
      throws IOException {
    DumpFormat format = Formats.all().get(which);
    byte[] line = tampered(format, new Random(seed));
    try {
      Statements statements = Statements.of(format, line);
      assertThat(statements.records.size() + statements.ignored.size()).isPositive();
      for (String rule : statements.ignored) {
        assertThat(rule).matches("[ -~]{1,80}");
      }
      statements.records.forEach(FormatsFuzzTest::assertSound);
      Statistics.collect("read");
    } catch (RejectedLineException e) {
      assertThat(e.getMessage()).matches("[ -~]{1,200}");
      Statistics.collect("rejected");
    }
    // Tampering that always breaks the line would test nothing but the JSON parser.
    Statistics.coverage(
        outcome -> {
          outcome.check("read").percentage(share -> share > 20);
          outcome.check("rejected").percentage(share -> share > 20);
        });
  }

  private static void assertSound(ParsedRecord record) {
    assertThat(record.accountId).isNotEmpty();
    if (record.kind != ParsedRecord.Kind.ACCOUNT) {
      assertThat(record.recordId).isNotEmpty();
    }
    if (record.kind != ParsedRecord.Kind.ACCOUNT && record.kind != ParsedRecord.Kind.DELETION) {
      assertThat(record.recordDay).isNotEqualTo(ParsedRecord.NO_DAY);
      assertThat(Times.isPlausible(record.happenedAt)).isTrue();
      assertThat(Times.isPlausible(record.witnessedAt)).isTrue();
    }
    if (record.kind == ParsedRecord.Kind.INTERACTION) {
      assertThat(record.verb).isNotNull();
      // Without its target, the post says whom it is about.
      assertThat(record.targetAccountId == null ? record.objectId : record.targetAccountId)
          .isNotEmpty();
    }
    if (record.text != null) {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(record.text)).isTrue();
      assertThat(record.text).doesNotContain("\u0000");
    }
  }

  @Property(tries = 2_000)
  void anyBytesAreReadOrRejected(@ForAll byte[] line) {
    for (DumpFormat format : Formats.all()) {
      try {
        Statements.of(format, line);
      } catch (RejectedLineException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
