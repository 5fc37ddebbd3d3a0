/**
 * Raw dumps into core tables: parse, give keys, drop duplicates, undo what was deleted, take out
 * who must not be scored.
 *
 * <p>In: the files under {@code raw.root} that were not loaded yet. Out: {@code loaded_files},
 * {@code rejects}, {@code ignored_kinds}, {@code accounts}, {@code account_moves}, {@code posts},
 * {@code post_texts}, {@code interactions}, {@code waiting_interactions}, {@code deletions}, {@code
 * account_lists}, {@code exclusions}. Witness time counts, not claimed time; what cannot be parsed
 * is rejected with its reason, never dropped.
 */
package renown.night.ingest;
