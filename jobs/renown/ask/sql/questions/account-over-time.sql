-- How did the score of an account develop, night by night?
SELECT s.night, s.score, s.score_low, s.score_high, s.momentum, s.actor_count
FROM mart_account_scores s
JOIN mart_account_scores_latest l ON l.account_key = s.account_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example'
ORDER BY s.night
