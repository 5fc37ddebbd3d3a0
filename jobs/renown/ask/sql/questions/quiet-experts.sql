-- Who is attested a topic though hardly writing about it?
SELECT s.network, l.handle, s.expertise, s.attester_count, s.post_count
FROM mart_topic_scores s
JOIN mart_account_scores_latest l ON l.account_key = s.account_key
WHERE s.topic_id = 'climate' AND s.expertise IS NOT NULL AND s.post_count <= 3
ORDER BY s.expertise DESC, s.account_key
LIMIT 20
