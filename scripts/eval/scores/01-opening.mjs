// How much of every dump is read, and whether each unit of it is accounted for.
import { findIncidents } from "../incidents.mjs";
import { openIncident } from "../opening.mjs";

export const title = "Opening: every unit of every file accounted for";

const columns = [24, 8, 10, 10, 8, 8, 8, 10, 8, 9];
const row = (cells) =>
  `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(columns[0]) : String(cell).padStart(columns[index] ?? 8))).join("")}\n`;

/**
 * @param {string} data
 * @param {(text: string) => void} print
 * @returns {Promise<boolean>} whether all is as it must be
 */
export async function score(data, print) {
  const incidents = findIncidents(data);
  print(row(["incident", "sources", "read", "records", "dead", "skipped", "events", "anomalies", "traces", "seconds"]));
  let faulty = 0;
  for (const incident of incidents) {
    const { name, report, faults } = await openIncident(incident);
    const { totals } = report;
    const events = Object.values(report.events.bySource).reduce((sum, count) => sum + count, 0);
    print(
      row([
        name,
        report.sources.length,
        totals.read,
        totals.records,
        totals.deadLetters,
        totals.skipped,
        events,
        report.anomalies.length,
        report.traces.count,
        (report.durationMs / 1000).toFixed(2),
      ]),
    );
    for (const fault of faults) print(`  ${fault}\n`);
    if (faults.length > 0) faulty += 1;
  }
  print(
    faulty === 0
      ? `All ${incidents.length} incidents add up.\n`
      : `${faulty} of ${incidents.length} incidents do not add up.\n`,
  );
  return faulty === 0;
}
