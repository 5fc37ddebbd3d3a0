package renown.ask.topics;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Groups the hashtags that no topic explains into new topics: those that a community shares make
 * one topic, under the topic that the community posts about most; each of the others makes one.
 */
final class TopicProposals {
  /** Ids are of small letters and digits, whatever the script. */
  private static final Transliterator LATIN =
      Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

  /**
   * A hashtag of {@code mart_emerging_hashtags}.
   *
   * @param topicId the topic that it is used with; null if there is none
   */
  record Hashtag(String network, String name, long authorCount, String topicId) {}

  /**
   * A community of {@code mart_communities}.
   *
   * @param hashtags most distinctive first
   * @param topicIds of what its members post about, most distinctive first
   * @param language null if unknown
   */
  record Community(
      String network,
      long memberCount,
      List<String> hashtags,
      List<String> topicIds,
      String language) {}

  /**
   * A topic that might be added.
   *
   * @param id new to the taxonomy
   * @param parents topics above it, none or one
   * @param language of its label; null if unknown
   * @param hashtags at least one
   * @param authorCount of those who use one of the hashtags, added up over hashtags and networks
   * @param memberCount of the community that shares them; 0 if it comes from no community
   */
  record Proposal(
      String id,
      List<String> parents,
      String language,
      List<String> hashtags,
      Set<String> networks,
      long authorCount,
      long memberCount) {
    /** As a person would write it, by the words of the hashtag. */
    String label() {
      String first = hashtags.get(0);
      return first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1);
    }
  }

  private final Set<String> taken;
  private final Map<String, Long> authors = new TreeMap<>();
  private final Map<String, Set<String>> networks = new HashMap<>();
  private final Map<String, Set<String>> additions = new TreeMap<>();
  private final Set<String> unused;

  /**
   * @param topicIds ids that are taken
   */
  TopicProposals(Collection<String> topicIds, List<Hashtag> hashtags) {
    this.taken = new HashSet<>(topicIds);
    Set<String> explained = new HashSet<>();
    for (Hashtag tag : hashtags) {
      if (tag.topicId() != null && taken.contains(tag.topicId())) {
        explained.add(tag.name());
        additions.computeIfAbsent(tag.topicId(), id -> new TreeSet<>()).add(tag.name());
      }
    }
    for (Hashtag tag : hashtags) {
      if (!explained.contains(tag.name())) {
        authors.merge(tag.name(), tag.authorCount(), Long::sum);
        networks.computeIfAbsent(tag.name(), name -> new TreeSet<>()).add(tag.network());
      }
    }
    this.unused = new HashSet<>(authors.keySet());
  }

  /** Hashtags that topics of the taxonomy lack, by topic. */
  Map<String, Set<String>> additions() {
    return additions;
  }

  /**
   * @param leastAuthors accounts that must have used a hashtag of a proposal
   * @return those with most authors first
   */
  List<Proposal> propose(List<Community> communities, long leastAuthors) {
    List<Community> largest = new ArrayList<>(communities);
    largest.sort(
        Comparator.comparingLong(Community::memberCount)
            .reversed()
            .thenComparing(Community::network)
            .thenComparing(community -> String.join(" ", community.hashtags())));
    Set<String> known = Set.copyOf(taken);
    List<Proposal> proposals = new ArrayList<>();
    for (Community community : largest) {
      List<String> tags = community.hashtags().stream().filter(unused::remove).toList();
      if (!tags.isEmpty()) {
        List<String> parents =
            community.topicIds().stream().filter(known::contains).limit(1).toList();
        proposals.add(proposal(tags, parents, community.language(), community.memberCount()));
      }
    }
    new TreeSet<>(unused).forEach(tag -> proposals.add(proposal(List.of(tag), List.of(), null, 0)));
    unused.clear();
    proposals.removeIf(proposal -> proposal.authorCount() < leastAuthors);
    proposals.sort(
        Comparator.comparingLong(Proposal::authorCount).reversed().thenComparing(Proposal::id));
    return proposals;
  }

  private Proposal proposal(
      List<String> tags, List<String> parents, String language, long memberCount) {
    return new Proposal(
        freeId(tags.get(0)),
        parents,
        language,
        tags,
        tags.stream()
            .flatMap(tag -> networks.get(tag).stream())
            .collect(Collectors.toCollection(TreeSet::new)),
        tags.stream().mapToLong(authors::get).sum(),
        memberCount);
  }

  private String freeId(String hashtag) {
    String latin =
        LATIN.transliterate(hashtag).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String base = latin.isEmpty() ? "topic" : latin;
    String id = base;
    for (int i = 2; !taken.add(id); i++) {
      id = base + "-" + i;
    }
    return id;
  }

  /**
   * Lines in the form of {@code conf/taxonomy}, that a person corrects and pastes.
   *
   * @param examples a post by hashtag, as {@code network id}
   */
  static String text(
      List<Proposal> proposals, Map<String, Set<String>> additions, Map<String, String> examples) {
    StringBuilder text = new StringBuilder();
    for (Proposal one : proposals) {
      text.append(
          String.format(
              Locale.ROOT,
              "# %d uses by accounts of %s%s%n",
              one.authorCount(),
              String.join(", ", one.networks()),
              one.memberCount() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, "; shared by a community of %d accounts", one.memberCount())));
      one.hashtags().stream()
          .filter(examples::containsKey)
          .forEach(tag -> text.append("# post ").append(examples.get(tag)).append('\n'));
      text.append("topic ").append(one.id());
      if (!one.parents().isEmpty()) {
        text.append(" < ").append(one.parents().get(0));
      }
      // As a lone word it may mean anything: the hashtag is the sign, until a person says more.
      text.append("\n  ").append(one.language() == null ? "en" : one.language());
      text.append(' ').append(one.label()).append("?\n  tags ");
      text.append(String.join(" ", one.hashtags())).append("\n\n");
    }
    additions.forEach(
        (topic, tags) ->
            text.append("# topic ")
                .append(topic)
                .append(" is often tagged: ")
                .append(String.join(" ", tags))
                .append('\n'));
    return text.toString();
  }
}
