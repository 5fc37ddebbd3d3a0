-- Which communities does a network have, how large are they, and what are they about?
SELECT network, name, member_count, topic_ids, language, round(language_share, 2) AS language_share,
       bridge_count
FROM mart_communities
ORDER BY member_count DESC, network, community_key
LIMIT 20
