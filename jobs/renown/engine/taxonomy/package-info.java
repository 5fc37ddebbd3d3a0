/** Reads taxonomies, built-in or external, from any Hadoop file system. */
package renown.engine.taxonomy;
