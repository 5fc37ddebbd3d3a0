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

  /** The topic with an id or, in any language, a label, case and accents ignored. */
  public Optional<Topic> find(String text) {
    String wanted = Words.joined(text);
    Topic byLabel = null;
    for (Topic topic : topics.values()) {
      if (topic.id().equals(text) || Words.joined(topic.id()).equals(wanted)) {
        return Optional.of(topic);
      }
      if (byLabel == null
          && topic.labels().values().stream().anyMatch(l -> Words.joined(l).equals(wanted))) {
        byLabel = topic;
      }
    }
    return Optional.ofNullable(byLabel);
  }

  /** Labels that a reader may have meant, the likeliest first. */
  public List<String> nearMisses(String text, int most) {
    String wanted = Words.joined(text);
    Map<String, Integer> distances = new TreeMap<>();
    for (Topic topic : topics.values()) {
      for (String label : topic.labels().values()) {
        String joined = Words.joined(label);
        boolean partly = wanted.length() > 2 && joined.contains(wanted);
        distances.merge(label, partly ? 1 : EDITS.apply(wanted, joined), Math::min);
      }
    }
    return distances.entrySet().stream()
        .filter(e -> e.getValue() <= Math.max(2, wanted.length() / 3))
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
