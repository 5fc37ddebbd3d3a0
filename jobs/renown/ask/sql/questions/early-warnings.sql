-- Which posts are on course to break out, and how did earlier warnings of the network turn out?
SELECT w.network, w.place, w.post_id, w.age_hours, round(w.expected_count, 1) AS expected_count,
       w.observed_count, o.precision, o.recall
FROM mart_early_warnings w
LEFT JOIN (
  SELECT network, round(1e0 * sum(confirmed_count) / nullif(sum(warned_count), 0), 2) AS precision,
         round(1e0 * sum(confirmed_count) / nullif(sum(breakout_count), 0), 2) AS recall
  FROM mart_warning_outcomes GROUP BY network
) o ON o.network = w.network
WHERE w.night = (SELECT max(night) FROM mart_early_warnings)
ORDER BY w.network, w.place
