-- Which experts of a topic have a low score: known to those who know, and to few others?
SELECT e.network, l.handle, e.expertise, l.score, l.place
FROM mart_topic_leaders e
JOIN mart_account_scores_latest l ON l.account_key = e.account_key
WHERE e.topic_id = 'chess' AND e.expertise > l.score
ORDER BY e.expertise - l.score DESC, e.account_key
LIMIT 20
