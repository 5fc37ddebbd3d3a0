/**
 * Ingest of raw dumps into core tables: parses, assigns keys, deduplicates, applies deletes and
 * removes accounts that must not be scored.
 *
 * <p>In: the files under {@code raw.root} that are not loaded yet. Out: {@code loaded_files},
 * {@code rejects}, {@code ignored_kinds}, {@code accounts}, {@code account_moves}, {@code posts},
 * {@code post_texts}, {@code interactions}, {@code waiting_interactions}, {@code deletions}, {@code
 * account_lists}, {@code exclusions}. Witness time counts, not claimed time. What cannot be parsed
 * is rejected with a reason, never dropped.
 */
package renown.night.ingest;
