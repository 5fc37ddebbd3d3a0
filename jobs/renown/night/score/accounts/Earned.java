package renown.night.score.accounts;

import java.io.Serializable;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.StudentQuantiles;
import renown.lake.ColumnRows;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Term;
import renown.tables.AccountState;

/** The attention that an account earns, term by term, and how much of it is chance. */
final class Earned implements Serializable {
  private static final long serialVersionUID = 1;

  /** Half the width of a 90 % interval of a normal distribution, in standard deviations. */
  static final double NINETY_PERCENT = 1.6448536269514722;

  /** Prior posts without a reaction, so that a single post is not a record. */
  private static final double PRIOR_POSTS = 3;

  /**
   * Reactions at which an account's own share of late reactions weighs as much as the network's.
   */
  private static final double PRIOR_REACTIONS = 20;

  private static final double DAYS_PER_WEEK = 7;

  /** Reactors at which an account counts as half known to be answered. */
  private static final double HALF_ANSWERED = 0.1;

  /**
   * Days with reactions that an actor can be the reason of: beyond them, one friend who reacts
   * daily would be worth as much as an audience.
   */
  private static final double DAYS_PER_ACTOR = 3;

  /**
   * Reactors of whom, if each is there a Poisson number of times, nobody is in one sample of
   * twenty: the rule of three (Hanley and Lippman-Hand, JAMA 1983).
   */
  private static final double FEW_REACTORS = -StrictMath.log(0.05);

  /** What a credible account brings that reacts once. */
  private static final double SINGLE_ACT = 1 - StrictMath.exp(-1);

  private static final int TERMS = Term.values().length;

  /**
   * What is known of a range of accounts.
   *
   * @param ranks of all accounts, not a number for those that are not ranked
   * @param rankParts what each edge of the slow clock brings its destination
   * @param tellsReactions by network: whether its dumps tell of reactions. There, authority and
   *     regularity count as far as anybody reacts at all, {@code reactors / (reactors + 0.1)}: who
   *     is followed or busy and never answered is not listened to. Where only follows are told of,
   *     they count in full
   * @param credibilitySums of the ranked accounts, by network
   * @param regularity from the first account of the range on
   * @param clocks distinct actors on the fast clock, one for each half-life
   * @param recency how recently their actors reacted
   */
  record Known(
      AccountNumbers accounts,
      double[] ranks,
      double[] rankParts,
      DistinctActors standing,
      DistinctActors[] clocks,
      FastEdges.Recency recency,
      PostRecord posts,
      double[] regularity,
      boolean[] tellsReactions,
      double[] credibilitySums) {}

  /** The first term of the fast clock; the others follow it. */
  private static final int FIRST_CLOCK = Term.REACTORS_6_HOURS.ordinal();

  /** Of the half-lives, the one on which conversations of the last days are seen. */
  private static final int CONVERSATION_CLOCK =
      Term.REACTORS_4_DAYS.ordinal() - Term.REACTORS_6_HOURS.ordinal();

  /** The first account of the range. */
  private final int from;

  /** What all follows from; it is not sent along. */
  private final transient Known known;

  private final EarnedAttentionModel score;
  private final EarnedAttentionModel momentum;

  /** From the first account of the range on; null of those that are not ranked. */
  private final double[][] values;

  private final double[][] momentumValues;

  /** The logarithm of earned attention, and the variance of it. */
  private final double[] logarithms;

  private final double[] variances;

  private final DistinctActors.Chance chance;

  /** The upper ends of the intervals of the logarithms. */
  private final double[] highLogarithms;

  private final double[] momentumLogarithms;
  private final double[] credibleActors;

  /** That of all accounts. */
  Earned(Known known, EarnedAttentionModel score, EarnedAttentionModel momentum) {
    this(known, 0, known.ranks().length, score, momentum);
  }

  /** That of a range of accounts. */
  Earned(Known known, int from, int to, EarnedAttentionModel score, EarnedAttentionModel momentum) {
    this.from = from;
    this.known = known;
    this.score = score;
    this.momentum = momentum;
    int accounts = to - from;
    credibleActors = new double[accounts];
    values = new double[accounts][];
    momentumValues = new double[accounts][];
    logarithms = new double[accounts];
    momentumLogarithms = new double[accounts];
    for (int account = from; account < to; account++) {
      int place = account - from;
      credibleActors[place] = known.standing().credibleActors(account);
      if (!Double.isNaN(known.ranks()[account])) {
        values[place] = values(account);
        momentumValues[place] = momentumValues(account);
        logarithms[place] = score.logarithm(values[place]);
        momentumLogarithms[place] = momentum.logarithm(momentumValues[place]);
      }
    }
    chance =
        known
            .standing()
            .variances(known.rankParts(), known.recency().standingParts(), this::slopes);
    variances = chance.variances();
    for (int account = from; account < to; account++) {
      if (isRanked(account)) {
        double slope = slope(Term.PERSISTENCE, account);
        variances[account - from] += slope * slope * persistenceVariance(account);
      }
    }
    highLogarithms = new double[accounts];
    for (int account = from; account < to; account++) {
      highLogarithms[account - from] = highest(account);
    }
  }

  int from() {
    return from;
  }

  /** One after the last account of the range. */
  int to() {
    return from + values.length;
  }

  boolean isRanked(int account) {
    return values[account - from] != null;
  }

  /** The values of the score's terms; null of an account that is not ranked. */
  double[] termValues(int account) {
    return values[account - from];
  }

  /** The same of momentum. */
  double[] momentumTermValues(int account) {
    return momentumValues[account - from];
  }

  /** Credibility of those that do or did anything for it. */
  double credibleActors(int account) {
    return credibleActors[account - from];
  }

  /** The logarithm of earned attention; 0 of an account that is not ranked. */
  double logarithm(int account) {
    return logarithms[account - from];
  }

  double momentumLogarithm(int account) {
    return momentumLogarithms[account - from];
  }

  /** Of the logarithm, if other people had acted. */
  double variance(int account) {
    return variances[account - from];
  }

  private int network(int account) {
    return known.accounts().networkOf(account);
  }

  /** PageRank relative to what a credible account without attention receives, before damping. */
  private double authority(int account) {
    return known.ranks()[account] * known.credibilitySums()[network(account)];
  }

  private double answered(int account, double reactors) {
    return tells(account) ? reactors / (reactors + HALF_ANSWERED) : 1;
  }

  /** How far an account's authority counts, and what a rank is worth in its unit. */
  double authorityPerRank(int account) {
    return known.credibilitySums()[network(account)]
        * answered(account, known.standing().reactors(account));
  }

  private double perPost(int account) {
    PostRecord posts = known.posts();
    return posts.reactors(account) / (posts.posts(account) + PRIOR_POSTS);
  }

  private double persistence(int account) {
    PostRecord posts = known.posts();
    return (posts.late(account) + posts.lateShare(network(account)) * PRIOR_REACTIONS)
        / (posts.timed(account) + PRIOR_REACTIONS);
  }

  /** Days with reactions, as far as different accounts make them and not closed trade. */
  private double days(int account) {
    return DistinctActors.harmonic(countedDays(account), byActors(account));
  }

  private double countedDays(int account) {
    return known.posts().days(account) * known.standing().countedShare(account);
  }

  private double byActors(int account) {
    return DAYS_PER_ACTOR * known.standing().earnedReactors(account);
  }

  private double[] values(int account) {
    DistinctActors standing = known.standing();
    double reactors = standing.reactors(account);
    double answered = answered(account, reactors);
    double[] terms = new double[TERMS];
    terms[Term.AUTHORITY.ordinal()] = authority(account) * answered;
    terms[Term.REACTORS.ordinal()] = reactors;
    terms[Term.RESONANCE.ordinal()] = (perPost(account) + known.posts().hIndex(account)) / 2;
    terms[Term.PERSISTENCE.ordinal()] = persistence(account);
    terms[Term.AUDIENCE.ordinal()] = standing.audience(account);
    terms[Term.REGULARITY.ordinal()] = known.regularity()[account - from] * answered;
    terms[Term.CONVERSATION.ordinal()] = standing.conversation(account);
    terms[Term.ATTESTATION.ordinal()] = standing.attestation(account);
    terms[Term.REACTION_DAYS.ordinal()] = days(account);
    terms[Term.FADING_REACTORS.ordinal()] = known.recency().standing(account - from);
    return terms;
  }

  private double[] momentumValues(int account) {
    PostRecord posts = known.posts();
    DistinctActors standing = known.standing();
    double reactors = standing.reactors(account);
    double answered = answered(account, reactors);
    // A sum that halves every 8 days covers 8 / ln 2 = 11.5 days at its present rate.
    double postsPerWeek =
        posts.recentPosts(account) * (DAYS_PER_WEEK * Math.log(2) / Reactions.RECENT_DAYS);
    double[] terms = new double[TERMS];
    terms[Term.AUTHORITY.ordinal()] = authority(account) * answered;
    terms[Term.REACTORS.ordinal()] = reactors;
    terms[Term.RESONANCE.ordinal()] =
        posts.recentReactors(account) / (posts.recentPosts(account) + PRIOR_POSTS);
    terms[Term.PERSISTENCE.ordinal()] = persistence(account);
    terms[Term.AUDIENCE.ordinal()] = standing.audience(account);
    terms[Term.REGULARITY.ordinal()] = (1 - StrictMath.exp(-postsPerWeek)) * answered;
    terms[Term.CONVERSATION.ordinal()] = known.clocks()[CONVERSATION_CLOCK].conversation(account);
    terms[Term.ATTESTATION.ordinal()] = standing.attestation(account);
    for (int clock = 0; clock < known.clocks().length; clock++) {
      terms[FIRST_CLOCK + clock] = known.clocks()[clock].reactors(account);
    }
    terms[Term.RECENCY.ordinal()] = known.recency().last()[account - from];
    terms[Term.REACTION_DAYS.ordinal()] = days(account);
    terms[Term.FADING_REACTORS.ordinal()] = known.recency().fading()[account - from];
    return terms;
  }

  /** By how much the logarithm rises with a term's value. */
  private double slope(Term term, int account) {
    return score.weight(term) / (score.scale(term) + values[account - from][term.ordinal()]);
  }

  /**
   * How the logarithm changes with the sums over an account's actors. Regularity is its own doing,
   * but counts as far as others react. Reactions to posts are not known actor by actor; of those to
   * the account they are taken to be the same share. So are the days that hang on one actor; those
   * on which several react would count without any one of them. What share of them counts is held
   * as it is.
   */
  private void slopes(int account, double[] slopes) {
    if (!isRanked(account)) {
      return;
    }
    DistinctActors standing = known.standing();
    double reactors = standing.reactors(account);
    double byReactors = slope(Term.REACTORS, account);
    double answered = answered(account, reactors);
    if (tells(account)) {
      double rises = HALF_ANSWERED / ((reactors + HALF_ANSWERED) * (reactors + HALF_ANSWERED));
      byReactors +=
          rises
              * (slope(Term.AUTHORITY, account) * authority(account)
                  + slope(Term.REGULARITY, account) * known.regularity()[account - from]);
    }
    standing.addReactors(account, byReactors, slopes);
    standing.addAudience(account, slope(Term.AUDIENCE, account), slopes);
    standing.addConversation(account, slope(Term.CONVERSATION, account), slopes);
    slopes[DistinctActors.ATTESTATION] += slope(Term.ATTESTATION, account);
    slopes[DistinctActors.RANK] +=
        slope(Term.AUTHORITY, account) * answered * known.credibilitySums()[network(account)];
    double fading = slope(Term.FADING_REACTORS, account);
    double unasked = known.recency().unasked()[account - from];
    double returned = known.recency().returned()[account - from];
    slopes[DistinctActors.FADING] +=
        fading * DistinctActors.earnedByUnasked(unasked, returned, FastEdges.STANDING_FRIEND);
    slopes[DistinctActors.RETURNED_FADING] +=
        fading * DistinctActors.earnedByReturned(unasked, returned, FastEdges.STANDING_FRIEND);
    double byDays = slope(Term.REACTION_DAYS, account);
    double days = countedDays(account);
    double actors = byActors(account);
    standing.addPresent(
        account,
        byDays
            * DistinctActors.slope(days, actors)
            * known.posts().loneDays(account)
            * standing.countedShare(account),
        slopes);
    standing.addEarnedReactors(
        account, byDays * DAYS_PER_ACTOR * DistinctActors.slope(actors, days), slopes);
    double reactions = standing.reactions(account);
    if (reactions > 0) {
      slopes[DistinctActors.REACTIONS] +=
          slope(Term.RESONANCE, account)
              * (perPost(account)
                  + known.posts().hIndex(account) * known.posts().elasticity(account))
              / 2
              / reactions;
    }
  }

  /**
   * Late and other reactions come and go independently, each worth what a reaction to the account
   * is worth on average.
   */
  private double persistenceVariance(int account) {
    double timed = known.posts().timed(account);
    double late = Math.min(timed, known.posts().late(account));
    double share = persistence(account);
    double squares = late * (1 - share) * (1 - share) + (timed - late) * share * share;
    double prior = timed + PRIOR_REACTIONS;
    return known.standing().worthOfReaction(account) * squares / (prior * prior);
  }

  /**
   * Half the width of the 90 % interval of the logarithm: of Student's distribution, since few or
   * unequal actors tell little of how much chance there is.
   */
  double halfWidth(int account) {
    return StudentQuantiles.ninetyFive(freedom(account)) * Math.sqrt(variance(account));
  }

  /** Degrees of freedom of the variance; infinite where there is none. */
  double freedom(int account) {
    return variance(account) == 0 ? Double.POSITIVE_INFINITY : chance.freedom(account);
  }

  double attention(int account) {
    return StrictMath.exp(logarithm(account));
  }

  double low(int account) {
    return StrictMath.exp(logarithm(account) - halfWidth(account));
  }

  /** The upper end of the 90 % interval of the logarithm. */
  double highLogarithm(int account) {
    return highLogarithms[account - from];
  }

  double high(int account) {
    return StrictMath.exp(highLogarithm(account));
  }

  /**
   * Attention jumps with the first who reacts, which no slope tells: that nobody did leaves it open
   * whether three would who are credible.
   */
  private double highest(int account) {
    double high = logarithm(account) + halfWidth(account);
    return isRanked(account) && tells(account) && known.standing().reactors(account) == 0
        ? Math.max(high, score.logarithm(withReactors(account, FEW_REACTORS * SINGLE_ACT)))
        : high;
  }

  private boolean tells(int account) {
    return known.tellsReactions()[network(account)];
  }

  /** The score's terms if others reacted once, each on a day of its own, and nobody else did. */
  private double[] withReactors(int account, double reactors) {
    double answered = reactors / (reactors + HALF_ANSWERED);
    double[] terms = values[account - from].clone();
    terms[Term.AUTHORITY.ordinal()] = authority(account) * answered;
    terms[Term.REACTORS.ordinal()] = reactors;
    terms[Term.RESONANCE.ordinal()] = reactors / (known.posts().posts(account) + PRIOR_POSTS) / 2;
    terms[Term.PERSISTENCE.ordinal()] = known.posts().lateShare(network(account));
    terms[Term.AUDIENCE.ordinal()] = reactors;
    terms[Term.REGULARITY.ordinal()] = known.regularity()[account - from] * answered;
    terms[Term.CONVERSATION.ordinal()] = 0;
    terms[Term.REACTION_DAYS.ordinal()] =
        DistinctActors.harmonic(reactors, DAYS_PER_ACTOR * reactors);
    terms[Term.FADING_REACTORS.ordinal()] = reactors * FastEdges.STANDING_NOW;
    return terms;
  }

  double momentumAttention(int account) {
    return StrictMath.exp(momentumLogarithm(account));
  }

  /**
   * @param actors that attend to each account of all
   * @return rows of {@code account_state}
   */
  ColumnRows rows(AccountNumbers accounts, int[] actors, long modelVersion, long night) {
    ColumnRows rows = new ColumnRows(AccountState.EARNED_ATTENTIONS);
    for (int account = from; account < to(); account++) {
      if (isRanked(account)) {
        rows.texts(AccountState.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
        rows.lists(AccountState.TERM_VALUES).add(termValues(account));
        rows.lists(AccountState.TERM_PARTS).add(score.parts(termValues(account)));
        rows.doubles(AccountState.EARNED_ATTENTION).add(attention(account));
        rows.doubles(AccountState.EARNED_ATTENTION_LOW).add(low(account));
        rows.doubles(AccountState.EARNED_ATTENTION_HIGH).add(high(account));
        rows.lists(AccountState.MOMENTUM_VALUES).add(momentumTermValues(account));
        rows.lists(AccountState.MOMENTUM_PARTS).add(momentum.parts(momentumTermValues(account)));
        rows.doubles(AccountState.MOMENTUM_EARNED_ATTENTION).add(momentumAttention(account));
        rows.longs(AccountState.ACTOR_COUNT).add(actors[account]);
        rows.doubles(AccountState.CREDIBLE_ACTOR_SUM).add(credibleActors(account));
        rows.longs(AccountState.MODEL_VERSION).add(modelVersion);
        rows.longs(AccountState.NIGHT).add(night);
      }
    }
    return rows;
  }
}
