/**
 * The leaders of a topic, looked up by any of the topic's names.
 *
 * <p>In: {@code runs/publications} and the published {@code mart_topics} and {@code
 * mart_topic_leaders}. Out: a table, CSV or JSON lines on standard output; no tables.
 */
package renown.ask.top;
