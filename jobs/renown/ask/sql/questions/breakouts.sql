-- Which posts went furthest beyond what their authors' records predict, and how did they travel?
SELECT b.network, b.night, b.place, b.author_handle, b.author_score, b.topic_id, b.language,
       round(b.expected_count, 1) AS expected_count, b.observed_count, b.tail_probability,
       s.exposure_low, s.exposure_high, s.depth, round(s.structural_virality, 1) AS structural_virality,
       s.community_count, round(s.beyond_audience_share, 2) AS beyond_audience_share
FROM mart_breakouts b
JOIN (
  SELECT network, post_id, max_by(exposure_low, night) AS exposure_low,
         max_by(exposure_high, night) AS exposure_high, max_by(depth, night) AS depth,
         max_by(structural_virality, night) AS structural_virality,
         max_by(community_count, night) AS community_count,
         max_by(beyond_audience_share, night) AS beyond_audience_share
  FROM mart_post_spread GROUP BY network, post_id
) s ON s.network = b.network AND s.post_id = b.post_id
ORDER BY b.night DESC, b.tail_probability, b.network, b.place
LIMIT 20
