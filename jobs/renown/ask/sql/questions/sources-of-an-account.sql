-- From whom does the influence of an account come?
SELECT t.place, t.source_handle, round(100 * t.influence_share, 1) AS percent_of_influence
FROM mart_top_sources t
JOIN mart_account_scores_latest l ON l.account_key = t.account_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example'
ORDER BY t.place
