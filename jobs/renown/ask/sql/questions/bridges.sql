-- Who carries posts from other communities into its own, and how many come to them that way?
SELECT b.network, l.handle, l.score, count(DISTINCT b.from_community_key) AS community_count,
       sum(b.post_count) AS post_count, sum(b.recipient_count) AS recipient_count,
       round(sum(b.credible_recipient_sum), 1) AS credible_recipient_sum
FROM mart_bridges b
JOIN mart_account_scores_latest l ON l.account_key = b.account_key
WHERE b.topic_id = '*'
GROUP BY b.network, l.handle, l.score
ORDER BY credible_recipient_sum DESC, b.network, l.handle
LIMIT 20
