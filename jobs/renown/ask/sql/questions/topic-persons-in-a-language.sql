-- Which persons who write Spanish are known for a topic?
SELECT network, kind_place, handle, expertise, attester_count
FROM mart_topic_leaders
WHERE topic_id = 'climate' AND kind = 'person' AND language = 'es'
ORDER BY expertise DESC, network, place
LIMIT 20
