-- Did past scores tell what came better than simpler predictors, as last judged?
SELECT v.network, v.measure, v.predictor, round(v.spearman, 3) AS spearman,
       round(v.advantage, 3) AS advantage,
       CASE WHEN v.advantage IS NULL THEN 'ours'
            WHEN v.advantage_low > 0 THEN 'ours is better'
            WHEN v.advantage_high < 0 THEN 'ours is worse'
            ELSE 'no clear difference' END AS verdict
FROM mart_validation v
JOIN (SELECT network, measure, max(night) AS night FROM mart_validation GROUP BY network, measure) last
  ON last.network = v.network AND last.measure = v.measure AND last.night = v.night
ORDER BY v.network, v.measure, v.spearman DESC, v.predictor
