-- Which topics have most experts, and how many accounts write about them?
SELECT topic_id, label_en, label_es, expert_count, account_count
FROM mart_topics
ORDER BY expert_count DESC, account_count DESC, topic_id
LIMIT 20
