-- Who is among the first ten of a network and was not a week before?
WITH before AS (
  SELECT network, account_key,
         row_number() OVER (PARTITION BY network ORDER BY score DESC, account_key) AS place
  FROM mart_account_scores
  WHERE score IS NOT NULL
    AND night = (SELECT max(night) - INTERVAL '7' DAY FROM mart_account_scores_latest))
SELECT l.network, l.handle, l.place, before.place AS place_before
FROM mart_account_scores_latest l
LEFT JOIN before ON before.account_key = l.account_key
WHERE l.place <= 10 AND (before.place IS NULL OR before.place > 10)
ORDER BY l.network, l.place
