-- What are the median, the top 10 % and the top 1 % of the scores of each network?
WITH placed AS (
  SELECT network, score, row_number() OVER (PARTITION BY network ORDER BY score) AS place,
         count(*) OVER (PARTITION BY network) AS scored_count
  FROM mart_account_scores_latest
  WHERE score IS NOT NULL)
SELECT network, max(scored_count) AS scored_count,
       round(min(CASE WHEN place >= 0.5 * scored_count THEN score END), 1) AS median,
       round(min(CASE WHEN place >= 0.9 * scored_count THEN score END), 1) AS top_10_percent,
       round(min(CASE WHEN place >= 0.99 * scored_count THEN score END), 1) AS top_1_percent
FROM placed
GROUP BY network
ORDER BY network
