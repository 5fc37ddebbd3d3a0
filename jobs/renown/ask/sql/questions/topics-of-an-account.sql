-- What is an account known for, and what does it write about?
SELECT s.topic_id, t.label_en, s.expertise, s.place, s.interest_share, s.post_count
FROM mart_topic_scores s
JOIN mart_topics t ON t.topic_id = s.topic_id
JOIN mart_account_scores_latest l ON l.account_key = s.account_key
WHERE l.network = 'bluesky' AND l.handle = 'alice.example'
ORDER BY s.expertise DESC NULLS LAST, s.interest_share DESC, s.topic_id
