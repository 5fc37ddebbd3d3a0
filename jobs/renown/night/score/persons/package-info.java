/**
 * Which accounts are one person's, by what they declare themselves.
 *
 * <p>In: {@code accounts}, {@code exclusions}, {@code account_scores}, and the file that {@code
 * persons.identities} names. Out: {@code mart_persons}, {@code refused_persons}.
 *
 * <p>Two accounts are linked where each names the other in its profile, by address, handle, or the
 * domain that is its handle: a name alone proves nothing, since anybody can claim to be somebody.
 * The identity file links as well. Persons are the connected components (GraphX); one that holds
 * too many accounts, in all or on one network, is refused as a whole: somewhere in it a link is
 * wrong, and nobody can say which.
 */
package renown.night.score.persons;
