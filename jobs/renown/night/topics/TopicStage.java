package renown.night.topics;

import java.io.IOException;
import java.util.List;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.CitedPosts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.LoadedFiles;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.PostTexts;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.tables.TopicClocks;
import renown.tables.TopicIncrements;
import renown.tables.TopicWords;

/** Computes what the night's posts are about, and accounts' interest and expertise. */
public final class TopicStage implements Stage {
  @Override
  public String name() {
    return "topics";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return TopicSettings.ALL;
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        Deletions.TABLE,
        AccountLists.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        AccountState.TABLE,
        AccountResponseRates.TABLE,
        LoadedFiles.TABLE,
        Landmarks.TABLE,
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE,
        AccountKinds.TABLE,
        TopicWords.TABLE,
        MartTopicScores.TABLE,
        MartTopics.TABLE,
        MartTopicAncestors.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE,
        AccountKinds.TABLE,
        TopicWords.TABLE,
        MartTopics.TABLE,
        MartTopicAncestors.TABLE,
        MartTopicScores.TABLE,
        MartTopicLeaders.TABLE,
        MartTopicAttesters.TABLE,
        MartEmergingHashtags.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    keepHalfLife(night.lake(), night.value(TopicSettings.HALF_LIFE_DAYS));
    SharedMatcher shared = SharedMatcher.of(night.spark(), night.value(TaxonomyFiles.TAXONOMY));
    new PostClassification(night, shared).run();
    new TopicJudgement(night, shared).run();
  }

  /**
   * Notes the half-life that the sums are made with.
   *
   * @throws RenownException where those of earlier nights were made with another one
   */
  static void keepHalfLife(Lake lake, long halfLifeDays) throws IOException {
    ColumnRows.Longs known =
        lake.files(TopicClocks.TABLE)
            .read(TopicClocks.HALF_LIFE_DAYS)
            .longs(TopicClocks.HALF_LIFE_DAYS);
    for (long other : known.toArray()) {
      if (other != halfLifeDays) {
        throw RenownException.configuration(
            "%s = %d, but the topics of this lake were summed with %d: set it back, or build a new"
                + " lake with the new value.",
            TopicSettings.HALF_LIFE_DAYS.name(), halfLifeDays, other);
      }
    }
    if (known.size() == 0) {
      ColumnRows first = new ColumnRows(TopicClocks.TABLE);
      first.longs(TopicClocks.HALF_LIFE_DAYS).add(halfLifeDays);
      lake.append(TopicClocks.TABLE, first);
    }
  }
}
