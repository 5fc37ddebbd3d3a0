/**
 * How posts travel: communities, the cascade of every post, posts that break out, and who carries
 * them from one community to another.
 *
 * <p>In: {@code edge_increments}, {@code landmarks}, {@code exclusions}, and last night's {@code
 * communities}. Out: {@code communities}.
 *
 * <p>Communities come from {@link renown.spread.LabelPropagation} over the attention graph without
 * directions; it begins with last night's, so that a night moves few.
 */
package renown.spread;
