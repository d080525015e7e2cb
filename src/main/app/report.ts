/** For a start without anybody at the screen: says what was loaded and pictures the loaded window. */
import { rename, writeFile } from "node:fs/promises";
import type { BrowserWindow } from "electron";
import type { CallOutput, CaseInfo } from "../../shared/contract.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";

/** Some lines of plain text: the case in one, then one a source. */
export function summarise(info: CaseInfo, sources: CallOutput<"sources.list">): string {
  const lines = [
    `${info.title}: ${formatCountOf(info.sources, "source")}, ${formatCountOf(info.records, "record")}, ${formatCountOf(info.deadLetters, "dead letter")}, ` +
      `${formatCount(info.skipped)} skipped; ${formatCountOf(info.events, "event")}, ${formatCountOf(info.anomalies, "anomaly", "anomalies")}, ${formatCountOf(info.traces, "trace")}`,
  ];
  for (const source of sources) {
    const counts = `read ${formatCount(source.read)} = ${formatCountOf(source.records, "record")} + ${formatCountOf(source.deadLetters, "dead letter")} + ${formatCount(source.skipped)} skipped`;
    lines.push(`  ${source.path}  ${source.format ?? source.state}  ${counts}`);
    for (const message of source.messages) lines.push(`    ${message}`);
  }
  return lines.join("\n");
}

/** Pictures the window once it has painted; the file appears whole or not at all. */
export async function picture(window: BrowserWindow, file: string): Promise<void> {
  const image = await window.webContents.capturePage();
  const partial = `${file}.part`;
  await writeFile(partial, image.toPNG());
  await rename(partial, file);
}
