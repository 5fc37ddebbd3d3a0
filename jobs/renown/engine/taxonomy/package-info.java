/** Reads taxonomies, shipped or foreign, from any Hadoop file system. */
package renown.engine.taxonomy;
