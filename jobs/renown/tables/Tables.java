package renown.tables;

import java.util.List;

/** Every table of the lake, in the order in which a night writes them. */
public final class Tables {
  /**
   * Of what the columns mean. It is raised where a column comes to mean something else under the
   * same name, or a state that nights go on from changes; lakes written before are refused then.
   * (Columns that are added, can be null and need no history leave it as it is.)
   */
  public static final int FORMAT = 2;

  /** All tables. */
  public static final List<TableSchema> ALL =
      List.of(
          LoadedFiles.TABLE,
          Rejects.TABLE,
          IgnoredKinds.TABLE,
          Accounts.TABLE,
          AccountHandles.TABLE,
          AccountMoves.TABLE,
          Posts.TABLE,
          PostTexts.TABLE,
          Interactions.TABLE,
          WaitingInteractions.TABLE,
          Deletions.TABLE,
          DeletedPosts.TABLE,
          AccountLists.TABLE,
          Exclusions.TABLE,
          Landmarks.TABLE,
          EdgeIncrements.TABLE,
          RankRuns.TABLE,
          TopSources.TABLE,
          RecentEdges.TABLE,
          PostReactors.TABLE,
          PostReactions.TABLE,
          ScoreModels.TABLE,
          ReferencePopulations.TABLE,
          AccountState.TABLE,
          WaitingApproaches.TABLE,
          AccountResponseRates.TABLE,
          RefusedPersons.TABLE,
          PostTopics.TABLE,
          CitedPosts.TABLE,
          TopicClocks.TABLE,
          TopicIncrements.TABLE,
          HashtagIncrements.TABLE,
          AccountLanguages.TABLE,
          AccountKinds.TABLE,
          TopicWords.TABLE,
          Communities.TABLE,
          CascadeActs.TABLE,
          AuthorRecords.TABLE,
          CredibleAccounts.TABLE,
          AudienceHours.TABLE,
          NetworkHours.TABLE,
          StageRuns.TABLE,
          Publications.TABLE,
          ErasedAccounts.TABLE,
          MartAccountScores.TABLE,
          MartAccountScoresLatest.TABLE,
          MartScoreTerms.TABLE,
          MartReferencePopulations.TABLE,
          MartScoreChanges.TABLE,
          MartValidation.TABLE,
          MartTopSources.TABLE,
          MartTopics.TABLE,
          MartTopicAncestors.TABLE,
          MartTopicScores.TABLE,
          MartTopicLeaders.TABLE,
          MartTopicAttesters.TABLE,
          MartEmergingHashtags.TABLE,
          MartPostSpread.TABLE,
          MartBreakouts.TABLE,
          MartEarlyWarnings.TABLE,
          MartWarningOutcomes.TABLE,
          MartBridges.TABLE,
          MartCommunities.TABLE,
          MartCommunityMembers.TABLE,
          MartAudienceSketches.TABLE,
          MartAudienceOverlaps.TABLE,
          MartPostingHours.TABLE,
          MartCampaignShortlists.TABLE,
          MartPersons.TABLE,
          MartNetworks.TABLE,
          MartDates.TABLE,
          MartCandidateScores.TABLE,
          MartNetworkActivity.TABLE,
          MartRunHealth.TABLE);

  /** The tables of a night: what a run may write, and what is rolled back when it dies. */
  public static final List<TableSchema> OF_A_NIGHT =
      ALL.stream().filter(table -> !table.floor().equals("runs")).toList();

  private Tables() {}
}
