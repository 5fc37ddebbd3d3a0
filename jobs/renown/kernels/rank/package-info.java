/**
 * The rank engine: weighted, personalised PageRank of a full attention graph.
 *
 * <h2>What is computed</h2>
 *
 * <p>For an edge {@code u -> v} of weight w(u,v) ("u pays attention to v"), out-weight W(u) = sum
 * of w(u,v), damping factor d and preference vector p (sum 1):
 *
 * <pre>
 * rank(v) = d * (sum over u of rank(u) * w(u,v) / W(u) + D * p(v)) + (1 - d) * p(v)
 * D       = sum of rank(u) over dangling u, those without out-edges
 * </pre>
 *
 * <p>That is PageRank after Brin and Page, "The Anatomy of a Large-Scale Hypertextual Web Search
 * Engine" (1998), section 2.1.1, with the preference vector of section 2.1.1's personalisation and
 * dangling mass sent to it ("strongly preferential" in Boldi, Santini and Vigna, "PageRank:
 * Functional Dependencies", TOIS 2009, section 2). Ranks sum to 1. Self-loops are kept; the weights
 * of repeated pairs are added. One vector is ranked at a time: what ranks several at once, the
 * topics of a network, has a layout of its own ({@code renown.kernels.topics}), since each of its
 * vectors has edges of its own.
 *
 * <h2>How</h2>
 *
 * <p>The owner of a vertex is a hash of its key. A block holds the in-edges of the vertices that it
 * owns, as columns into <em>mirrors</em>: the distinct sources of those edges, 4 bytes each per
 * vector. There is one block per executor, and the threads of its cores share its rows. One
 * iteration is one shuffle stage: read the mirrors, sum every row, write to each block the
 * contributions it mirrors. {@link renown.kernels.rank.RankOptions#chainLength} such stages make
 * one job; then the ranks are persisted (two copies on a cluster), the lineage is cut, the shuffle
 * files are deleted and the residual is checked. No process holds the whole vector: a block holds
 * its own ranks and its mirrors, the driver a few numbers per block. With a single executor nothing
 * has to be sent: a chain is one task, and a row writes its contribution directly to where the next
 * iteration reads it ({@link renown.kernels.rank.SoleBlock}).
 *
 * <p>Within a block, rows are sorted by descending in-degree, so that rows of one in-degree need no
 * offsets and no unpredictable branches, and then by their coldest column; mirrors are sorted by
 * descending out-degree, so that the few sources of most edges stay in the nearest cache.
 *
 * <p>A graph that one block holds is laid out without an exchange ({@link
 * renown.kernels.rank.EdgeColumns}): its keys are numbered by subtraction where they lie close
 * together, its edges go once through memory into buckets of neighbouring destinations, and are
 * sorted there within the cache, digit by digit ({@link renown.kernels.rank.RowLayout}). Blocks of
 * larger graphs are laid out alike once their edges have been routed. Whether all weights are 1 is
 * known before, and then none is stored or moved.
 *
 * <h2>Why every bit is reproducible</h2>
 *
 * <ul>
 *   <li>A row's edges have the same order in any partitioning: descending out-degree of the source,
 *       then key. The nesting of additions (by fours, see {@link renown.kernels.rank.RowSums})
 *       depends only on the position in the row. So a row's sum is independent of the partitioning.
 *   <li>Sums over rows of different blocks are integers: masses and residuals in units of 2^-58,
 *       out-weights and preference totals as 128-bit fixed-point numbers. Integer addition is
 *       associative, so blocks, tasks and arrival order cannot matter.
 *   <li>Weights of repeated pairs are added in ascending order.
 *   <li>All weights are scaled by one power of two, derived from the largest: exact, and the same
 *       for any partitioning.
 *   <li>Fused multiply-add is not used.
 *   <li>The layout of rows depends on canonical keys only, never on arrival order, so a rebuilt
 *       block fits the surviving ranks.
 * </ul>
 *
 * <p>A lost executor loses blocks (rebuilt from the edges), shuffle files (Spark repeats their
 * stages) and ranks (a second copy is elsewhere). If both copies are lost, the iteration restarts
 * from its beginning, at most three times: slower, but with the same result.
 *
 * <h2>Rounding</h2>
 *
 * <p>Contributions are exchanged as floats; sums of four edges are floats, sums of those doubles. A
 * float's error is at most 2^-24 of the value and errors of different edges are independent, so
 * after any number of iterations ranks lie well within 1e-6 of exact arithmetic in L1 norm
 * (measured: 3e-9 to 1e-8), and a residual does not fall much below 2e-8. Hence the least tolerance
 * of 1e-7.
 *
 * <h2>Cost, and few large against many small executors</h2>
 *
 * <p>With E edges, V vertices, P blocks, C cores in all and m(P) mirrors per vertex, one iteration
 * takes about
 *
 * <pre>
 * compute   E * t / C               t = 1 to 2 ns
 * exchange  4 m(P) V / bandwidth    m = 0.8, 1.2, 1.8 for P = 2, 4, 8 on R-MAT; at most E / V;
 *                                   nothing for P = 1
 * blocks    0.5 ms * P * P / C      opening and closing P * P shuffle blocks
 * stage     10 ms                   scheduling; once per chain for P = 1
 * </pre>
 *
 * <p>So P should be as small as possible with every core busy: one block per executor with the
 * threads of its cores inside, which is the default ({@code blocks = 0} counts executors), never
 * two to four per core as for other Spark jobs. With few large executors P * P is small and the
 * exchange is bound by m(P). With many small executors of one core P = C: compute falls as E * t /
 * P while the shuffle's own cost grows as 0.5 ms * P; they meet at P = sqrt(E * t / 0.5 ms), about
 * 170 blocks for 10^10 edges. More blocks than that only help if memory requires them: a block must
 * fit its executor with 4 bytes per edge, 8 with weights, 16 per vertex and 4 per mirror, and
 * during the build about 35 bytes per edge. A block holds up to 2^31 edges; where it would get
 * more, twice as many blocks are made unless a number of blocks was asked for.
 *
 * <p>A hub does not send its edges to one block ({@link renown.kernels.rank.Hubs}): where more than
 * a million of them arrive, and more than one in a thousand of all, they stay with their sources,
 * whose blocks tell the hub's owner what they bring together. What arrives at a hub is summed in
 * whole numbers, in a graph's only block too, so that it has the same bits however it is cut.
 *
 * <h2>Why blocks are not kept for the next night</h2>
 *
 * <p>To lay a graph out once more with a night's edges among the others is the merge: {@link
 * renown.kernels.rank.EdgeColumns#layOut} takes any parts, those kept and that of the night, and
 * gives the bits of all at once. Blocks that were laid out could not be added to for less, since a
 * single new edge changes out-degrees, with them the order of the mirrors, and with that the
 * columns of every row. On a night whose edges the driver holds the ranks come straight from their
 * rows, which are merged with the night's where they lie; on the second night of a lake of 60 days
 * 6 of 187 samples of the score stage were taken in the ranking, 4 of them while it laid the graph
 * out (2 %, 30 November 2026; 0 of 126 on the same lake a while before). To keep files for that
 * would cost more than it saves.
 */
package renown.kernels.rank;
