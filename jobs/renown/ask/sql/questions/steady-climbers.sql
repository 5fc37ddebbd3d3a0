-- Which accounts rose on each of the nights of the last week?
SELECT c.network, l.handle, count(*) AS nights_risen, sum(c.score_change) AS points
FROM (SELECT DISTINCT network, account_key, night, score_change FROM mart_score_changes) c
JOIN mart_account_scores_latest l ON l.account_key = c.account_key
WHERE c.night > l.night - INTERVAL '7' DAY AND c.score_change > 0
GROUP BY c.network, c.account_key, l.handle
HAVING count(*) = 7
ORDER BY points DESC, c.account_key
LIMIT 20
