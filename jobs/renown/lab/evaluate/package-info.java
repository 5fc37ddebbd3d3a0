/**
 * Quality evaluation: suites that run the product on data with known ground truth and measure its
 * accuracy against simpler baselines, each with a bound that must hold.
 *
 * <p>In: generated societies and their truth files, or dumps given by the caller. Out: no tables of
 * the lake; a table of measurements, and JSON on request.
 */
package renown.lab.evaluate;
