-- How many more people does the shortlist of each campaign reach than as many of the highest scores?
SELECT campaign, night, max(place) AS accounts, max(together_count) AS reached, max(top_scores_count) AS top_scores,
  round(1e2 * (max(together_count) - max(top_scores_count)) / nullif(max(top_scores_count), 0), 1) AS percent_more
FROM mart_campaign_shortlists
GROUP BY campaign, night
ORDER BY night DESC, campaign
