-- How many accounts do two accounts reach both, and how many does only the first?
SELECT
  theta_sketch_estimate(theta_intersection(one.sketch, other.sketch)) AS both_reach,
  theta_sketch_estimate(theta_difference(one.sketch, other.sketch)) AS only_the_first,
  theta_sketch_estimate(theta_union(one.sketch, other.sketch)) AS together
FROM mart_audience_sketches one
JOIN mart_account_scores_latest a ON a.account_key = one.account_key
JOIN mart_audience_sketches other ON other.topic_id = one.topic_id AND other.network = one.network
JOIN mart_account_scores_latest b ON b.account_key = other.account_key
WHERE one.topic_id = '*' AND one.network = 'bluesky' AND a.handle = 'alice.example' AND b.handle = 'bluesky-4'
ORDER BY one.account_key
