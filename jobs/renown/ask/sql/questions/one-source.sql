-- Which accounts of standing owe half or more of their influence to one source?
SELECT l.network, l.handle, l.score, t.source_handle, t.influence_share
FROM mart_top_sources t
JOIN mart_account_scores_latest l ON l.account_key = t.account_key
WHERE t.place = 1 AND t.influence_share >= 0.5 AND l.score >= 25
ORDER BY t.influence_share DESC, l.score DESC, l.account_key
LIMIT 20
