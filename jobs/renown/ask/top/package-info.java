/**
 * Who is known for a topic, asked in a reader's words.
 *
 * <p>In: {@code runs/publications} and the published {@code mart_topics} and {@code
 * mart_topic_leaders}. Out: a table, CSV or JSON lines on the standard output; no tables.
 */
package renown.ask.top;
