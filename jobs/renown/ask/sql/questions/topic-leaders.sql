-- Who is known for a topic, and by which evidence?
SELECT network, place, handle, kind, language, expertise, expertise_low, expertise_high, evidence
FROM mart_topic_leaders
WHERE topic_id = 'climate'
ORDER BY expertise DESC, network, place
LIMIT 20
