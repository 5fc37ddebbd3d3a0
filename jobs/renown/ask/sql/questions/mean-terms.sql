-- What are the scores of each network's first hundred mostly made of?
SELECT l.network, t.term, round(avg(t.points), 2) AS mean_points
FROM mart_score_terms t
JOIN mart_account_scores_latest l ON l.account_key = t.account_key
WHERE t.measure = 'score' AND l.place <= 100
GROUP BY l.network, t.term
ORDER BY l.network, mean_points DESC, t.term
