package renown.ask.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.spark.sql.Row;
import renown.run.Progress;

/** GEXF 1.3 (Gephi) and GraphML (networkx, igraph), which differ in their words alone. */
final class XmlGraph implements GraphWriter {
  private final boolean isGexf;
  private final Target target;
  private final OutputStream out;
  private final XMLStreamWriter xml;
  private boolean isAtEdges;
  private long edgeCount;

  /**
   * @param isGexf else GraphML
   */
  XmlGraph(boolean isGexf, Target target) throws IOException {
    this.isGexf = isGexf;
    this.target = target;
    out = target.output().files().create(target.output().path(), true);
    try {
      xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      line();
      if (isGexf) {
        beginGexf();
      } else {
        beginGraphml();
      }
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  private void beginGexf() throws XMLStreamException {
    xml.writeStartElement("gexf");
    xml.writeDefaultNamespace("http://gexf.net/1.3");
    xml.writeAttribute("version", "1.3");
    line();
    xml.writeStartElement("meta");
    xml.writeAttribute("lastmodifieddate", target.night());
    xml.writeStartElement("creator");
    xml.writeCharacters("Renown");
    xml.writeEndElement();
    xml.writeEndElement();
    line();
    xml.writeStartElement("graph");
    xml.writeAttribute("defaultedgetype", "directed");
    line();
    attributes("node", target.accounts());
    attributes("edge", target.edges());
    xml.writeStartElement("nodes");
    line();
  }

  private void attributes(String of, List<Field> fields) throws XMLStreamException {
    xml.writeStartElement("attributes");
    xml.writeAttribute("class", of);
    for (Field field : fields) {
      xml.writeEmptyElement("attribute");
      xml.writeAttribute("id", field.name());
      xml.writeAttribute("title", field.name());
      xml.writeAttribute("type", field.kind().gexf());
    }
    xml.writeEndElement();
    line();
  }

  private void beginGraphml() throws XMLStreamException {
    xml.writeStartElement("graphml");
    xml.writeDefaultNamespace("http://graphml.graphdrawing.org/xmlns");
    line();
    keys("node", target.accounts());
    keys("edge", target.edges());
    xml.writeStartElement("graph");
    xml.writeAttribute("id", target.night());
    xml.writeAttribute("edgedefault", "directed");
    line();
  }

  /** Fields of accounts and edges may have one name, but their keys may not. */
  private void keys(String of, List<Field> fields) throws XMLStreamException {
    for (Field field : fields) {
      xml.writeEmptyElement("key");
      xml.writeAttribute("id", of + "." + field.name());
      xml.writeAttribute("for", of);
      xml.writeAttribute("attr.name", field.name());
      xml.writeAttribute("attr.type", field.kind().graphml());
      line();
    }
  }

  @Override
  public void account(Row account) throws IOException {
    try {
      xml.writeStartElement("node");
      xml.writeAttribute("id", Long.toString(account.getLong(0)));
      if (isGexf) {
        xml.writeAttribute("label", inert(label(account)));
      }
      values("node", target.accounts(), account, 1);
      xml.writeEndElement();
      line();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** The handle, or the key where none is known. */
  private static String label(Row account) {
    Object handle = account.getAs("handle");
    return handle == null ? Long.toString(account.getLong(0)) : handle.toString();
  }

  @Override
  public void edge(Row edge) throws IOException {
    try {
      if (!isAtEdges) {
        beginEdges();
      }
      xml.writeStartElement("edge");
      xml.writeAttribute("id", Long.toString(edgeCount++));
      xml.writeAttribute("source", Long.toString(edge.getLong(0)));
      xml.writeAttribute("target", Long.toString(edge.getLong(1)));
      if (isGexf) {
        xml.writeAttribute("weight", edge.getAs("weight").toString());
      }
      values("edge", target.edges(), edge, 2);
      xml.writeEndElement();
      line();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  private void beginEdges() throws XMLStreamException {
    isAtEdges = true;
    if (isGexf) {
      xml.writeEndElement();
      xml.writeStartElement("edges");
      line();
    }
  }

  private void values(String of, List<Field> fields, Row row, int from) throws XMLStreamException {
    if (isGexf) {
      xml.writeStartElement("attvalues");
    }
    for (int i = 0; i < fields.size(); i++) {
      if (row.isNullAt(from + i)) {
        continue;
      }
      String value = inert(row.get(from + i).toString());
      if (isGexf) {
        xml.writeEmptyElement("attvalue");
        xml.writeAttribute("for", fields.get(i).name());
        xml.writeAttribute("value", value);
      } else {
        xml.writeStartElement("data");
        xml.writeAttribute("key", of + "." + fields.get(i).name());
        xml.writeCharacters(value);
        xml.writeEndElement();
      }
    }
    if (isGexf) {
      xml.writeEndElement();
    }
  }

  /** Without what XML cannot hold or what turns a line round. */
  private static String inert(String text) {
    return Progress.visible(text).replaceAll("[\\ufffe\\uffff]|\\p{Cs}", "\uFFFD");
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  @Override
  public void close() throws IOException {
    try {
      if (!isAtEdges) {
        beginEdges();
      }
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw failed(e);
    } finally {
      out.close();
    }
  }

  private static UncheckedIOException failed(XMLStreamException e) {
    return new UncheckedIOException(new IOException(e.getMessage(), e));
  }
}
