-- Which accounts lost most since the night before, and mainly through what?
SELECT c.network, l.handle, min(c.score_change) AS score_change,
       min_by(c.term, c.points) AS main_term, min(c.actor_change) AS lost_attending_accounts
FROM mart_score_changes c
JOIN mart_account_scores_latest l ON l.account_key = c.account_key AND l.night = c.night
WHERE c.score_change < 0
GROUP BY c.network, c.account_key, l.handle
ORDER BY score_change, c.account_key
LIMIT 20
