package renown.night.score.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What earned attention is made from, in the order in which tables hold it. */
public enum Term {
  AUTHORITY(
      1,
      1,
      "PageRank in the attention graph, in units of what a credible account to which nobody attends"
          + " is given, before damping; where reactions are told of, times reach / (reach + 0.1).",
      "The same: PageRank in the attention graph, as far as anybody reacts."),
  REACH(
      1,
      0.3,
      "Distinct credible accounts that react, each by its credibility and presence; those whose"
          + " attention is returned count at most as much as the others and five more.",
      "Distinct credible accounts that reacted in the last days, likewise, and a share of those that"
          + " ever did."),
  RESONANCE(
      1,
      1,
      "Mean of: credible reactors per post; h-index of posts (h posts with h credible reactors).",
      "Credible reactors per post in the last days."),
  PERSISTENCE(
      0.1,
      0.1,
      "Share of reactions that come more than 24 hours after the post, shrunk to the network's.",
      "The same: share of reactions that come late."),
  AUDIENCE(
      1,
      1,
      "Credible followers that have reacted.",
      "The same: credible followers that have reacted."),
  REGULARITY(
      0.25,
      0.25,
      "Decayed share of weeks in which the account was there, as far as anybody reacts: times reach /"
          + " (reach + 0.1).",
      "The chance that the account posts in the coming week, likewise."),
  CONVERSATION(
      1,
      0.3,
      "Distinct credible accounts that replied and were answered, bounded by those that react"
          + " unasked.",
      "The same of the last days."),
  ATTESTATION(
      0.3,
      0.3,
      "Credible curators that put the account on a list or starter pack.",
      "The same: credible curators that list it.");

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

  /** The word in tables and conf. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of all terms, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Term::word).toList();
  }

  /** In the unit of the value, above 0. */
  public double scale(Measure measure) {
    return measure == Measure.SCORE ? scale : momentumScale;
  }

  /** What the value is. */
  public String meaning(Measure measure) {
    return measure == Measure.SCORE ? meaning : momentumMeaning;
  }
}
