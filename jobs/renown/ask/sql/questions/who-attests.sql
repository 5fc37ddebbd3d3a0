-- Who attests an account its expertise, and through which post last?
SELECT a.topic_id, a.place, a.source_handle, a.earned_share, a.act_count, a.latest_post_id
FROM mart_topic_attesters a
JOIN mart_account_scores_latest l ON l.account_key = a.account_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example'
ORDER BY a.topic_id, a.place
