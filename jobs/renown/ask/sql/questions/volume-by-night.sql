-- How much was loaded on each night: lines, posts, acts of attention?
SELECT night, network,
       sum(CASE WHEN measure = 'line' THEN measure_count ELSE 0 END) AS line_count,
       sum(CASE WHEN measure = 'post' THEN measure_count ELSE 0 END) AS post_count,
       sum(CASE WHEN measure IN ('repost', 'quote', 'reply', 'mention', 'like', 'follow', 'list')
           THEN measure_count ELSE 0 END) AS act_count
FROM mart_network_activity
GROUP BY night, network
ORDER BY night DESC, network
