-- On which nights did a network bring less than half of the night before?
WITH nights AS (
  SELECT night, network, sum(measure_count) AS accepted_count,
         lag(sum(measure_count)) OVER (PARTITION BY network ORDER BY night) AS accepted_before
  FROM mart_network_activity
  WHERE measure = 'accepted line'
  GROUP BY night, network)
SELECT night, network, accepted_count, accepted_before
FROM nights
WHERE accepted_count < 0.5 * accepted_before
ORDER BY night DESC, network
