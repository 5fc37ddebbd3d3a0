/**
 * Is what comes out any good? Suites that run the product on data whose truth is known and measure
 * how near it comes, beside simpler answers to the same question, each with a bound that must hold.
 *
 * <p>In: generated societies and their truth files, or dumps given by the caller. Out: no tables of
 * the lake; a table of measurements, and JSON where asked for.
 */
package renown.lab.evaluate;
