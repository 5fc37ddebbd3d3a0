-- What are the median, the top 10 % and the top 1 % of the scores of each network?
SELECT network, count(score) AS scored_count,
       round(approx_percentile(score, 0.5), 1) AS median,
       round(approx_percentile(score, 0.9), 1) AS top_10_percent,
       round(approx_percentile(score, 0.99), 1) AS top_1_percent
FROM mart_account_scores_latest
GROUP BY network
ORDER BY network
