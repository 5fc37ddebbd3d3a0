-- Who fills the lists of leaders: persons, organisations or machines?
SELECT topic_id, kind, count(*) AS leader_count
FROM mart_topic_leaders
WHERE place <= 10
GROUP BY topic_id, kind
ORDER BY topic_id, leader_count DESC, kind
