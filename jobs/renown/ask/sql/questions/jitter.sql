-- How much do scores move from night to night, beside the width of their intervals?
SELECT c.network, c.night, avg(abs(c.score_change)) AS mean_change,
       avg(s.score_high - s.score_low) AS mean_interval_width
FROM (SELECT DISTINCT network, account_key, night, score_change FROM mart_score_changes) c
JOIN mart_account_scores s ON s.account_key = c.account_key AND s.night = c.night
GROUP BY c.network, c.night
ORDER BY c.network, c.night
