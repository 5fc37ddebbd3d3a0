-- What is the score of an account made of? The points add up to it.
SELECT t.term, round(t.points, 2) AS points, round(t.value, 3) AS value, t.meaning
FROM mart_score_terms t
JOIN mart_account_scores_latest l ON l.account_key = t.account_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example' AND t.measure = 'score'
ORDER BY t.points DESC, t.term
