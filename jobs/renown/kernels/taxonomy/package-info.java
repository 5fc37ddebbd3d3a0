/**
 * Topics: what they are called, how they hang together, and how a text tells them.
 *
 * <p>In: conf/taxonomy/topics.txt (its format is told in README.md beside it), Klout's ontology of
 * 2018 or IAB's content taxonomy. No tables. {@link renown.kernels.taxonomy.TopicMatcher} is the
 * kernel that finds topics in a post: one Aho-Corasick automaton over all terms of all languages
 * (Aho and Corasick, "Efficient string matching", CACM 1975), then hashtags, domains, and what the
 * signs of a post say of one another.
 */
package renown.kernels.taxonomy;
