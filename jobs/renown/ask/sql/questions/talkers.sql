-- Who writes about a topic a lot and is not attested it by others?
SELECT s.network, l.handle, s.interest_share, s.post_count, s.attester_count
FROM mart_topic_scores s
JOIN mart_account_scores_latest l ON l.account_key = s.account_key
WHERE s.topic_id = 'climate' AND s.expertise IS NULL
ORDER BY s.interest_share DESC, s.post_count DESC, s.account_key
LIMIT 20
