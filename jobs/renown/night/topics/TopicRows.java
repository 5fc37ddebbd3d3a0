package renown.night.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import renown.kernels.topics.JudgedTopic;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;

/** Rows of the topic marts, of one network. */
final class TopicRows {
  /** In the order in which a sentence names them. */
  private enum Act {
    REPOST(TopicVerb.REPOST, "repost", "reposts"),
    QUOTE(TopicVerb.QUOTE, "quote", "quotes"),
    REPLY(TopicVerb.REPLY, "reply", "replies"),
    MENTION(TopicVerb.MENTION, "mention", "mentions"),
    LIKE(TopicVerb.LIKE, "like", "likes"),
    LIST(TopicVerb.LIST, "listing", "listings");

    private final TopicVerb verb;
    private final String one;
    private final String many;

    Act(TopicVerb verb, String one, String many) {
      this.verb = verb;
      this.one = one;
      this.many = many;
    }
  }

  private final String network;
  private final TopicJudge.Options options;
  private final Profiles profiles;

  TopicRows(String network, TopicJudge.Options options, Profiles profiles) {
    this.network = network;
    this.options = options;
    this.profiles = profiles;
  }

  /** Adds a value that is null where it is not a number. */
  static void add(ColumnRows.Doubles column, double value) {
    if (Double.isNaN(value)) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /**
   * Accounts that are attested or voted for, or that wrote or reacted often enough.
   *
   * @return how many there are, and how many of them have an expertise
   */
  long[] addScores(String topicId, JudgedTopic judged, ColumnRows rows) {
    long[] counts = new long[2];
    for (int row = 0; row < judged.size(); row++) {
      if (judged.attesterCount(row) + judged.voteCount(row) == 0
          && judged.postCount(row) + judged.reactionCount(row) < options.leastActs()) {
        continue;
      }
      counts[0]++;
      rows.texts(MartTopicScores.NETWORK).add(network);
      rows.longs(MartTopicScores.ACCOUNT_KEY).add(judged.accountKey(row));
      rows.texts(MartTopicScores.TOPIC_ID).add(topicId);
      add(rows.doubles(MartTopicScores.EXPERTISE), judged.expertise(row));
      add(rows.doubles(MartTopicScores.EXPERTISE_LOW), judged.expertiseLow(row));
      add(rows.doubles(MartTopicScores.EXPERTISE_HIGH), judged.expertiseHigh(row));
      if (judged.place(row) == 0) {
        rows.longs(MartTopicScores.PLACE).addNull();
      } else {
        counts[1]++;
        rows.longs(MartTopicScores.PLACE).add(judged.place(row));
      }
      rows.longs(MartTopicScores.ATTESTER_COUNT).add(judged.attesterCount(row));
      rows.longs(MartTopicScores.VOTE_COUNT).add(judged.voteCount(row));
      add(rows.doubles(MartTopicScores.TOPIC_ATTENTION_SHARE), judged.attentionShare(row));
      rows.doubles(MartTopicScores.EARNED_EXPERTISE).add(judged.earned(row));
      add(rows.doubles(MartTopicScores.INTEREST_SHARE), judged.interest(row));
      rows.longs(MartTopicScores.POST_COUNT).add(judged.postCount(row));
      rows.longs(MartTopicScores.REACTION_COUNT).add(judged.reactionCount(row));
      rows.longs(MartTopicScores.NIGHT).add(options.nightDay());
    }
    return counts;
  }

  /** The first of each kind and language. */
  void addLeaders(String topicId, String label, JudgedTopic judged, ColumnRows rows) {
    JudgedTopic.Leaders leaders =
        judged.leaders(
            profiles.kinds(),
            profiles.kindCount(),
            profiles.languages(),
            profiles.languageCount(),
            options.leaders());
    for (int i = 0; i < leaders.rows().length; i++) {
      int row = leaders.rows()[i];
      int account = judged.account(row);
      rows.texts(MartTopicLeaders.NETWORK).add(network);
      rows.texts(MartTopicLeaders.TOPIC_ID).add(topicId);
      rows.texts(MartTopicLeaders.LABEL_EN).add(label);
      rows.longs(MartTopicLeaders.PLACE).add(judged.place(row));
      rows.longs(MartTopicLeaders.KIND_PLACE).add(leaders.kindPlaces()[i]);
      rows.longs(MartTopicLeaders.ACCOUNT_KEY).add(judged.accountKey(row));
      rows.texts(MartTopicLeaders.HANDLE).add(profiles.handle(account));
      rows.texts(MartTopicLeaders.KIND).add(profiles.kind(account));
      rows.texts(MartTopicLeaders.LANGUAGE).add(profiles.language(leaders.languages()[i]));
      rows.doubles(MartTopicLeaders.EXPERTISE).add(judged.expertise(row));
      rows.doubles(MartTopicLeaders.EXPERTISE_LOW).add(judged.expertiseLow(row));
      rows.doubles(MartTopicLeaders.EXPERTISE_HIGH).add(judged.expertiseHigh(row));
      add(rows.doubles(MartTopicLeaders.INTEREST_SHARE), judged.interest(row));
      rows.longs(MartTopicLeaders.ATTESTER_COUNT).add(judged.attesterCount(row));
      add(rows.doubles(MartTopicLeaders.RESPONSE_RATE), profiles.responseRate(account));
      add(rows.doubles(MartTopicLeaders.RESPONSE_RATE_LOW), profiles.responseRateLow(account));
      add(rows.doubles(MartTopicLeaders.RESPONSE_RATE_HIGH), profiles.responseRateHigh(account));
      rows.texts(MartTopicLeaders.EVIDENCE).add(evidence(label, judged, row));
      rows.longs(MartTopicLeaders.NIGHT).add(options.nightDay());
    }
  }

  private static String evidence(String label, JudgedTopic judged, int row) {
    StringBuilder evidence = new StringBuilder();
    if (judged.attesterCount(row) > 0) {
      List<String> acts = new ArrayList<>();
      for (Act act : Act.values()) {
        long count = judged.verbCount(row, act.verb);
        if (count > 0) {
          acts.add(count + " " + (count == 1 ? act.one : act.many));
        }
      }
      evidence.append(
          String.format(
              Locale.ROOT,
              "%,d accounts attest it on %s by %s",
              judged.attesterCount(row),
              label,
              String.join(", ", acts)));
    } else {
      evidence.append("Nobody known by name attests it on ").append(label);
    }
    if (judged.voteCount(row) > 0) {
      evidence.append(
          String.format(Locale.ROOT, "; its posts have %,d votes", judged.voteCount(row)));
    }
    return evidence
        .append("; ")
        .append(percent(judged.attentionShare(row)))
        .append(" % of the attention it gets is about it, and ")
        .append(percent(judged.interest(row)))
        .append(" % of what it does itself.")
        .toString();
  }

  private static long percent(double share) {
    return Double.isNaN(share) ? 0 : Math.round(100 * share);
  }

  /** Who attests those with an expertise. */
  void addAttesters(String topicId, JudgedTopic judged, ColumnRows rows) {
    int most = Math.toIntExact(options.attesters());
    for (int row : judged.experts()) {
      int[] edges = judged.attesters(row, most);
      double all = judged.earnedByAll(row);
      for (int place = 0; place < edges.length; place++) {
        int source = profiles.number(judged.attesterKey(edges[place]));
        rows.texts(MartTopicAttesters.NETWORK).add(network);
        rows.longs(MartTopicAttesters.ACCOUNT_KEY).add(judged.accountKey(row));
        rows.texts(MartTopicAttesters.TOPIC_ID).add(topicId);
        rows.longs(MartTopicAttesters.PLACE).add(place + 1L);
        rows.longs(MartTopicAttesters.SOURCE_KEY).add(judged.attesterKey(edges[place]));
        rows.texts(MartTopicAttesters.SOURCE_HANDLE).add(profiles.handle(source));
        rows.doubles(MartTopicAttesters.EARNED_SHARE)
            .add(Math.min(judged.earnedBy(edges[place]) / all, 1));
        rows.longs(MartTopicAttesters.ACT_COUNT).add(judged.actCount(edges[place]));
        rows.texts(MartTopicAttesters.LATEST_POST_ID).add(judged.latestPost(edges[place]));
        rows.longs(MartTopicAttesters.NIGHT).add(options.nightDay());
      }
    }
  }
}
