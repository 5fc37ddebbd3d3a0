/**
 * The rank engine: weighted, personalised PageRank of a full attention graph, many vectors at a
 * time.
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
 * Functional Dependencies", TOIS 2009, section 2). Ranks of a vector sum to 1. Self-loops and
 * repeated pairs count as given; repeated pairs are added up.
 *
 * <p><b>Bootstrap replicate</b> r: every account u is drawn m(u) times, m(u) ~ Poisson(1) from a
 * hash of seed, account and replicate. Replicate 0 has m = 1: it is the ranking itself. Each other
 * is one more pass from the ranking, in which what u passes on counts m(u) times and the whole is
 * brought back to mass 1: rank(u) is replaced by m(u) rank(u) / Z with Z = sum of m(u) rank(u). It
 * answers: what if a different sample of people, each worth what they are worth, had paid
 * attention? To iterate with multipliers would answer nothing: it is the power method of a matrix
 * whose columns no longer sum to 1, and its leading vector sits where accounts that attend to each
 * other happen to be drawn often (two that attend only to each other, drawn m times each, multiply
 * their rank by m in every iteration).
 *
 * <h2>How</h2>
 *
 * <p>The owner of a vertex is a hash of its key. A block holds the in-edges of the vertices that it
 * owns, as columns into <em>mirrors</em>: the distinct sources of those edges, 4 bytes each per
 * vector. There is one block per executor, and the threads of its cores share its rows. One
 * iteration is one shuffle stage: read the mirrors, sum every row, write to each block the
 * contributions it mirrors. {@link renown.kernels.rank.RankOptions#chainLength} such stages make
 * one job; then the ranks are kept (two copies on a cluster), the lineage is cut, the shuffle files
 * are dropped and the residual is looked at. Nobody holds the whole vector: a block holds its own
 * ranks and its mirrors, the driver a few numbers per block. Where one executor does it all there
 * is nothing to send: a chain is one task, and a row puts what it contributes straight where the
 * next iteration reads it ({@link renown.kernels.rank.SoleBlock}).
 *
 * <p>Inside a block rows are sorted by falling in-degree, so rows of one in-degree need no offsets
 * and no unpredictable branch, and then by their coldest column; mirrors by falling out-degree, so
 * that the few sources that most edges have stay in the nearest cache. Several vectors lie
 * interleaved in tiles of 8 or 16 floats; a tile's arithmetic uses the Vector API where the JVM has
 * it.
 *
 * <h2>Why every bit is reproducible</h2>
 *
 * <ul>
 *   <li>A row's edges stand in one order for the whole graph: falling out-degree of the source,
 *       then key. How the additions are nested (by fours, see {@link renown.kernels.rank.RowSums})
 *       depends on the position in the row alone. So a row's sum does not know how the graph was
 *       cut.
 *   <li>Sums over rows of different blocks are integers: masses and residuals in units of 2^-58,
 *       out-weights and preference totals as 128-bit fixed-point numbers. Integer addition is
 *       associative, so blocks, tasks and arrival order cannot matter.
 *   <li>Weights of a repeated pair are added smallest first.
 *   <li>All weights are scaled by one power of two, taken from the largest: exact, and the same for
 *       any cut.
 *   <li>Lanes of a tile never meet: a vector's bits are those of a run of its own. Plain Java and
 *       Vector API round alike; no fused multiply-add is used.
 *   <li>Rows are laid out by canonical keys only, never by arrival, so a block that is built again
 *       after a loss fits the ranks that survived.
 * </ul>
 *
 * <p>An executor that dies takes blocks (built again from the edges), shuffle files (Spark repeats
 * their stages) and ranks along (second copy elsewhere). Where both copies are gone, the iteration
 * starts again from its beginning, at most three times: slower, never different.
 *
 * <h2>Rounding</h2>
 *
 * <p>Contributions travel as floats, sums of four edges are floats, sums of those doubles. A
 * float's error is at most 2^-24 of the value and errors of different edges are independent, so
 * after any number of iterations ranks lie well within 1e-6 of exact arithmetic in L1 norm
 * (measured: 3e-9 to 1e-8), and a residual does not fall much below 2e-8. Hence the least tolerance
 * of 1e-7.
 *
 * <h2>Cost, and few large against many small executors</h2>
 *
 * <p>With E edges, V vertices, P blocks, C cores in all, K vectors per tile and m(P) mirrors per
 * vertex, one iteration takes about
 *
 * <pre>
 * compute   E * t(K) / C            t(1) = 1 to 2 ns, t(8) = 2 to 3 t(1)
 * exchange  4 K m(P) V / bandwidth  m = 0.8, 1.2, 1.8 for P = 2, 4, 8 on R-MAT; at most E / V;
 *                                   nothing for P = 1
 * blocks    0.5 ms * P * P / C      opening and closing P * P shuffle blocks
 * stage     10 ms                   scheduling; once per chain for P = 1
 * </pre>
 *
 * <p>So P should be as small as it can be with every core at work: one block per executor with the
 * threads of its cores inside, which is the default ({@code blocks = 0} counts executors), never
 * two to four per core as for other Spark jobs. With few large executors P * P is small and the
 * exchange is bound by m(P). With many small executors of one core P = C: compute falls as E * t /
 * P while the shuffle's own cost grows as 0.5 ms * P; they meet at P = sqrt(E * t / 0.5 ms), about
 * 170 blocks for 10^10 edges. More blocks than that only pay where memory asks for them: a block
 * must fit its executor with 8 bytes per edge, 16 per vertex, 4 K per mirror, and during the build
 * about 35 bytes per edge; more than 2^31 edges or message bytes per block are refused.
 */
package renown.kernels.rank;
