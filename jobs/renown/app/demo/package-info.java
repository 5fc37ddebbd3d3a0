/**
 * The product on one machine with no input: starts an S3 server, generates a synthetic society,
 * runs two nights and shows the results. It runs the same jobs as a cluster and adds no logic of
 * its own.
 */
package renown.app.demo;
