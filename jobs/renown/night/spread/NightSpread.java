package renown.night.spread;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renown.lake.ColumnRows;
import renown.night.spread.Surprises.Surprise;
import renown.tables.AuthorRecords;
import renown.tables.CascadeActs;
import renown.tables.MartBreakouts;
import renown.tables.MartBridges;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartPostSpread;
import renown.tables.MartWarningOutcomes;
import renown.tables.TableSchema;

/** From what a night brings to how posts spread: without a query, on arrays, in one task. */
final class NightSpread {
  private NightSpread() {}

  /**
   * What a night makes.
   *
   * @param rows of each table: what it gains, but for the marts about communities, which are all
   *     that there are
   * @param areRecordsWhole whether those of {@code author_records} are all that there are, too
   */
  record Made(Map<TableSchema, ColumnRows> rows, boolean areRecordsWhole) {}

  /** Makes what a night adds to its tables. */
  static Made of(SpreadInput input) {
    Names networks = new Names();
    People people = new People(input, networks);
    NightActs acts = new NightActs(input, networks, people);
    NightAttention attention = new NightAttention(input, networks, people, acts);
    PostCascades cascades = new PostCascades(input, networks, people, acts, attention);
    NightPosts posts = acts.posts();
    Judged judged = cascades.judged();
    long[] counted = Surprises.counted(posts, judged);
    Records records = new Records(input, networks);
    for (int i = 0; i < judged.size(); i++) {
      if (judged.isJudged(i)) {
        int post = judged.post(i);
        records.add(
            posts.network(post), posts.kind(post), posts.author(post), counted[i], judged.band(i));
      }
    }
    Priors priors = new Priors(networks.size(), records, people, posts, judged, counted);
    BreakoutMarts marts = new BreakoutMarts(input, networks, posts);
    List<Surprise> brokeOut =
        find(input, posts, judged, true, counted, records, priors, networks.size());
    List<Surprise> rising =
        find(input, posts, judged, false, counted, records, priors, networks.size());
    Map<TableSchema, ColumnRows> rows = new LinkedHashMap<>();
    rows.put(CascadeActs.TABLE, cascades.remembered());
    boolean areRecordsWhole = records.isMostlyOutdated();
    rows.put(AuthorRecords.TABLE, records.rows(input, networks, areRecordsWhole));
    rows.put(MartPostSpread.TABLE, cascades.spread());
    rows.put(MartBridges.TABLE, BridgeMart.rows(input, networks, posts, cascades.carried()));
    CommunityMarts communities = new CommunityMarts(input, networks, people, cascades.carried());
    rows.put(MartCommunities.TABLE, communities.communities());
    rows.put(MartCommunityMembers.TABLE, communities.members());
    rows.put(MartBreakouts.TABLE, marts.breakouts(brokeOut, people, acts, attention));
    rows.put(MartEarlyWarnings.TABLE, marts.warnings(rising));
    rows.put(MartWarningOutcomes.TABLE, marts.outcomes(brokeOut));
    return new Made(rows, areRecordsWhole);
  }

  private static List<Surprise> find(
      SpreadInput input,
      NightPosts posts,
      Judged judged,
      boolean isJudged,
      long[] counted,
      Records records,
      Priors priors,
      int networks) {
    return Surprises.find(
        posts,
        judged,
        isJudged,
        counted,
        records,
        priors,
        input.falseShare(),
        input.leastReactors(),
        networks);
  }

  /**
   * All remembered acts without those on posts to which nothing has been done for a while.
   *
   * @param before rows of {@code cascade_acts} of earlier nights
   * @param added tonight's
   * @param since the night (days since 1970) from which on something was done to the others
   */
  static ColumnRows alive(ColumnRows before, ColumnRows added, long since) {
    Names networks = new Names();
    PostNumbers alive = new PostNumbers();
    for (ColumnRows rows : List.of(before, added)) {
      for (int i = 0; i < rows.size(); i++) {
        if (rows.longs(CascadeActs.NIGHT).get(i) >= since) {
          alive.add(
              networks.of(rows.texts(CascadeActs.NETWORK).get(i)),
              rows.texts(CascadeActs.POST_ID).get(i));
        }
      }
    }
    ColumnRows kept = new ColumnRows(CascadeActs.TABLE);
    for (ColumnRows rows : List.of(before, added)) {
      for (int i = 0; i < rows.size(); i++) {
        if (alive.of(
                networks.of(rows.texts(CascadeActs.NETWORK).get(i)),
                rows.texts(CascadeActs.POST_ID).get(i))
            >= 0) {
          kept.addRow(rows, i);
        }
      }
    }
    return kept;
  }
}
