-- How long did each night take, and how many rows did it read and write?
SELECT night, sum(seconds) AS seconds, sum(rows_read) AS rows_read, sum(rows_written) AS rows_written
FROM mart_run_health
GROUP BY night
ORDER BY night DESC
