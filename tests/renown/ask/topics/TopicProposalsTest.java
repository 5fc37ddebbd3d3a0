package renown.ask.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.ask.topics.TopicProposals.Community;
import renown.ask.topics.TopicProposals.Hashtag;
import renown.ask.topics.TopicProposals.Proposal;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TaxonomyText;

class TopicProposalsTest {
  private static final String TAXONOMY =
      "topic food\n  en Food\n  tags food\ntopic sourdough\n  en Bread\n";

  private static TopicProposals proposals(Hashtag... hashtags) {
    return new TopicProposals(List.of("food", "sourdough"), List.of(hashtags));
  }

  @Test
  void whatACommunitySharesIsOneTopicUnderTheOneItPostsAbout() {
    TopicProposals proposals =
        proposals(
            new Hashtag("x", "sourdough", 30, null),
            new Hashtag("bluesky", "sourdough", 5, null),
            new Hashtag("x", "crumbshot", 12, null),
            new Hashtag("x", "氷川きよし", 40, null),
            new Hashtag("x", "recipes", 70, "food"),
            new Hashtag("bluesky", "recipes", 9, null),
            new Hashtag("x", "rare", 3, null));
    List<Proposal> found =
        proposals.propose(
            List.of(
                new Community("bluesky", 6, List.of("sourdough"), List.of(), "de"),
                new Community(
                    "x",
                    20,
                    List.of("crumbshot", "food", "sourdough"),
                    List.of("gone", "food"),
                    "en")),
            10);

    // The larger community has the first choice; a name that is taken gets a number.
    assertThat(found).extracting(Proposal::id).containsExactly("crumbshot", "bing-chuankiyoshi");
    Proposal first = found.get(0);
    assertThat(first.hashtags()).containsExactly("crumbshot", "sourdough");
    assertThat(first.parents()).containsExactly("food");
    assertThat(first.networks()).containsExactly("bluesky", "x");
    assertThat(first.authorCount()).isEqualTo(47);
    assertThat(first.memberCount()).isEqualTo(20);
    assertThat(found.get(1).memberCount()).isZero();
    assertThat(proposals.additions()).isEqualTo(Map.of("food", Set.of("recipes")));
  }

  @Test
  void idsAreNew() {
    assertThat(
            proposals(new Hashtag("x", "sourdough", 30, null), new Hashtag("x", "🚀", 20, null))
                .propose(List.of(), 1))
        .extracting(Proposal::id)
        .containsExactly("sourdough-2", "topic");
  }

  @Test
  void whatIsWrittenCanBePastedIntoTheTaxonomy() {
    TopicProposals proposals =
        proposals(
            new Hashtag("x", "crumbshot", 12, null),
            new Hashtag("x", "sourdough", 30, null),
            new Hashtag("x", "parkrun", 11, null),
            new Hashtag("x", "recipes", 70, "food"));
    List<Proposal> found =
        proposals.propose(
            List.of(
                new Community("x", 20, List.of("sourdough", "crumbshot"), List.of("food"), "de")),
            10);
    String text =
        TopicProposals.text(found, proposals.additions(), Map.of("crumbshot", "x 1234567890"));
    assertThat(text)
        .isEqualTo(
            """
            # 42 uses by accounts of x; shared by a community of 20 accounts
            # post x 1234567890
            topic sourdough-2 < food
              de Sourdough?
              tags sourdough crumbshot

            # 11 uses by accounts of x
            topic parkrun
              en Parkrun?
              tags parkrun

            # topic food is often tagged: recipes
            """);
    Taxonomy taxonomy = TaxonomyText.parse("both", TAXONOMY + text);
    assertThat(taxonomy.find("Parkrun").orElseThrow().id()).isEqualTo("parkrun");
  }
}
