package renown.night.score.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The terms of earned attention, in the order of the tables. */
public enum Term {
  AUTHORITY(
      1,
      1,
      "PageRank in the attention graph, relative to what a credible account without attention"
          + " receives, before damping; on networks with reactions, times reactors / (reactors +"
          + " 0.1).",
      "PageRank in the attention graph as for the score, to the extent that anybody reacts."),
  REACTORS(
      1,
      0.3,
      "Distinct credible accounts that react, weighted by credibility and presence; those"
          + " whose attention is returned count at most as much as the others plus five.",
      "Distinct credible accounts that reacted in the last days, weighted likewise, plus a"
          + " share of those that ever did."),
  RESONANCE(
      1,
      1,
      "Mean of: credible reactors per post; h-index of posts (h posts with h credible"
          + " reactors).",
      "Credible reactors per post in the last days."),
  PERSISTENCE(
      0.1,
      0.1,
      "Share of reactions that come more than 24 hours after the post, shrunk to the"
          + " network's mean.",
      "Share of late reactions, as for the score."),
  AUDIENCE(
      1,
      1,
      "Credible followers that have reacted.",
      "Credible followers that have reacted, as for the score."),
  REGULARITY(
      0.25,
      0.25,
      "Decayed share of weeks with activity, times reactors / (reactors + 0.1): counts as far as"
          + " anybody reacts.",
      "Probability that the account posts in the coming week, times the same factor."),
  CONVERSATION(
      1,
      0.3,
      "Distinct credible accounts that replied and were answered, bounded by those that react"
          + " unasked.",
      "The same, in the last days."),
  ATTESTATION(
      0.3,
      0.3,
      "Credible curators that put the account on a list or starter pack.",
      "Credible curators that list it, as for the score.");

  private final double scale;
  private final double momentumScale;
  private final String meaning;
  private final String momentumMeaning;

  Term(double scale, double momentumScale, String meaning, String momentumMeaning) {
    this.scale = scale;
    this.momentumScale = momentumScale;
    this.meaning = meaning;
    this.momentumMeaning = momentumMeaning;
  }

  /** The name used in tables and conf. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all terms, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Term::word).toList();
  }

  /** In the unit of the value, above 0. */
  public double scale(Measure measure) {
    return measure == Measure.SCORE ? scale : momentumScale;
  }

  /** Meaning of the value. */
  public String meaning(Measure measure) {
    return measure == Measure.SCORE ? meaning : momentumMeaning;
  }
}
