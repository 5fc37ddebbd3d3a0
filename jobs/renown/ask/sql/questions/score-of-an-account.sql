-- What is the score of an account, how sure is it, and why is it what it is?
SELECT network, handle, score, score_low, score_high, momentum, place, explanation_en, explanation_es
FROM mart_account_scores_latest
WHERE network = 'bluesky' AND handle = 'alice.example'
ORDER BY account_key
