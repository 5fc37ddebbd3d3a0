-- Who is most often the largest source of other accounts' influence?
SELECT network, source_key, max(source_handle) AS source_handle, count(*) AS account_count,
       avg(influence_share) AS mean_share
FROM mart_top_sources
WHERE place = 1
GROUP BY network, source_key
ORDER BY account_count DESC, source_key
LIMIT 20
