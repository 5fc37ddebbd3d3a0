-- Which stages of the nights took longest on average?
SELECT stage, avg(seconds) AS mean_seconds, max(seconds) AS most_seconds, sum(rows_read) AS rows_read
FROM mart_run_health
GROUP BY stage
ORDER BY mean_seconds DESC, stage
