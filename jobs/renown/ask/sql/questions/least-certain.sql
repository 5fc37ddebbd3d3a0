-- Which scores are least certain, hanging on few accounts' attention?
SELECT network, handle, score, score_high - score_low AS interval_width, actor_count
FROM mart_account_scores_latest
WHERE score IS NOT NULL
ORDER BY interval_width DESC, actor_count, account_key
LIMIT 20
