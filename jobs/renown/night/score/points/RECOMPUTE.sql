-- Recomputes every score from published tables alone: the parts of its terms give earned attention,
-- the reference population gives the share that earns at least as much, the share gives points.
-- Answers with one row per account with a score: what is published and what comes out here.
WITH earned AS (
  SELECT network, account_key, measure,
         exp(sum(weight * ln(1 + value / scale))) AS earned_attention
  FROM mart_score_terms
  GROUP BY network, account_key, measure
),
tail AS (
  SELECT network, measure, step_start AS tail_start, share AS tail_share, tail_exponent
  FROM mart_reference_populations
  WHERE is_tail
),
lowest AS (
  SELECT network, measure, min(step_start) AS least
  FROM mart_reference_populations
  GROUP BY network, measure
),
shares AS (
  SELECT e.network, e.account_key, e.measure,
         CASE
           WHEN e.earned_attention <= l.least THEN 1.0
           WHEN e.earned_attention >= t.tail_start
             THEN t.tail_share * pow(e.earned_attention / t.tail_start, -t.tail_exponent)
           ELSE r.share * pow(r.next_share / r.share,
                              ln(e.earned_attention / r.step_start) / ln(r.next_start / r.step_start))
         END AS share
  FROM earned e
  JOIN tail t ON t.network = e.network AND t.measure = e.measure
  JOIN lowest l ON l.network = e.network AND l.measure = e.measure
  LEFT JOIN mart_reference_populations r
    ON r.network = e.network AND r.measure = e.measure
   AND e.earned_attention >= r.step_start AND e.earned_attention < r.next_start
),
points AS (
  SELECT network, account_key, measure,
         least(100.0, greatest(0.0, -12.5 * log10(share))) AS points
  FROM shares
)
SELECT s.network, s.account_key, s.score, p.points AS score_again,
       s.momentum, m.points AS momentum_again
FROM mart_account_scores_latest s
LEFT JOIN points p
  ON p.network = s.network AND p.account_key = s.account_key AND p.measure = 'score'
LEFT JOIN points m
  ON m.network = s.network AND m.account_key = s.account_key AND m.measure = 'momentum'
WHERE s.score IS NOT NULL
