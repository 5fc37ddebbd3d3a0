-- How many accounts of each network have a score in each step of five points?
SELECT network, 5 * floor(score / 5) AS score_from, count(*) AS account_count
FROM mart_account_scores_latest
WHERE score IS NOT NULL
GROUP BY network, 5 * floor(score / 5)
ORDER BY network, score_from
