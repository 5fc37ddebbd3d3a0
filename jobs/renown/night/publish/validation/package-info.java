/**
 * How well past scores predicted what happened next.
 *
 * <p>In: {@code account_state} as published 7 and 28 nights before, the {@code interactions} and
 * {@code posts} loaded since. Out: {@code mart_validation}. A younger lake has nothing to validate.
 */
package renown.night.publish.validation;
