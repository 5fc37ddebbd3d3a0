/**
 * New topics for the taxonomy, proposed from what people tag and from what communities share.
 *
 * <p>In: {@code runs/publications}, the published {@code mart_communities} and {@code
 * mart_emerging_hashtags}, and {@code core/posts} for examples. Out: lines in the form of {@code
 * conf/taxonomy} on standard output; no tables.
 */
package renown.ask.topics;
