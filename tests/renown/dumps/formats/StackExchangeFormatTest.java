package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import renown.dumps.RejectedLineException;

class StackExchangeFormatTest {
  private static final StackExchangeFormat FORMAT = new StackExchangeFormat();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello|not XML: no element row",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>|not XML: no element row",
        "<rows Id=\"1\"/>|not XML: no element row",
        "<row|not XML: no element row",
        "<row Id|not XML: unexpected end",
        "<row Id/>|not XML: no name=",
        "<row Id=1/>|not XML: a value without quotes",
        "<row Id=\"1/>|not XML: unexpected end",
        "<row Id=\"1\"|not XML: unexpected end",
        "<row Id=\"<\"/>|not XML: < in a value",
        "<row Id=\"1\"Name=\"a\"/>|not XML: no blank before an attribute",
        "<row Id=\"1\" Id=\"1\"/>|not XML: an attribute twice",
        "<row Id=\"&nbsp;\"/>|not XML: unknown reference",
        "<row Else=\"&x\"/>|not XML: & without ;",
        "<row Id=\"&#x110000;\"/>|not XML: unknown reference",
        "<row Id=\"&#;\"/>|not XML: unknown reference",
        "<row Id=\"1\"></row>x|not XML: more after the element",
        "<row Id=\"1\"/><row Id=\"2\"/>|not XML: more after the element",
        "<row PostTypeId=\"1\"/>|Id: missing",
        "<row PostTypeId=\"1\" Id=\"x\"/>|Id: not an id",
        "<row PostTypeId=\"1\" Id=\"1\"/>|CreationDate: missing",
        "<row PostTypeId=\"1\" Id=\"1\" CreationDate=\"2024-01-01\"/>|CreationDate: not a time",
        "<row PostTypeId=\"1\" Id=\"1\" CreationDate=\"1999-01-01T00:00:00\"/>|CreationDate: not in the years 2006 to 2100",
        "<row PostTypeId=\"1\" Id=\"1\" CreationDate=\"2024-01-01T00:00:00\" OwnerUserId=\"a\"/>|OwnerUserId: not an id",
        "<row PostTypeId=\"1\" Id=\"1\" CreationDate=\"2024-01-01T00:00:00\" OwnerUserId=\"2\"/>|Body: missing",
        "<row PostTypeId=\"2\" Id=\"1\" CreationDate=\"2024-01-01T00:00:00\" OwnerUserId=\"2\" Body=\"\"/>|ParentId: missing",
        "<row VoteTypeId=\"5\" Id=\"1\" CreationDate=\"2024-01-01T00:00:00\"/>|PostId: missing",
        "<row Reputation=\"1\" Id=\"1\"/>|CreationDate: missing",
        "<row UserId=\"1\" Name=\"a b\" Id=\"1\" TagBased=\"True\" Date=\"2024-01-01T00:00:00\"/>|Name: not an id"
      })
  void linesThatAreRejected(String line, String reason) {
    assertThatThrownBy(() -> Statements.of(FORMAT, line))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  @Test
  void charactersThatXmlForbidsAreLetThrough() throws RejectedLineException {
    Statements said =
        Statements.of(
            FORMAT,
            "<row Id='1' PostId='2' UserId='3' CreationDate='2024-01-01T00:00:00'"
                + " Text='a&#x1B;b&#0;c&#xD83D;d&#128029;&#xA;e\tf&quot;&apos;'/>");
    assertThat(said.records.get(0).text).isEqualTo("a\u001bb\uFFFDc\uFFFDd\uD83D\uDC1D\ne f\"'");
  }

  /** Whatever a strict parser takes, ours takes and reads alike; what ours takes is XML. */
  @Test
  void rowsAreReadAsAParserOfWholeXmlReadsThem() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder parser = factory.newDocumentBuilder();
    parser.setErrorHandler(null);
    String[] pieces = {
      "<row",
      " ",
      "/>",
      " Id=",
      "\"",
      "'",
      "1",
      "&amp;",
      "&#10;",
      "&#x1F41D;",
      "&",
      ";",
      "\t",
      " Text=\"a\"",
      " Id='2'",
      "é",
      "\uD83D\uDC1D",
      "<",
      ">",
      "=",
      "</row>",
      " Name = \"&lt;\""
    };
    JsonFields wanted = new JsonFields().values("Id", "Text", "Name");
    int taken = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder line = new StringBuilder("<row");
      for (int i = random.nextInt(7); i > 0; i--) {
        line.append(pieces[random.nextInt(pieces.length)]);
      }
      line.append(random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "/>" : " Id=\"7\" />");
      Element expected;
      try {
        expected =
            parser
                .parse(new InputSource(new java.io.StringReader(line.toString())))
                .getDocumentElement();
        if (expected.hasChildNodes()) {
          continue;
        }
      } catch (SAXException e) {
        expected = null;
      }
      byte[] bytes = line.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      if (expected == null || !expected.getTagName().equals("row")) {
        assertThatThrownBy(() -> XmlRow.read(wanted, "row", bytes, 0, bytes.length))
            .as(line.toString())
            .isInstanceOf(RejectedLineException.class);
        continue;
      }
      taken++;
      JsonObject row = XmlRow.read(wanted, "row", bytes, 0, bytes.length);
      for (String name : new String[] {"Id", "Text", "Name"}) {
        String value = expected.hasAttribute(name) ? expected.getAttribute(name) : null;
        assertThat(row.text(name)).as(line.toString()).isEqualTo(value);
      }
    }
    assertThat(taken).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text|plain text",
        "<p>One</p><p>Two<br>Three</p>|One/Two/Three",
        "a &amp; b &lt;i&gt;|a & b <i>",
        "<ul><li>x<li>y</ul>z|x/y/z",
        "<p>a   b\t c</p>|a b c",
        "<style>p{}</style><p>seen</p><!-- not -->|seen",
        "<div><div><div>deep|deep"
      })
  void textOfHtml(String html, String text) {
    assertThat(HtmlText.of(html).text().replace('\n', '/')).isEqualTo(text);
  }

  @Test
  void linksOfHtml() {
    assertThat(
            HtmlText.of(
                    "<a href='https://a.example/x'>1</a> <a href='/relative'>2</a>"
                        + "<a href='javascript:alert(1)'>3</a><a href='https://a.example/x'>4</a>"
                        + "<a href='http://b.example'>5</a>")
                .links())
        .containsExactly("https://a.example/x", "http://b.example");
    assertThat(HtmlText.of("<b>".repeat(100_000) + "end").text()).isEqualTo("end");
  }
}
