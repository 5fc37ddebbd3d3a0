-- Which leaders of a topic reach much the same people, so that asking both adds little?
SELECT o.network, o.topic_id, a.handle, b.handle AS other, o.shared_count, round(o.shared_share, 2) AS shared_share
FROM mart_audience_overlaps o
JOIN mart_account_scores_latest a ON a.account_key = o.account_key
JOIN mart_account_scores_latest b ON b.account_key = o.other_key
ORDER BY o.shared_share DESC, o.network, o.topic_id, o.account_key, o.other_key
LIMIT 20
