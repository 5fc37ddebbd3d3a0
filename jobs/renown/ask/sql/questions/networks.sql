-- Which networks are there, since when, and what do their dumps tell?
SELECT network, first_night, last_night, night_count, line_count,
       round(1e2 * rejected_count / nullif(line_count, 0), 2) AS rejected_percent, account_count,
       scored_count, has_follows, has_likes
FROM mart_networks
WHERE line_count > 0
ORDER BY network
