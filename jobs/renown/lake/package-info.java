/**
 * The boundary to storage: the locations of raw dumps, the lake and the user's own files, and the
 * error messages for failed storage requests.
 *
 * <p><b>Why no published night mixes two runs.</b> Assumed of the store: of two writers that create
 * the same file one is refused ({@code doctor} tries it), and what was created is read by whoever
 * looks later. Nothing is assumed of clocks, pauses or the lock.
 *
 * <ol>
 *   <li>A table is a chain of versions; each is one file of its log, created exclusively. So a
 *       commit that names the version before it succeeds only if nobody has written a later one.
 *   <li>A run looks at each chain once, after it took the lock, publications and journal first.
 *       Then it names only versions that it has seen so or has left itself ({@link
 *       renown.lake.Lake#held}). A foreign version on a chain makes its next commit there fail.
 *   <li>What it publishes are versions of its own, or those of the base that it put back by commits
 *       of its own: each holds the rows of one attempt. The publication is a commit too, so of two
 *       runs that come so far one publishes and the other fails.
 *   <li>An erasure writes logs again in place, which no version tells. It first leaves a note, then
 *       looks whether it still has the lock; who takes the lock looks for the note after that. So
 *       one of the two sees the other and stops.
 * </ol>
 *
 * <p>The same holds for maintenance, rescoring and taking nights back. Commands of Spark, which
 * commit on whatever is newest, are marked with the run: one that followed another's version, or
 * found that version and did nothing, is the run's last.
 *
 * <p>A model of this walks all orders in which the steps of two and three runs can follow one
 * another ({@code FencingModelTest}); it also shows that nights are mixed where commits go on
 * whatever is newest. Real processes are stopped by a signal and woken when others hold the lake
 * ({@code StoppedHolderTest}, {@code ChaosTest}).
 */
package renown.lake;
