package renown.dumps;

import java.util.List;
import java.util.stream.Stream;

/**
 * What in a network's dumps counts as an act, and what the act says. The page of the formats shows
 * one row for each.
 *
 * @param network as people call it
 * @param verbs the verbs of the acts; none where the event is left out on purpose
 * @param event what stands in the dump
 * @param edge the acting account and, behind an arrow, the one that receives the attention
 * @param time the field that tells when it happened
 * @param identity what two lines about the same act have in common
 * @param undoneBy what takes the act back
 */
public record VerbMeaning(
    String network,
    List<Verb> verbs,
    String event,
    String edge,
    String time,
    String identity,
    String undoneBy) {

  /**
   * Reads a table.
   *
   * @param rows one line for each meaning: its verbs, separated by commas, then the other members
   *     in their order, with {@code " | "} between them
   * @throws IllegalArgumentException if a row lacks a member or names an unknown verb
   */
  public static List<VerbMeaning> table(String network, String rows) {
    return rows.lines().map(row -> of(network, row)).toList();
  }

  private static VerbMeaning of(String network, String row) {
    String[] cells = row.split(" \\| ", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException(
          "A meaning has 6 cells, not " + cells.length + ": \"" + row + "\".");
    }
    List<Verb> verbs =
        Stream.of(cells[0].split(", "))
            .filter(verb -> !verb.equals("-"))
            .map(Verb::valueOf)
            .toList();
    return new VerbMeaning(network, verbs, cells[1], cells[2], cells[3], cells[4], cells[5]);
  }
}
