-- At which three hours of the week should an account post, by its audience's clock and in UTC, and what may it expect beyond its present habit?
SELECT h.place, h.post_weekday, h.post_hour, h.utc_weekday, h.utc_hour, round(100 * h.expected_gain_share) AS percent_more, round(h.audience_ratio, 2) AS audience_ratio
FROM mart_posting_hours h
JOIN mart_account_scores_latest a ON a.account_key = h.account_key
WHERE h.topic_id = '*' AND h.network = 'bluesky' AND a.handle = 'alice.example' AND h.place <= 3
ORDER BY h.place
