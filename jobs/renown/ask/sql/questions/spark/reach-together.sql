-- How many distinct credible accounts do the ten highest experts of each topic reach together, and how
-- many would one think if each was counted alone?
SELECT
  network,
  topic_id,
  count(*) AS experts,
  theta_sketch_estimate(theta_union_agg(sketch)) AS reached_together,
  sum(reached_count) AS counted_apart
FROM (
  SELECT *, row_number() OVER (PARTITION BY network, topic_id ORDER BY expertise DESC, account_key) AS place
  FROM mart_audience_sketches
  WHERE topic_id <> '*'
)
WHERE place <= 10
GROUP BY network, topic_id
ORDER BY network, topic_id
