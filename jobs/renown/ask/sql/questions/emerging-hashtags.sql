-- Which hashtags that no taxonomy knows are on the rise, and with which topic do they come?
SELECT network, hashtag, author_count, author_count_before, topic_id
FROM mart_emerging_hashtags
WHERE author_count > author_count_before
ORDER BY author_count - author_count_before DESC, network, hashtag
LIMIT 20
