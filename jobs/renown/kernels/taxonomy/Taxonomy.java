package renown.kernels.taxonomy;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import renown.run.RenownException;

/** Topics and their ancestors: a directed acyclic graph; a topic may have several parents. */
public final class Taxonomy implements Serializable {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private final String name;
  private final LinkedHashMap<String, Topic> topics;
  private final Map<String, List<String>> ancestors = new HashMap<>();

  /**
   * @param name if it is from, for messages and tables
   * @param topics in the order of their source
   * @throws RenownException if an id stands twice, a parent is unknown, or topics lie above
   *     themselves
   */
  public Taxonomy(String name, Collection<Topic> topics) {
    this.name = name;
    this.topics = new LinkedHashMap<>();
    for (Topic topic : topics) {
      if (this.topics.put(topic.id(), topic) != null) {
        throw RenownException.configuration(
            "Taxonomy %s: topic \"%s\" is defined twice; give one of them another id.",
            name, topic.id());
      }
    }
    for (Topic topic : topics) {
      for (String parent : topic.parents()) {
        if (!this.topics.containsKey(parent)) {
          throw RenownException.configuration(
              "Taxonomy %s: topic \"%s\" has the unknown parent \"%s\"; the nearest topic is"
                  + " \"%s\".",
              name, topic.id(), parent, nearest(parent));
        }
      }
    }
    Set<String> done = new HashSet<>();
    for (Topic topic : topics) {
      refuseCycle(topic.id(), done);
    }
    for (Topic topic : topics) {
      Set<String> above = new TreeSet<>();
      Deque<String> waiting = new ArrayDeque<>(topic.parents());
      while (!waiting.isEmpty()) {
        String parent = waiting.pop();
        if (above.add(parent)) {
          waiting.addAll(this.topics.get(parent).parents());
        }
      }
      ancestors.put(topic.id(), List.copyOf(above));
    }
  }

  private void refuseCycle(String start, Set<String> done) {
    // Depth first without recursion: a path of ids, and for each how many parents were looked at.
    List<String> path = new ArrayList<>();
    List<Integer> looked = new ArrayList<>();
    Set<String> onPath = new HashSet<>();
    if (!done.contains(start)) {
      path.add(start);
      looked.add(0);
      onPath.add(start);
    }
    while (!path.isEmpty()) {
      int last = path.size() - 1;
      List<String> parents = topics.get(path.get(last)).parents();
      if (looked.get(last) == parents.size()) {
        done.add(path.get(last));
        onPath.remove(path.remove(last));
        looked.remove(last);
        continue;
      }
      String parent = parents.get(looked.get(last));
      looked.set(last, looked.get(last) + 1);
      if (onPath.contains(parent)) {
        List<String> circle = new ArrayList<>(path.subList(path.indexOf(parent), path.size()));
        circle.add(parent);
        throw RenownException.configuration(
            "Taxonomy %s: a topic is its own ancestor: %s; remove one of these parents.",
            name, String.join(" < ", circle));
      }
      if (!done.contains(parent)) {
        path.add(parent);
        looked.add(0);
        onPath.add(parent);
      }
    }
  }

  /** Where it is from. */
  public String name() {
    return name;
  }

  /** All topics, in the order of their source. */
  public Collection<Topic> topics() {
    return topics.values();
  }

  /**
   * @throws IllegalArgumentException if there is no such topic
   */
  public Topic topic(String id) {
    Topic topic = topics.get(id);
    if (topic == null) {
      throw new IllegalArgumentException(id);
    }
    return topic;
  }

  /** Ids of all topics above one, itself left out, each once however many ways lead there. */
  public List<String> ancestors(String id) {
    return ancestors.get(id);
  }

  /** Whether one topic supports another: the same, ancestor, descendant, or sibling. */
  public boolean related(String a, String b) {
    if (a.equals(b) || ancestors.get(a).contains(b) || ancestors.get(b).contains(a)) {
      return true;
    }
    List<String> parents = topics.get(a).parents();
    return topics.get(b).parents().stream().anyMatch(parents::contains);
  }

  /**
   * The topic that somebody means: the one with this id, else with this label, else with this term
   * or hashtag, in any language; case, accents and a plural's s are ignored. What several topics
   * call ambiguous names none of them.
   */
  public Optional<Topic> find(String text) {
    String wanted = Words.joined(text);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    for (Topic topic : topics.values()) {
      if (topic.id().equals(text) || Words.joined(topic.id()).equals(wanted)) {
        return Optional.of(topic);
      }
    }
    Topic byTerm = null;
    Set<Topic> ambiguous = new HashSet<>();
    for (Topic topic : topics.values()) {
      if (topic.labels().values().stream().anyMatch(l -> isSaid(wanted, l))) {
        return Optional.of(topic);
      }
      for (Topic.Term term : topic.terms()) {
        if (isSaid(wanted, term.text())) {
          if (term.ambiguous()) {
            ambiguous.add(topic);
          } else if (byTerm == null) {
            byTerm = topic;
          }
        }
      }
      if (byTerm == null
          && topic.hashtags().stream().anyMatch(t -> !t.ambiguous() && isSaid(wanted, t.text()))) {
        byTerm = topic;
      }
    }
    return byTerm == null && ambiguous.size() == 1
        ? Optional.of(ambiguous.iterator().next())
        : Optional.ofNullable(byTerm);
  }

  private static boolean isSaid(String wanted, String name) {
    String joined = Words.joined(name);
    return joined.equals(wanted)
        || joined.length() > 3 && (joined + "s").equals(wanted)
        || wanted.length() > 3 && (wanted + "s").equals(joined);
  }

  /**
   * Labels of topics that a reader may have meant, the likeliest first: those written like it,
   * those with a term written like it, those with one of its words.
   */
  public List<String> nearMisses(String text, int most) {
    String wanted = Words.joined(text);
    int farthest = Math.max(2, wanted.length() / 3);
    Map<String, Integer> distances = new TreeMap<>();
    for (Topic topic : topics.values()) {
      for (String label : topic.labels().values()) {
        String joined = Words.joined(label);
        int distance = EDITS.apply(wanted, joined);
        if (wanted.length() > 2 && joined.contains(wanted)) {
          distance = Math.min(distance, 1);
        } else if (joined.length() > 3 && wanted.contains(joined)) {
          distance = Math.min(distance, 2);
        }
        distances.merge(label, distance, Math::min);
      }
      for (Topic.Term term : topic.terms()) {
        String joined = Words.joined(term.text());
        // A term must be nearer than a label: there are many.
        if (Math.abs(joined.length() - wanted.length()) <= farthest / 2) {
          distances.merge(topic.label("en"), 2 * EDITS.apply(wanted, joined), Math::min);
        }
      }
    }
    return distances.entrySet().stream()
        .filter(e -> e.getValue() <= farthest)
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> e) -> e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private String nearest(String id) {
    return topics.keySet().stream()
        .min(
            Comparator.comparingInt((String other) -> EDITS.apply(id, other))
                .thenComparing(other -> other))
        .orElse("");
  }
}
