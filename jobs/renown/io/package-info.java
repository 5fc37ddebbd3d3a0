/**
 * The edges of the product: where raw dumps and the lake lie, and what to say when the storage
 * refuses.
 */
package renown.io;
