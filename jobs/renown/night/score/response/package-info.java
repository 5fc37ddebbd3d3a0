/**
 * Response rate: whether an account answers strangers.
 *
 * <p>In: the night's {@code interactions}, {@code edge_increments}, {@code account_state}, {@code
 * account_kinds} of the previous night, and its own tables of the previous night. Out: {@code
 * waiting_approaches}, {@code account_response_rates}.
 *
 * <p>An approach is a mention of an account, or a reply to it, by an account that it has not
 * attended to before. It is answered when the account replies to or quotes that post within seven
 * days. Approaches are judged at the age of eight days, answered or not: if answers counted
 * immediately and silence only later, everybody would seem to answer in the first week. The
 * probability is a beta-binomial estimate with the accounts of the same kind as prior.
 */
package renown.night.score.response;
