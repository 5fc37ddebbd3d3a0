-- Which accounts are among the first ten of most topics?
SELECT network, account_key, max(handle) AS handle, count(*) AS topic_count
FROM mart_topic_leaders
WHERE place <= 10
GROUP BY network, account_key
ORDER BY topic_count DESC, account_key
LIMIT 20
