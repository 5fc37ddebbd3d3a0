package renown.kernels.accounts;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The edges between the accounts of a network in compressed sparse rows: each pair once, in the
 * order of source and destination. Takes 16 bytes per edge and 8 per account.
 *
 * <p>It may be the part of a larger graph that a range of accounts needs: all edges that leave or
 * arrive at one of them. What is computed of an account of the range is the same then, bit for bit,
 * as of the whole graph.
 */
public final class EdgeGraph implements Serializable {
  private static final long serialVersionUID = 1;

  private final int from;
  private final int to;
  private final int[] outStart;
  private final int[] destination;
  private final int[] inStart;
  private final int[] inEdges;
  private final int[] source;
  private final int[] back;

  private EdgeGraph(int from, int to, int[] outStart, int[] destination, int[] source) {
    this.from = from;
    this.to = to;
    this.outStart = outStart;
    this.destination = destination;
    this.source = source;
    int accounts = outStart.length - 1;
    this.inStart = starts(destination, destination.length, accounts);
    this.inEdges = sorted(destination, destination.length, inStart);
    this.back = back();
  }

  /** A graph, and the edge that each given row is of. */
  public record Numbered(EdgeGraph graph, int[] edgeOfRow) {
    /** The sum of the rows' values for each edge. */
    public long[] sum(long[] ofRows) {
      long[] sums = new long[graph.edges()];
      for (int row = 0; row < edgeOfRow.length; row++) {
        sums[edgeOfRow[row]] += ofRows[row];
      }
      return sums;
    }
  }

  /**
   * The graph of the pairs that rows name.
   *
   * @param accounts numbers of accounts are 0 or more and below this
   * @param sources of the rows, in any order and any number of times; none is its row's destination
   * @param destinations as many
   */
  public static Numbered of(int accounts, int[] sources, int[] destinations) {
    return of(accounts, 0, accounts, sources, destinations, sources.length);
  }

  /**
   * The part of a graph that a range of accounts needs.
   *
   * @param accounts of the whole graph
   * @param from the first account of the range
   * @param to one after the last
   * @param sources of the rows, in any order; each row's source or destination is in the range
   * @param destinations of the rows
   * @param rows how many of the arrays' places count
   */
  public static Numbered of(
      int accounts, int from, int to, int[] sources, int[] destinations, int rows) {
    // Counting sorts keep the order of equals: first by destination, then by source.
    int[] byDestination = sorted(destinations, rows, starts(destinations, rows, accounts));
    int[] sourceStart = starts(sources, rows, accounts);
    int[] order = new int[rows];
    for (int row : byDestination) {
      order[sourceStart[sources[row]]++] = row;
    }
    int edges = 0;
    for (int i = 0; i < rows; i++) {
      edges += isNew(order, i, sources, destinations) ? 1 : 0;
    }
    // What the first sort needed is used again.
    int[] edgeOfRow = byDestination;
    int[] outStart = new int[accounts + 1];
    int[] destination = new int[edges];
    int[] source = new int[edges];
    int edge = -1;
    for (int i = 0; i < rows; i++) {
      int row = order[i];
      if (isNew(order, i, sources, destinations)) {
        source[++edge] = sources[row];
        destination[edge] = destinations[row];
        outStart[sources[row] + 1]++;
      }
      edgeOfRow[row] = edge;
    }
    for (int account = 0; account < accounts; account++) {
      outStart[account + 1] += outStart[account];
    }
    return new Numbered(new EdgeGraph(from, to, outStart, destination, source), edgeOfRow);
  }

  private static boolean isNew(int[] order, int i, int[] sources, int[] destinations) {
    return i == 0
        || sources[order[i - 1]] != sources[order[i]]
        || destinations[order[i - 1]] != destinations[order[i]];
  }

  /** Where each account's part begins when rows stand by account; one more entry than accounts. */
  private static int[] starts(int[] account, int rows, int accounts) {
    int[] starts = new int[accounts + 1];
    for (int row = 0; row < rows; row++) {
      starts[account[row] + 1]++;
    }
    for (int i = 0; i < accounts; i++) {
      starts[i + 1] += starts[i];
    }
    return starts;
  }

  private static int[] sorted(int[] account, int rows, int[] starts) {
    int[] next = starts.clone();
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[next[account[row]]++] = row;
    }
    return order;
  }

  /** Both directions of an account's edges rise with the other account: one walk along both. */
  private int[] back() {
    int[] backs = new int[edges()];
    Arrays.fill(backs, -1);
    for (int account = 0; account < accounts(); account++) {
      int in = inStart[account];
      int end = inStart[account + 1];
      for (int edge = outStart[account]; edge < outStart[account + 1]; edge++) {
        while (in < end && source[inEdges[in]] < destination[edge]) {
          in++;
        }
        if (in < end && source[inEdges[in]] == destination[edge]) {
          backs[edge] = inEdges[in];
        }
      }
    }
    return backs;
  }

  /** How many accounts the whole graph has. */
  public int accounts() {
    return outStart.length - 1;
  }

  /** The first account of which all edges are here. */
  public int from() {
    return from;
  }

  /** One after the last of them. */
  public int to() {
    return to;
  }

  public int edges() {
    return destination.length;
  }

  /** The first edge that leaves an account; its others follow. */
  public int firstOut(int account) {
    return outStart[account];
  }

  /** One after the last edge that leaves an account. */
  public int endOut(int account) {
    return outStart[account + 1];
  }

  /** The first place, for {@link #in}, of the edges that arrive at an account. */
  public int firstIn(int account) {
    return inStart[account];
  }

  /** One after the last place of the edges that arrive at an account. */
  public int endIn(int account) {
    return inStart[account + 1];
  }

  /** The edge at a place among those that arrive; sources rise. */
  public int in(int place) {
    return inEdges[place];
  }

  public int source(int edge) {
    return source[edge];
  }

  public int destination(int edge) {
    return destination[edge];
  }

  /** The edge in the other direction, or -1. */
  public int back(int edge) {
    return back[edge];
  }

  /** The edge from one account to another, or -1. */
  public int find(int from, int to) {
    int edge = Arrays.binarySearch(destination, outStart[from], outStart[from + 1], to);
    return edge < 0 ? -1 : edge;
  }
}
