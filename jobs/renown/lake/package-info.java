/**
 * The boundary to storage: the locations of raw dumps, the lake and the user's own files, and the
 * error messages for failed storage requests.
 */
package renown.lake;
