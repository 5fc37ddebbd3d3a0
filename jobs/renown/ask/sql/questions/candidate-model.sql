-- Whose score would change most if the candidate model came into force?
SELECT l.network, l.handle, c.model_version, round(l.score, 2) AS score, round(c.score, 2) AS candidate_score,
       round(c.score - l.score, 2) AS score_change
FROM mart_candidate_scores c
JOIN mart_account_scores_latest l ON l.account_key = c.account_key AND l.night = c.night
ORDER BY abs(c.score - l.score) DESC, l.account_key
LIMIT 20
