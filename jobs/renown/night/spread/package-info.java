/**
 * How posts travel: communities, the cascade of every post, posts that break out, and who carries
 * them from one community into another.
 *
 * <p>In: {@code edge_increments}, {@code landmarks}, {@code exclusions}, {@code credibilities},
 * {@code accounts}, {@code account_scores}, {@code post_reactions}, {@code post_topics}, the
 * night's {@code interactions} and {@code posts}, {@code deletions}, and last night's {@code
 * communities}, {@code cascade_acts}, {@code author_records} and {@code mart_early_warnings}. Out:
 * these three, {@code mart_post_spread}, {@code mart_breakouts}, {@code mart_early_warnings},
 * {@code mart_warning_outcomes} and {@code mart_bridges}.
 *
 * <p>Communities come from {@link renown.kernels.communities.LabelPropagation} over the attention
 * graph without directions; it begins with last night's, so that a night moves few. Cascades come
 * from {@link renown.kernels.cascades.Cascade}: of a post to which something was done tonight all
 * acts are read again, what was decided on earlier nights stays as it was. Breakouts come from
 * {@link renown.kernels.cascades.AuthorPrior}: every post is judged once, on the night by which it
 * has been out for 24 hours, by the credible accounts that reacted within these, so that all
 * compare. Posts, quotes and answers have records of their own: next to an author's answers any
 * post of it would stand out.
 */
package renown.night.spread;
