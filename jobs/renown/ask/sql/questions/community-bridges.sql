-- Which members of a community do most to connect it with others?
SELECT c.network, c.name, l.handle, m.score, m.bridged_count
FROM mart_community_members m
JOIN mart_communities c ON c.community_key = m.community_key
JOIN mart_account_scores_latest l ON l.account_key = m.account_key
WHERE m.bridged_count > 0
ORDER BY m.bridged_count DESC, c.network, l.handle
LIMIT 20
