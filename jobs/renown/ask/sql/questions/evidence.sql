-- How many accounts of each network have too little evidence for a score?
SELECT network, evidence, count(*) AS account_count
FROM mart_account_scores_latest
GROUP BY network, evidence
ORDER BY network, evidence
