// npm run eval -- DATA: opens every incident below DATA/incidents and prints what was made of it. Exits with 1 when a
// file was not recognised or a count differs from an independent one, with 2 on bad usage.
import { resolve } from "node:path";
import { buildIfStale } from "./build/build.mjs";
import { findIncidents } from "./eval/incidents.mjs";
import { openIncident } from "./eval/opening.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

const [data, ...rest] = process.argv.slice(2);
const incidents = data === undefined || rest.length > 0 ? [] : findIncidents(resolve(callersFolder(root), data));
if (incidents.length === 0) {
  process.stderr.write("Usage: npm run eval -- DATA, a folder that holds incidents/KIND/NAME/ with dumps in them.\n");
  process.exit(2);
}

await setUp();
await buildIfStale();

const columns = [24, 8, 10, 10, 8, 8, 8, 10, 8, 9];
const row = (cells) =>
  `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(columns[0]) : String(cell).padStart(columns[index] ?? 8))).join("")}\n`;

process.stdout.write("Opening: every unit of every file accounted for\n");
process.stdout.write(
  row(["incident", "sources", "read", "records", "dead", "skipped", "events", "anomalies", "traces", "seconds"]),
);
let faulty = 0;
for (const incident of incidents) {
  const { name, report, faults } = await openIncident(incident);
  const { totals } = report;
  const events = Object.values(report.events.bySource).reduce((sum, count) => sum + count, 0);
  process.stdout.write(
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
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) faulty += 1;
}
process.stdout.write(
  faulty === 0
    ? `All ${incidents.length} incidents add up.\n`
    : `${faulty} of ${incidents.length} incidents do not add up.\n`,
);
process.exitCode = faulty === 0 ? 0 : 1;
