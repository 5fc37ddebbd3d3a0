/**
 * The graph of a published night as files for other tools: Gephi, networkx, igraph, R.
 *
 * <p>In: {@code runs/publications}, and of the night that it names the scores, the communities and
 * the attention graph. Out: one file (GEXF, GraphML) or a folder of two (CSV, Parquet). Rows stream
 * through the driver in the order of their keys, so memory holds a partition and no more, and the
 * same night gives the same bytes.
 *
 * <p>Only accounts that are published stand in it, and attention between them. Names are strangers'
 * words: they are escaped, lose control characters, and never begin a formula in a spreadsheet.
 */
package renown.ask.export;
