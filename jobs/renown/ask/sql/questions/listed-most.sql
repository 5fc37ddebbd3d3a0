-- Who stands out by the lists that others put them on?
SELECT l.network, l.handle, t.points, t.value
FROM mart_score_terms t
JOIN mart_account_scores_latest l ON l.account_key = t.account_key
WHERE t.measure = 'score' AND t.term = 'attestation' AND t.points > 0
ORDER BY t.points DESC, l.account_key
LIMIT 20
