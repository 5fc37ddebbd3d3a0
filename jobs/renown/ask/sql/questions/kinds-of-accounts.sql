-- How many accounts of each kind and language are there, and how many of them have a score?
SELECT network, kind, language, count(*) AS account_count, count(score) AS scored_count,
       round(max(score), 1) AS highest_score
FROM mart_account_scores_latest
GROUP BY network, kind, language
ORDER BY network, account_count DESC, kind, language NULLS LAST
