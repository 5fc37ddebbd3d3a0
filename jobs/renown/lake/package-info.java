/**
 * The edges of the product: where raw dumps, the lake and the user's own files lie, and what to say
 * when the storage refuses.
 */
package renown.lake;
