/**
 * Distinct credible reach, for whoever asks: who is reached by whom, and the few accounts that
 * together reach most.
 *
 * <p>Shared by the stage that keeps the sketches of audiences and by the job that answers
 * campaigns, so that both mean the same by reach. Transforms over rows given to them; no table is
 * read or written here.
 */
package renown.engine.shortlist;
