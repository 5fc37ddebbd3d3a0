/**
 * How well past scores told what happened next.
 *
 * <p>In: {@code account_scores} and {@code earned_attentions} as they were published 7 and 28
 * nights before, the {@code interactions} and {@code posts} loaded since, {@code credibilities}.
 * Out: {@code mart_validation}. A lake that is younger than that has nothing to validate.
 */
package renown.night.publish.validation;
