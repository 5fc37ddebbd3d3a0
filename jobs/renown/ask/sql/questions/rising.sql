-- Whose coming week looks better than their standing: momentum above the interval of the score?
SELECT network, handle, score, score_high, momentum
FROM mart_account_scores_latest
WHERE momentum > score_high
ORDER BY momentum - score_high DESC, account_key
LIMIT 20
