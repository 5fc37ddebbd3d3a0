-- Which accounts of standing have gone quiet: momentum below the interval of the score?
SELECT network, handle, score, score_low, momentum
FROM mart_account_scores_latest
WHERE momentum < score_low AND score >= 25
ORDER BY score_low - momentum DESC, account_key
LIMIT 20
