/**
 * New topics for the taxonomy, proposed from what people tag and from what communities share; and
 * the words that were learned to tell topics.
 *
 * <p>In: {@code runs/publications}, the published {@code mart_communities} and {@code
 * mart_emerging_hashtags}, {@code core/posts} for examples, and {@code topics/topic_words}. Out:
 * lines in the form of {@code conf/taxonomy}, or of the file of {@code topics.words}, on standard
 * output; no tables.
 */
package renown.ask.topics;
