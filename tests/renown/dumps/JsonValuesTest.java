package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as people have it: values over many lines, several on one, and arrays of them. */
class JsonValuesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Parses each record strictly, as a format does. */
  private static final class Heard implements RawLines.Handler {
    final List<String> values = new ArrayList<>();
    final List<String> rejects = new ArrayList<>();
    private final boolean areArraysWhole;

    Heard(boolean areArraysWhole) {
      this.areArraysWhole = areArraysWhole;
    }

    @Override
    public boolean isJson() {
      return true;
    }

    @Override
    public boolean areArraysWhole() {
      return areArraysWhole;
    }

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      if (!wholeLine(buffer, offset, length, lineNumber, byteOffset)) {
        rejects.add(lineNumber + ": no value");
      }
    }

    @Override
    public boolean wholeLine(
        byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
      try (var parser = MAPPER.createParser(text)) {
        JsonNode value = MAPPER.readTree(parser);
        if (value == null || parser.nextToken() != null) {
          return false;
        }
        values.add(lineNumber + " " + value);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      rejects.add(lineNumber + ": too long");
    }
  }

  private static Heard read(String content, int longest, int buffer, boolean areArraysWhole)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Heard heard = new Heard(areArraysWhole);
    RawLines.Result result =
        RawLines.read(
            new ByteArrayInputStream(bytes),
            0,
            Compression.NONE,
            new RawLines.Slice(0, bytes.length),
            ReadLimits.ofLines(longest),
            buffer,
            heard);
    assertThat(result.byteCount()).isEqualTo(bytes.length);
    if (result.fault() != null) {
      heard.rejects.add(result.fault().lineNumber() + ": " + result.fault().reason());
    }
    return heard;
  }

  private static JsonNode random(Random random, int depth) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    switch (random.nextInt(depth > 3 ? 4 : 7)) {
      case 0:
        return make.numberNode(random.nextInt(1_000) - 500);
      case 1:
        return random.nextBoolean() ? make.nullNode() : make.booleanNode(random.nextBoolean());
      case 2:
        return make.numberNode(random.nextInt(100) / 8.0 * 1e20);
      case 3:
        String[] texts = {
          "}{", "a\"b", "\\", "[,]", "line\nend", "\u00fc\ud83d\ude00", "", "{\"id\":1}"
        };
        return make.textNode(texts[random.nextInt(texts.length)]);
      case 4:
        ArrayNode array = make.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(random(random, depth + 1));
        }
        return array;
      default:
        return object(random, depth);
    }
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set("n" + random.nextInt(9) + "}{", random(random, depth + 1));
    }
    return object;
  }

  private static String laidOut(JsonNode value, Random random) throws JsonProcessingException {
    ObjectWriter pretty = MAPPER.writerWithDefaultPrettyPrinter();
    return switch (random.nextInt(4)) {
      case 0 -> pretty.writeValueAsString(value);
      case 1 -> pretty.writeValueAsString(value).replace("\n", "\r\n").replace("  ", "\t");
      case 2 -> pretty.writeValueAsString(value).replaceAll("\n +", "\n");
      default -> value.toString();
    };
  }

  @Test
  void valuesAreFoundHoweverTheyAreLaidOut() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder content = new StringBuilder(random.nextInt(9) == 0 ? "\ufeff" : "");
      List<String> values = new ArrayList<>();
      boolean inArray = random.nextInt(3) == 0;
      content.append(inArray ? "[" + (random.nextBoolean() ? "\n" : "") : "");
      int count = random.nextInt(6);
      for (int i = 0; i < count; i++) {
        JsonNode value = object(random, 0);
        long line = 1 + content.chars().filter(c -> c == '\n').count();
        values.add(line + " " + value);
        content.append(laidOut(value, random));
        content.append(inArray && i < count - 1 ? "," : "");
        // Glued, each on lines of its own, or with empty lines between.
        content.append(List.of("", " ", "\n", "\r\n", "\n\n\t\n").get(random.nextInt(5)));
      }
      content.append(inArray ? "]" : "");
      content.append(random.nextBoolean() ? "\n" : "");
      Heard heard = read(content.toString(), 10_000, 1 + random.nextInt(60), false);
      assertThat(heard.rejects).as(content.toString()).isEmpty();
      assertThat(heard.values).as(content.toString()).isEqualTo(values);
    }
  }

  @Test
  void anArrayIsOneValueWhereItsElementsBelongTogether() throws IOException {
    Heard heard = read("[{\"a\":1},\n{\"b\":2}]\n{\"c\":3}\n[4]", 100, 8, true);
    assertThat(heard.values).containsExactly("1 [{\"a\":1},{\"b\":2}]", "3 {\"c\":3}", "4 [4]");
    assertThat(heard.rejects).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A line that was cut off costs itself: inside a text, a name, an array, behind a colon.
        "{'a':1}~{'b':'x~{'c':3}~{'d':4}|1 {'a':1};3 {'c':3};4 {'d':4}|2: no value",
        "{'a':1}~{'b~{'c':3}~{'d':4}|1 {'a':1};3 {'c':3};4 {'d':4}|2: no value",
        "{'a':1}~{'b':[1,~{'c':3}~{'d':4}|1 {'a':1};3 {'c':3};4 {'d':4}|2: no value",
        "{'a':1}~{'b':~{'c':3}~{'d':4}|1 {'a':1};3 {'c':3};4 {'d':4}|2: no value",
        "{'a':1}~{'b':1,~{'c':3}~{'d':4}|1 {'a':1};3 {'c':3};4 {'d':4}|2: no value",
        "{~{'c':3}~{'d':4}|2 {'c':3};3 {'d':4}|1: no value",
        "{'a':1}~{'b':{'x':2}|1 {'a':1}|2: no value",
        // One of several on a line.
        "{'a':1}{'b':x y}{'c':3}|1 {'a':1};1 {'c':3}|1: no value",
        "{'a':1}{'b':'}{'c':3}{'d':4}|1 {'a':1};1 {'c':3};1 {'d':4}|1: no value",
        "{'a':1}{'b'{'c':3}{'d':4}|1 {'a':1};1 {'d':4}|1: no value",
        "[{'a':1},{'b':!},{'c':3}]|1 {'a':1};1 {'c':3}|1: no value",
        "{'a':1} and more~{'b':2}|1 {'a':1};2 {'b':2}|1: no value",
        // One of several over many lines.
        "[~  {~    'a': 1~  },~  {~    'b': !,~    'x': {~      'y': 1~    }~  },~  {~    'c': 3~"
            + "  }~]|2 {'a':1};11 {'c':3}|5: no value",
        "[{~  'a': 1~}, {~  'b': !~}, {~  'c': 3~}]|1 {'a':1};5 {'c':3}|3: no value",
        "{~  'b': !~}~{~  'c': 3~}|4 {'c':3}|1: no value",
        // A file that stops in the middle.
        "[~{'a':1},~{'b':2},~|2 {'a':1};3 {'b':2}|4: the file ends inside an array of JSON",
        "[~{'a':1},~{'b':|2 {'a':1}|3: no value",
        "{'a':1,~|``|1: no value",
        // Not JSON at all.
        "{'a':1}~some words~{'b':2}|1 {'a':1};3 {'b':2}|2: no value",
        "window.data.part0 = [~{'a':1},~{'b':2}~]|2 {'a':1};3 {'b':2}|``",
        "window.data|``|1: no value",
        // Elements that are no objects are values, too.
        "[1, null,'x',[{'y':2}],{'a':1}]|1 1;1 null;1 'x';1 [{'y':2}];1 {'a':1}|``",
        "null~7~{'a':1}|1 null;2 7;3 {'a':1}|``",
      })
  void oneBadValueCostsItself(String content, String values, String rejects) throws IOException {
    String text = content.replace('\'', '"').replace('~', '\n');
    for (int buffer : new int[] {1, 7, 1_000}) {
      Heard heard = read(text, 1_000, buffer, false);
      assertThat(String.join(";", heard.values)).isEqualTo(values.replace('\'', '"'));
      assertThat(String.join(";", heard.rejects)).isEqualTo(rejects);
    }
  }

  /** However long an array or line of values is, no more of it is held than the longest value. */
  @Test
  void arraysAndGluedLinesMayBeOfAnyLength() throws IOException {
    String value = "{\"a\":\"" + "x".repeat(50) + "\"}";
    String tooLong = "{\"a\":\"" + "x".repeat(70) + "\",\"b\":[1,\n2]}";
    String array = "[" + (value + ",").repeat(500) + tooLong + "," + value + "]\n" + value;
    Heard heard = read(array, 60, 16, false);
    assertThat(heard.values).hasSize(502).endsWith("3 " + value);
    assertThat(heard.rejects).containsExactly("1: too long");
    heard = read(value.repeat(500) + tooLong + value + "\n" + value, 60, 16, false);
    assertThat(heard.values).hasSize(502).endsWith("3 " + value);
    assertThat(heard.rejects).containsExactly("1: too long");
  }

  /** A large file is read in slices; one that is laid out over lines is read in the first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}~{'b':2}~|false",
        "  {'a':1}~|false",
        "{~ 'a':1}~|true",
        "[{'a':1},~{'b':2}]|true",
        "window.x = [~|true",
        "{'a':'x~{'b':2}~|false",
        "{'a':1}|false",
        "{'a':1}{'b':2}~|false",
        "~~[~|true",
        "``|false",
      })
  void theBeginningTellsWhetherAFileIsLaidOut(String head, boolean isLaidOut) {
    byte[] bytes = head.replace('\'', '"').replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    assertThat(RawLines.isLaidOut(bytes)).isEqualTo(isLaidOut);
  }
}
