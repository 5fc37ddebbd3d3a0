-- How much attention has to be earned for the top 1 % of the reference population of each network?
SELECT network, reference_version, min(step_start) AS earned_attention
FROM mart_reference_populations
WHERE measure = 'score' AND share <= 0.01
GROUP BY network, reference_version
ORDER BY network
