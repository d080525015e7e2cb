/** An analysis as a person reads it in a terminal. */
import type { Analysis } from "./analysis.ts";
import { printable } from "./printable.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

const SHOWN_ANOMALIES = 10;

export async function printAnalysis(analysis: Analysis, terminal: Terminal): Promise<void> {
  const { sources, totals, events, anomalies, traces } = analysis;
  const header = ["source", "format", "read", "records", "dead letters", "skipped", "events", "from", "to"];
  const rows = sources.map((source) => [
    source.path,
    source.format ?? source.state,
    source.read,
    source.records,
    source.deadLetters,
    source.skipped,
    source.events,
    source.from,
    source.to,
  ]);
  await terminal.print(table(header, rows));
  for (const { path, messages, skippedWhy, deadLettersDropped } of sources) {
    if (deadLettersDropped > 0) {
      const dropped = deadLettersDropped.toLocaleString("en-US");
      await terminal.print(`  ${printable(`${path}: ${dropped} dead letters are counted and not kept`)}\n`);
    }
    for (const message of messages) await terminal.print(`  ${printable(`${path}: ${message}`)}\n`);
    const why = Object.entries(skippedWhy).map(([reason, count]) => `${count.toLocaleString("en-US")} ${reason}`);
    if (why.length > 0) await terminal.print(`  ${printable(`${path}: skipped ${why.join(", ")}`)}\n`);
  }
  const number = (value: number): string => value.toLocaleString("en-US");
  const list = (counted: Readonly<Record<string, number>>): string =>
    Object.entries(counted)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${number(count)} ${name}`)
      .join(", ") || "none";
  const lines = [
    "",
    `${number(totals.records)} records + ${number(totals.deadLetters)} dead letters + ${number(totals.skipped)} skipped = ${number(totals.read)} read`,
    `events     ${list(events.bySeverity)} (${list(events.bySource)})`,
    `traces     ${number(traces.count)}, ${number(traces.slow)} slow, ${number(traces.failed)} failed`,
    `anomalies  ${number(anomalies.length)}`,
  ];
  await terminal.print(`${lines.join("\n")}\n`);
  const strongest = anomalies.toSorted((a, b) => b.score - a.score).slice(0, SHOWN_ANOMALIES);
  if (strongest.length === 0) return;
  const shown = strongest.map(({ time, severity, service, series, score }) => [time, severity, service, series, score]);
  await terminal.print(`\n${table(["time", "severity", "service", "series", "score"], shown)}`);
}
