-- An anomaly tells where its series was expected, which need not lie evenly around the baseline.
-- Null where the method says nothing about values: data that is missing has none.
ALTER TABLE anomaly ADD COLUMN band_low REAL;
ALTER TABLE anomaly ADD COLUMN band_high REAL;
-- 1 when values are a counter's growth a second.
ALTER TABLE anomaly ADD COLUMN per_second INTEGER NOT NULL DEFAULT 0;

UPDATE anomaly
   SET band_low = baseline_mean - threshold * baseline_deviation,
       band_high = baseline_mean + threshold * baseline_deviation;
