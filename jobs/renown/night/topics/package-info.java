/**
 * Topics: what posts are about, what accounts write about (interest), and what others attest to
 * them (expertise).
 *
 * <p>In: the night's {@code posts}, {@code post_texts}, {@code interactions} and {@code deletions},
 * {@code account_lists}, {@code accounts}, {@code exclusions}, {@code credibilities}, {@code
 * account_activities}; its own tables of the previous night. Out: {@code post_topics}, {@code
 * cited_posts}, {@code topic_increments}, {@code hashtag_increments}, {@code account_languages},
 * {@code account_kinds} and the topic marts.
 *
 * <p>Interest is the share of an account's own decayed output and reactions that is about the
 * topic. Expertise ignores output: it is topic-sensitive PageRank (Haveliwala, WWW 2002) over the
 * attention that others give on the topic, with credible attesters as preference vector, times the
 * share of the account's attention that is about the topic, and {@code (1 - 0.9 *
 * trading_share)^1.5} of its credibility, on the rarity scale among the topic's accounts. Anonymous
 * votes, whose voters the network does not name, judge posts: they are added to expertise
 * unweighted, and to nothing else.
 *
 * <p>All topics of all networks are ranked in one pass, as one graph: a vertex is an account on a
 * topic, an edge the attention paid on that topic, so there are no edges between topics. Within a
 * topic the ranks are proportional to those of a ranking of that topic alone, whatever the other
 * topics hold, since dangling mass returns to the preference vector. Memory and time grow with the
 * number of (account, topic) pairs.
 */
package renown.night.topics;
