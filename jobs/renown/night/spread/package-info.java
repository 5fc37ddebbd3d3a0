/**
 * How posts spread: communities, the cascade of every post, breakouts, and the accounts that bridge
 * communities.
 *
 * <p>In: {@code edge_increments}, {@code landmarks}, {@code rank_runs}, {@code exclusions}, {@code
 * account_state}, {@code accounts}, {@code post_reactions}, {@code post_topics}, the night's {@code
 * interactions} and {@code posts}, {@code deletions}, and last night's {@code communities}, {@code
 * cascade_acts}, {@code author_records} and {@code mart_early_warnings}. Out: these three, {@code
 * mart_post_spread}, {@code mart_breakouts}, {@code mart_early_warnings}, {@code
 * mart_warning_outcomes}, {@code mart_bridges}, {@code mart_communities} and {@code
 * mart_community_members}.
 *
 * <p>The night is one task, without a query: it reads the columns that it needs of the files of its
 * tables, looks at the posts that tonight's acts name or that are young and at nothing else, and
 * writes the files that the driver commits. One task serves all networks: it holds 150 bytes for
 * each row of edges on the nights on which communities are detected, and the stage refuses a lake
 * that its heap cannot take before anything is read. On the nights between it holds what tonight's
 * acts name, and several tasks would share out a few seconds. Labels propagate over shards of a
 * network's vertices, in threads of that task, to the same bits for any number of them.
 *
 * <p>Communities come from {@link renown.kernels.communities.LabelPropagation} over the undirected
 * attention graph, warm-started from those there are, so that few accounts move, on the nights on
 * which a network has grown enough or a week has passed: a day of new acts among a hundred changes
 * no community, and to find that out would mean to look at all edges. Cascades come from {@link
 * renown.kernels.cascades.Cascade}: for a post with new activity tonight all interactions are
 * walked again; decisions of earlier nights stay. Breakouts come from {@link
 * renown.kernels.cascades.AuthorPrior}: every post is judged once, on the night by which it has
 * been out for 24 hours, by the credible accounts that reacted within those hours, so that all
 * posts are comparable. Posts, quotes and replies have separate priors: compared with an author's
 * replies, any post would stand out.
 */
package renown.night.spread;
