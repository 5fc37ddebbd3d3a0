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
      1,
      "Distinct credible accounts that react, weighted by credibility and presence; those"
          + " whose attention is returned, act for act, count at most as much as the others plus"
          + " five, and less the more they attend to one another.",
      "Distinct credible accounts that react, as for the score."),
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
      "Credible curators that list it, as for the score."),
  REACTORS_6_HOURS(
      1,
      0.3,
      "Not part of the score.",
      "Distinct credible accounts that react, with a half-life of 6 hours."),
  REACTORS_1_DAY(
      1,
      0.3,
      "Not part of the score.",
      "Distinct credible accounts that react, with a half-life of a day."),
  REACTORS_4_DAYS(
      1,
      0.3,
      "Not part of the score.",
      "Distinct credible accounts that react, with a half-life of 4 days."),
  REACTORS_16_DAYS(
      1,
      0.3,
      "Not part of the score.",
      "Distinct credible accounts that react, with a half-life of 16 days."),
  RECENCY(
      0.001,
      0.001,
      "Not part of the score.",
      "One over the days since the last reaction and six hours: of each account that reacts,"
          + " times its credibility, the largest."),
  REACTION_DAYS(
      1,
      1,
      "Days D on which credible accounts reacted, decayed, less what a closed circle made of them,"
          + " as far as different accounts made them: with A those that react, the returned at"
          + " most as many as the others and one, 3 A D / (3 A + D).",
      "Days on which credible accounts reacted, as for the score."),
  FADING_REACTORS(
      0.001,
      0.001,
      "Distinct credible accounts that react, each divided by the power 3/4 of 30 days and the days"
          + " since it last did; those whose attention is returned count at most as much as the"
          + " others and a friend, and less the more they attend to one another.",
      "The same, with 6 hours instead of 30 days.");

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

  /** Whether a measure can give it a weight: the fast clock is no part of standing. */
  public boolean isOf(Measure measure) {
    return measure == Measure.MOMENTUM
        || ordinal() < REACTORS_6_HOURS.ordinal()
        || this == REACTION_DAYS
        || this == FADING_REACTORS;
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
