-- Which accounts of several networks are one person's, and which of them scores highest?
SELECT person_key, round(person_score, 2) AS person_score, max_by(network, score) AS network,
       max_by(handle, score) AS handle, count(*) AS account_count
FROM mart_persons
GROUP BY person_key, person_score
ORDER BY person_score DESC, person_key
LIMIT 20
