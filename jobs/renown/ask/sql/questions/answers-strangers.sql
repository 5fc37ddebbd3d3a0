-- Who with a score of 20 or more is most likely to answer a stranger?
SELECT network, handle, round(response_rate, 2) AS response_rate,
       round(response_rate_low, 2) AS response_rate_low, round(score, 2) AS score
FROM mart_account_scores_latest
WHERE score >= 20 AND response_rate IS NOT NULL
ORDER BY response_rate_low DESC, score DESC, account_key
LIMIT 20
