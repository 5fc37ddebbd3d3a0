-- Who with a score of 20 or more is most likely to answer a stranger?
SELECT network, handle, round(reachability, 2) AS reachability,
       round(reachability_low, 2) AS reachability_low, round(score, 2) AS score
FROM mart_account_scores_latest
WHERE score >= 20 AND reachability IS NOT NULL
ORDER BY reachability_low DESC, score DESC, account_key
LIMIT 20
