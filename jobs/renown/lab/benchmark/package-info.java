/**
 * Measures the rank engine side by side with others on the same graph, in turns. No tables in, no
 * tables out: a table of medians, and JSON where asked for. README.md beside the sources says what
 * each number means. Graphs: R-MAT with the parameters of Graph500 (Chakrabarti, Zhan, Faloutsos,
 * "R-MAT: A Recursive Model for Graph Mining", SDM 2004), or an edge list.
 */
package renown.lab.benchmark;
