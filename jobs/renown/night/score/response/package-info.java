/**
 * Whether an account answers strangers.
 *
 * <p>In: the night's {@code interactions}, {@code edge_increments}, {@code credibilities}, {@code
 * account_kinds} as the night before left them, and last night's own tables. Out: {@code
 * waiting_approaches}, {@code account_response_rates}.
 *
 * <p>An approach is a mention of an account, or a reply to it, by one that it has not attended to
 * before. It is answered where the account replies to that post or quotes it within seven days.
 * Approaches are judged when they are eight days old, answered or not: were answers counted at once
 * and silence only later, everybody would seem to answer in the first week. The probability is a
 * beta-binomial estimate, shrunk to what accounts of the same kind do.
 */
package renown.night.score.response;
