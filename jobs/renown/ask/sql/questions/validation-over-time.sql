-- Do scores and momenta tell what comes as well as they used to?
SELECT network, measure, night, spearman, ndcg, top_lift
FROM mart_validation
WHERE predictor = measure
ORDER BY network, measure, night
