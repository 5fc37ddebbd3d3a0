/**
 * Persons: links accounts of one person by what the accounts declare.
 *
 * <p>In: {@code accounts}, {@code exclusions}, {@code account_state}, and the file set in {@code
 * persons.identities}. Out: {@code mart_persons}, {@code refused_persons}.
 *
 * <p>Two accounts are linked when each names the other in its profile, by address, handle, or the
 * domain that is its handle. A one-sided claim proves nothing, since anybody can claim to be
 * somebody. The identity file adds links. Persons are the connected components. A component with
 * too many accounts, in total or on one network, is refused as a whole: one of its links must be
 * wrong, and there is no way to tell which.
 */
package renown.night.score.persons;
