-- Which share of the scored accounts of each network has at least 25 points (top 1 % of the
-- reference) and 50?
SELECT network,
       avg(CASE WHEN score >= 25 THEN 1e0 ELSE 0e0 END) AS share_from_25,
       avg(CASE WHEN score >= 50 THEN 1e0 ELSE 0e0 END) AS share_from_50
FROM mart_account_scores_latest
WHERE score IS NOT NULL
GROUP BY network
ORDER BY network
