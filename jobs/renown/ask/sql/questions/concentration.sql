-- Which part of all earned attention goes to the first 1 % of each network's accounts?
WITH placed AS (
  SELECT network, earned_attention,
         row_number() OVER (PARTITION BY network ORDER BY earned_attention DESC, account_key) AS place,
         count(*) OVER (PARTITION BY network) AS account_count
  FROM mart_account_scores_latest)
SELECT network, sum(CASE WHEN place <= greatest(1e0, account_count / 1e2) THEN earned_attention ELSE 0 END)
                / nullif(sum(earned_attention), 0) AS share_of_first_percent
FROM placed
GROUP BY network
ORDER BY network
