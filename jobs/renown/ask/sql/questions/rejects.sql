-- Which share of the lines of each network was rejected, night by night?
SELECT night, network,
       1e2 * sum(CASE WHEN measure = 'rejected line' THEN measure_count ELSE 0 END)
             / nullif(sum(CASE WHEN measure = 'line' THEN measure_count ELSE 0 END), 0)
         AS rejected_percent
FROM mart_network_activity
GROUP BY night, network
ORDER BY night DESC, network
