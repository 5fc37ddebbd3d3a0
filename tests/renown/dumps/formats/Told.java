package renown.dumps.formats;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.dumps.ParsedRecord;
import renown.dumps.Verb;

/** What dumps of a network come to, whoever read them. */
public interface Told {
  /** Who did something to whom; the target is null where nobody knows it. */
  record Act(Verb verb, String actor, String target, String objectId, Long amount) {
    List<String> pair() {
      return Arrays.asList(actor, target);
    }
  }

  /** Where and why lines were refused. */
  List<String> rejects();

  /** How many lines and statements were left out, by rule. */
  Map<String, Long> ignored();

  /** Lines, or JSON values. */
  long records();

  /** Every post that stands, in its newest version, by id. */
  Map<String, ParsedRecord> posts();

  /** Ids of records that were deleted and do not stand. */
  Set<String> deleted();

  /** Every act that stands, once. */
  Collection<Act> acts();

  /** The latest of what is said of an account, by id. */
  Map<String, ParsedRecord> profiles();

  /** Everything that is kept, to compare and to search. */
  List<String> everything();

  /** Author by post. */
  default Map<String, String> authors() {
    Map<String, String> authors = new TreeMap<>();
    posts().forEach((id, post) -> authors.put(id, post.accountId));
    return authors;
  }

  /** Those of a verb. */
  default List<Act> acts(Verb verb) {
    return acts().stream().filter(act -> act.verb() == verb).toList();
  }

  /** How many there are of a verb. */
  default long count(Verb verb) {
    return acts(verb).size();
  }

  /** Who did it to whom, as often as it was done, in order. */
  default List<List<String>> pairs(Verb verb) {
    return acts(verb).stream()
        .map(Act::pair)
        .sorted(Comparator.comparing(String::valueOf))
        .toList();
  }
}
