/**
 * Topics: what posts are about, what accounts write about (interest), and what others attest to
 * them (expertise).
 *
 * <p>In: the night's {@code posts}, {@code post_texts}, {@code interactions} and {@code deletions},
 * {@code account_lists}, {@code accounts}, {@code exclusions}, {@code account_state}, {@code
 * account_response_rates}; {@code loaded_files} and {@code landmarks}, which name the networks; its
 * own tables of the previous night. Out: {@code post_topics}, {@code cited_posts}, {@code
 * topic_increments}, {@code hashtag_increments}, {@code account_languages}, {@code account_kinds}
 * and the topic marts.
 *
 * <p>Interest is the share of an account's own decayed output and reactions that is about the
 * topic. Expertise ignores output: it is topic-sensitive PageRank (Haveliwala, WWW 2002) over the
 * attention that others give on the topic, with credible attesters as preference vector, times the
 * share of the account's attention that is about the topic, and {@code (1 - 0.9 *
 * trading_share)^1.5} of its credibility, on the rarity scale among the topic's accounts. Anonymous
 * votes, whose voters the network does not name, judge posts: they are added to expertise
 * unweighted, and to nothing else.
 *
 * <p>A network's topics share no edge with another's, nor two topics with one another, so each
 * network is one task: it reads its files column by column, has the kernels of {@code
 * renown.kernels.topics} do the arithmetic, and writes files that the driver commits. Where a
 * network has more than {@code topics.shard-rows} increments, its topics are shared out among
 * several tasks, and the same bits come out: what they tell one another, in two shuffles, is how
 * much of its attention each pair of accounts returns, whatever it is about. A task's memory grows
 * with the (account, account, topic) triples that fall to it. A night looks at its own posts and
 * acts and, of earlier ones, at the posts that they name; increments are read whole, since what
 * they are worth changes with every night, and are written again, one row each, once what was added
 * is as much as what was there, and every 32 days.
 */
package renown.night.topics;
