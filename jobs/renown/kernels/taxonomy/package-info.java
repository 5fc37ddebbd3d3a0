/**
 * The topic taxonomy and the matcher that assigns topics to posts.
 *
 * <p>In: conf/taxonomy/topics.txt (README.md next to it documents the format), Klout's 2018
 * ontology or IAB's content taxonomy. No tables. {@link renown.kernels.taxonomy.TopicMatcher} is
 * the matching kernel: one Aho-Corasick automaton over all terms of all languages (Aho and
 * Corasick, "Efficient string matching", CACM 1975), then hashtags and domains, then disambiguation
 * by the other signals in the same post.
 */
package renown.kernels.taxonomy;
