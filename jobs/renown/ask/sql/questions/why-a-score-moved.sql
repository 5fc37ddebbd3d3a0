-- Why did the score of an account move since the night before? The points add up to the change.
SELECT c.term, s.handle AS source, round(c.points, 2) AS points, round(c.score_change, 2) AS score_change
FROM mart_score_changes c
JOIN mart_account_scores_latest l ON l.account_key = c.account_key AND l.night = c.night
LEFT JOIN mart_account_scores_latest s ON s.account_key = c.source_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example'
ORDER BY abs(c.points) DESC, c.term, c.source_key
