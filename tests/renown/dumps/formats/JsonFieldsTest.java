package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;

class JsonFieldsTest {
  private static final JsonFields FIELDS =
      new JsonFields()
          .values("id", "text", "n", "flag", "at")
          .array("tags")
          .object("inner", new JsonFields().values("id"))
          .objects("items", new JsonFields().values("id").array("ids"));

  private static JsonObject read(String json) throws RejectedLineException {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject read(byte[] json) throws RejectedLineException {
    return FIELDS.read(json, 0, json.length);
  }

  private static void rejects(String json, String reason) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  private interface Access {
    Object of(JsonObject object) throws RejectedLineException;
  }

  private static void rejects(String json, Access access, String reason) {
    assertThatThrownBy(() -> access.of(read(json)))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  @Test
  void readsWhatIsWantedAndPassesOverTheRest() throws RejectedLineException {
    JsonObject object =
        read(
            " {\"x\":{\"id\":[1,{\"id\":2}]},\"id\":\"a\",\"inner\":{\"y\":[[]],\"id\":7},"
                + "\"items\":[{\"id\":\"b\"},null,{\"ids\":[1.5]}],\"tags\":[\"s\",null,\"t\"],"
                + "\"n\":-12,\"flag\":false,\"text\":null} ");
    assertThat(object.firstMember()).isEqualTo("x");
    assertThat(object.id("id")).isEqualTo("a");
    assertThat(object.object("inner").id("id")).isEqualTo("7");
    assertThat(object.objects("items")).hasSize(2);
    assertThat(object.texts("tags")).containsExactly("s", "t");
    assertThat(object.whole("n")).isEqualTo(-12);
    assertThat(object.count("n")).isNull();
    assertThat(object.flag("flag")).isFalse();
    assertThat(object.has("text")).isFalse();
    assertThat(object.text("text")).isNull();
    assertThat(object.time("at", Times::iso)).isEqualTo(ParsedRecord.NO_TIME);
    assertThatThrownBy(() -> object.text("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x is not among the wanted members");
  }

  @Test
  void theLastOfTwoMembersCounts() throws RejectedLineException {
    assertThat(read("{\"id\":1,\"id\":2}").id("id")).isEqualTo("2");
    assertThat(read("{\"id\":1,\"id\":null}").id("id")).isNull();
    assertThat(read("{\"inner\":{\"id\":1},\"inner\":{}}").object("inner").id("id")).isNull();
  }

  @Test
  void idsMayBeOfAnyLength() throws RejectedLineException {
    String digits = "9223372036854775808".repeat(20);
    assertThat(read("{\"id\":" + digits + "}").id("id")).isEqualTo(digits);
    String text = "a/b:ü\uD83D\uDC1D".repeat(9_000);
    assertThat(read("{\"id\":\"" + text + "\"}").id("id")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"a b\"",
        "\"\\n\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00a\"",
        "\"\\u202e1\"",
        "\"\\u0085\"",
        "1.0",
        "1e3",
        "true",
        "{}",
        "[]",
        "[1]",
        "\"\uFFFD\""
      })
  void whatIsNoId(String value) {
    rejects("{\"id\":" + value + "}", o -> o.id("id"), "id: not an id");
    rejects(
        "{\"inner\":{\"id\":" + value + "}}",
        o -> o.object("inner").requiredId("id"),
        "inner.id: not an id");
    rejects(
        "{\"items\":[{\"id\":" + value + "}]}",
        o -> o.objects("items").get(0).id("id"),
        "items[].id: not an id");
  }

  @Test
  void aWrongTypeIsRejectedWithItsPath() {
    rejects("{\"text\":1}", o -> o.text("text"), "text: not a text");
    rejects("{\"text\":{}}", o -> o.name("text"), "text: not a text");
    rejects("{}", o -> o.requiredText("text"), "text: missing");
    rejects("{\"flag\":\"true\"}", o -> o.flag("flag"), "flag: not true or false");
    rejects("{\"n\":\"12\"}", o -> o.whole("n"), "n: not a whole number");
    rejects("{\"n\":1.0}", o -> o.whole("n"), "n: not a whole number");
    rejects("{\"n\":9223372036854775808}", o -> o.count("n"), "n: not a whole number");
    rejects("{\"n\":" + "1".repeat(999) + "}", o -> o.count("n"), "n: not a whole number");
    rejects("{\"at\":1783175888}", o -> o.time("at", Times::iso), "at: not a time");
    rejects("{\"at\":\"yesterday\"}", o -> o.time("at", Times::iso), "at: not a time");
    rejects("{}", o -> o.eventTime("at", Times::iso), "at: missing");
    for (String year : List.of("0000", "0001", "1970", "2005", "2101", "9999")) {
      rejects(
          "{\"at\":\"" + year + "-06-01T00:00:00Z\"}",
          o -> o.eventTime("at", Times::iso),
          "at: not in the years 2006 to 2100");
    }
    rejects("{\"inner\":[]}", o -> o.object("inner"), "inner: not an object");
    rejects("{\"inner\":\"x\"}", o -> o.object("inner"), "inner: not an object");
    rejects("{}", o -> o.requiredObject("inner"), "inner: missing");
    rejects("{\"items\":{}}", o -> o.objects("items"), "items: not an array");
    rejects("{\"items\":[7]}", o -> o.objects("items"), "items[]: not an object");
    rejects("{\"items\":[[{}]]}", o -> o.objects("items"), "items[]: not an object");
    rejects("{\"tags\":\"a\"}", o -> o.texts("tags"), "tags: not an array");
    rejects("{\"tags\":[{}]}", o -> o.texts("tags"), "tags[]: not a text");
    rejects(
        "{\"items\":[{\"ids\":[[1]]}]}",
        o -> o.objects("items").get(0).texts("ids"),
        "items[].ids[]: not a text");
  }

  @Test
  void textIsMendedWhereNoTableCouldHoldIt() throws RejectedLineException {
    JsonObject object =
        read("{\"text\":\"a\\ud83d\\udc1d\\ud83d b\\udc1d\\u0000\\n\\u202e\\ud800\"}");
    assertThat(object.text("text")).isEqualTo("a\uD83D\uDC1D\uFFFD b\uFFFD\uFFFD\n\u202E\uFFFD");
    assertThat(object.name("text")).isEqualTo("a\uD83D\uDC1D\uFFFD b\uFFFD\uFFFD");
  }

  @Test
  void whatIsNoJsonIsRejected() {
    rejects("", "not a JSON object");
    rejects("[]", "not a JSON object");
    rejects("7", "not a JSON object");
    rejects("null", "not a JSON object");
    rejects("{", "not JSON: unexpected end");
    rejects("{\"id\":\"a", "not JSON: unexpected end");
    rejects("{\"x\":[{\"y\":1}", "not JSON: unexpected end");
    rejects("{\"x\":1}}", "not JSON: syntax error");
    rejects("{\"x\":1} {\"x\":2}", "not JSON: more after the object");
    rejects("{\"x\":1} x", "not JSON: syntax error");
    rejects("{\"x\":1,}", "not JSON: syntax error");
    rejects("{'x':1}", "not JSON: syntax error");
    rejects("{x:1}", "not JSON: syntax error");
    rejects("{\"x\":NaN}", "not JSON: syntax error");
    rejects("{\"x\":01}", "not JSON: syntax error");
    rejects("{\"x\":\"a\tb\"}", "not JSON: syntax error");
    rejects("{\"x\":\"\\q\"}", "not JSON: syntax error");
    rejects("{\"x\":1 /* no */}", "not JSON: syntax error");
    rejects("\uFEFF{\"x\":\"\\u12g4\"}", "not JSON: syntax error");
  }

  @Test
  void depthAndLengthAreBounded() throws RejectedLineException {
    assertThat(read("{\"x\":" + "[".repeat(199) + "]".repeat(199) + "}").firstMember())
        .isEqualTo("x");
    rejects(
        "{\"x\":" + "[".repeat(200) + "]".repeat(200) + "}", "not JSON: nested deeper than 200");
    rejects("{\"x\":" + "[".repeat(5_000_000), "not JSON: nested deeper than 200");
    rejects("{\"inner\":".repeat(1_000_000), "not JSON: nested deeper than 200");
    rejects("[".repeat(5_000_000), "not a JSON object");
    rejects("{\"n\":" + "1".repeat(2_000) + "}", "not JSON: number too long");
    rejects("{\"" + "a".repeat(20_000) + "\":1}", "not JSON: name too long");
    String text = "a".repeat(15 << 20);
    assertThat(read("{\"text\":\"" + text + "\"}").text("text")).isEqualTo(text);
  }

  @Test
  void manyNamesInOneLineAndManyLinesAreNoTrouble() throws RejectedLineException {
    for (int round = 0; round < 20; round++) {
      StringBuilder json = new StringBuilder("{");
      for (int i = 0; i < 20_000; i++) {
        json.append("\"k").append(round * 20_000 + i).append("\":1,");
      }
      assertThat(read(json + "\"id\":5}").id("id")).isEqualTo("5");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C3, not UTF-8",
    "80, not UTF-8",
    "C080, not UTF-8",
    "EDA080, not UTF-8",
    "F4908080, not UTF-8",
    "FF, not UTF-8",
    "E28C, not UTF-8",
    "F0808080, not UTF-8",
    "00, NUL byte"
  })
  void bytesThatAreNoTextAreRejected(String hex, String reason) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    for (int padding = 0; padding < 20; padding++) {
      byte[] head = ("{\"x\":\"" + "a".repeat(padding)).getBytes(StandardCharsets.UTF_8);
      byte[] tail = ("b".repeat(19 - padding) + "\"}").getBytes(StandardCharsets.UTF_8);
      byte[] line = new byte[head.length + bad.length + tail.length];
      System.arraycopy(head, 0, line, 0, head.length);
      System.arraycopy(bad, 0, line, head.length, bad.length);
      System.arraycopy(tail, 0, line, head.length + bad.length, tail.length);
      assertThatThrownBy(() -> read(line))
          .isInstanceOf(RejectedLineException.class)
          .hasMessage(reason);
    }
  }

  @Test
  void otherEncodingsAreNoUtf8() {
    for (var charset :
        List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
      assertThatThrownBy(() -> read("{\"id\":1}".getBytes(charset)))
          .isInstanceOf(RejectedLineException.class);
    }
  }

  /** The values of the wanted members, as Jackson reads them, in the words of {@link #values}. */
  private static String expected(String json) throws java.io.IOException {
    JsonFactory strict =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build())
            .build();
    try (JsonParser parser = strict.createParser(json.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new java.io.IOException("no object");
      }
      TreeMap<String, String> values = new TreeMap<>();
      String name;
      while ((name = parser.nextFieldName()) != null) {
        JsonToken token = parser.nextToken();
        String value =
            switch (token) {
              case VALUE_STRING -> "text " + parser.getText();
              case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + parser.getText();
              case VALUE_TRUE, VALUE_FALSE -> parser.getText();
              case VALUE_NULL -> null;
              default -> "other";
            };
        parser.skipChildren();
        if (name.equals("id") || name.equals("text")) {
          values.put(name, String.valueOf(value));
        }
      }
      if (parser.nextToken() != null) {
        throw new java.io.IOException("more");
      }
      return values.toString();
    }
  }

  private static String values(String json) throws RejectedLineException {
    JsonFields two = new JsonFields().values("id", "text");
    byte[] bytes = ("{}" + json + "\"}").getBytes(StandardCharsets.UTF_8);
    JsonObject object = two.read(bytes, 2, bytes.length - 4);
    TreeMap<String, String> values = new TreeMap<>();
    for (String name : List.of("id", "text")) {
      Object value = object.values[two.slot(name)];
      if (value != null) {
        values.put(
            name,
            value instanceof String text
                ? "text " + text
                : value instanceof JsonObject.Numeral number
                    ? "number " + number.text()
                    : value == JsonObject.UNWANTED ? "other" : String.valueOf(value));
      }
    }
    return values.toString();
  }

  /** Another parser takes and refuses the same lines, and reads the same values. */
  @Test
  void jacksonReadsTheSame() throws Exception {
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"",
      "\"id\":",
      "\"text\":",
      "\"x\":",
      "\"i\\u0064\":",
      "1",
      "-0",
      "0",
      "12.5e-3",
      ".",
      "e",
      "-",
      "true",
      "false",
      "nul",
      "\"a\"",
      "\"b\\n\\u00e9\\ud83d\\uDC1D\"",
      "\\",
      "\\u12",
      "é",
      "\uD83D\uDC1D",
      " ",
      "\t",
      "\u0001",
      "\"long text of more than eight\"",
      "7",
      "\"id\":\"8\"",
      "{\"id\":1}",
      "[1,\"]\",{}]",
      "{}",
      "01",
      "1.5",
      "\"\\/\\b\\\"\""
    };
    int taken = 0;
    int refused = 0;
    for (int seed = 0; seed < 200_000; seed++) {
      Random random = new Random(seed);
      StringBuilder json = new StringBuilder("{");
      for (int member = random.nextInt(4); member >= 0; member--) {
        json.append(pieces[7 + random.nextInt(4)]);
        for (int i = random.nextInt(6) == 0 ? random.nextInt(4) : 1; i > 0; i--) {
          json.append(pieces[random.nextInt(pieces.length)]);
        }
        json.append(member > 0 ? "," : "}");
      }
      if (json.indexOf("null") >= 0) {
        continue;
      }
      String expected;
      try {
        expected = expected(json.toString());
      } catch (java.io.IOException e) {
        expected = null;
      }
      String read;
      try {
        read = values(json.toString());
      } catch (RejectedLineException e) {
        read = null;
      }
      assertThat(read).as(json.toString()).isEqualTo(expected);
      taken += expected == null ? 0 : 1;
      refused += expected == null ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(20_000);
    assertThat(refused).isGreaterThan(20_000);
  }
}
