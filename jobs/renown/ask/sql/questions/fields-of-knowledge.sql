-- How many accounts of each network are known for something in each large field, and how high is the highest?
SELECT a.ancestor_label_en AS field, s.network, count(DISTINCT s.account_key) AS expert_count,
       round(max(s.expertise), 1) AS highest_expertise
FROM mart_topic_scores s
JOIN mart_topic_ancestors a ON a.topic_id = s.topic_id
WHERE s.expertise IS NOT NULL
  AND a.ancestor_id NOT IN (SELECT topic_id FROM mart_topic_ancestors WHERE is_parent)
GROUP BY a.ancestor_label_en, s.network
ORDER BY field, s.network
