// Stretches of metric series that left their baseline.
import type { Anomaly, NewAnomaly } from "../../../shared/model/anomaly.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import type { Connection } from "./sqlite.ts";

interface AnomalyRow {
  id: number;
  time: number;
  end_time: number;
  peak_time: number;
  service: string | null;
  series: string;
  method: string;
  score: number;
  threshold: number;
  severity: number;
  baseline_mean: number;
  baseline_deviation: number;
  band_low: number | null;
  band_high: number | null;
  peak_value: number;
  per_second: number;
  fingerprint: string;
}

/** Those that overlap the range, whose end is exclusive, gravest first. */
export function listAnomalies(db: Connection, from: number | null, to: number | null): readonly Anomaly[] {
  const rows = db
    .prepare<[number, number], AnomalyRow>(
      `SELECT *
         FROM anomaly
        WHERE end_time >= ?
          AND time < ?
        ORDER BY severity, score DESC, time, id`,
    )
    .all(from ?? Number.MIN_SAFE_INTEGER, to ?? Number.MAX_SAFE_INTEGER);
  return rows.map(anomalyOf);
}

function anomalyOf(row: AnomalyRow): Anomaly {
  return {
    id: row.id,
    time: micros(row.time),
    endTime: micros(row.end_time),
    peakTime: micros(row.peak_time),
    service: row.service,
    series: row.series,
    method: row.method,
    score: row.score,
    threshold: row.threshold,
    severity: SEVERITIES[row.severity] ?? "INFO",
    baselineMean: row.baseline_mean,
    baselineDeviation: row.baseline_deviation,
    bandLow: row.band_low,
    bandHigh: row.band_high,
    peakValue: row.peak_value,
    perSecond: row.per_second === 1,
    fingerprint: row.fingerprint,
  };
}

/** Ids stay where the fingerprint is the same. */
export function replaceAnomalies(db: Connection, anomalies: readonly NewAnomaly[], pass: number): void {
  const put = db.prepare(
    `INSERT INTO anomaly (time, end_time, peak_time, service, series, method, score, threshold, severity,
                          baseline_mean, baseline_deviation, band_low, band_high, peak_value, per_second, fingerprint,
                          pass)
     VALUES (:time, :end_time, :peak_time, :service, :series, :method, :score, :threshold, :severity,
             :baseline_mean, :baseline_deviation, :band_low, :band_high, :peak_value, :per_second, :fingerprint, :pass)
     ON CONFLICT (fingerprint) DO UPDATE
        SET time = excluded.time, end_time = excluded.end_time, peak_time = excluded.peak_time,
            service = excluded.service, series = excluded.series, method = excluded.method, score = excluded.score,
            threshold = excluded.threshold, severity = excluded.severity, baseline_mean = excluded.baseline_mean,
            baseline_deviation = excluded.baseline_deviation, band_low = excluded.band_low,
            band_high = excluded.band_high, peak_value = excluded.peak_value, per_second = excluded.per_second,
            pass = excluded.pass`,
  );
  for (const anomaly of anomalies) {
    put.run({
      time: Math.round(anomaly.time),
      end_time: Math.round(anomaly.endTime),
      peak_time: Math.round(anomaly.peakTime),
      service: anomaly.service,
      series: anomaly.series,
      method: anomaly.method,
      score: anomaly.score,
      threshold: anomaly.threshold,
      severity: severityRank(anomaly.severity),
      baseline_mean: anomaly.baselineMean,
      baseline_deviation: anomaly.baselineDeviation,
      band_low: anomaly.bandLow,
      band_high: anomaly.bandHigh,
      peak_value: anomaly.peakValue,
      per_second: anomaly.perSecond ? 1 : 0,
      fingerprint: anomaly.fingerprint,
      pass,
    });
  }
  db.prepare<[number]>(`DELETE FROM anomaly WHERE pass <> ?`).run(pass);
}
