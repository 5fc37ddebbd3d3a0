-- How much attention was loaded in each week, on working days and at weekends?
SELECT d.iso_year, d.iso_week, d.week_start_date, d.is_weekend, a.network,
       count(DISTINCT d.calendar_date) AS day_count, sum(a.measure_count) AS act_count
FROM mart_network_activity a
JOIN mart_dates d ON d.calendar_date = a.night
WHERE a.measure IN ('repost', 'quote', 'reply', 'mention', 'like', 'follow', 'list')
GROUP BY d.iso_year, d.iso_week, d.week_start_date, d.is_weekend, a.network
ORDER BY d.iso_year DESC, d.iso_week DESC, d.is_weekend, a.network
