/**
 * The product on one machine with nothing given: an S3 server, a generated society, two nights, and
 * what came out. It runs the same jobs as a cluster does and adds no logic of its own.
 */
package renown.app.demo;
