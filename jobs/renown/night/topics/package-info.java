/**
 * Topics: what posts are about, what accounts write about (interest), and what others attest them
 * (expertise).
 *
 * <p>In: the night's {@code posts}, {@code post_texts}, {@code interactions} and {@code deletions},
 * {@code account_lists}, {@code accounts}, {@code exclusions}, {@code credibilities}, {@code
 * account_activities}; its own tables of the night before. Out: {@code post_topics}, {@code
 * cited_posts}, {@code topic_increments}, {@code hashtag_increments}, {@code account_languages},
 * {@code account_kinds} and the marts of topics.
 *
 * <p>Interest is the share of an account's own decayed output and reactions that is about the
 * topic. Expertise never looks at output: it is topic-sensitive PageRank (Haveliwala, WWW 2002)
 * over the attention that others give on the topic, with credible attesters as preference vector,
 * times the share of the account's attention that is about the topic, and {@code (1 - 0.9 *
 * trading_share)^1.5} of its credibility, on the rarity scale among the topic's accounts. Votes of
 * voters that a network does not name are verdicts on posts: they add to it as they are, and to
 * nothing else.
 *
 * <p>All topics of all networks are ranked at once, as one graph: a vertex is an account on a
 * topic, an edge the attention paid on that topic, so topics are parts without edges between them.
 * Within a part the ranks have the proportions of a ranking of that part alone, whatever the others
 * hold, since dangling mass returns to the preference vector. Memory and time follow accounts times
 * topics present.
 */
package renown.night.topics;
