-- Which accounts gained most over the last seven nights?
SELECT now.network, l.handle, before.score AS score_before, now.score, now.score - before.score AS score_change
FROM mart_account_scores now
JOIN mart_account_scores_latest l ON l.account_key = now.account_key AND l.night = now.night
JOIN mart_account_scores before
  ON before.account_key = now.account_key AND before.night = now.night - INTERVAL '7' DAY
WHERE now.score > before.score
ORDER BY score_change DESC, now.account_key
LIMIT 20
