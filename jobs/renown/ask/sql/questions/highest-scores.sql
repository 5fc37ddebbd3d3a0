-- Who are the ten accounts with the highest scores on each network?
SELECT network, place, handle, display_name, round(score, 1) AS score,
       round(score_low, 1) AS score_low, round(score_high, 1) AS score_high
FROM mart_account_scores_latest
WHERE place <= 10
ORDER BY network, place
