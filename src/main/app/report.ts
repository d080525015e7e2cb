/** For a start without anybody at the screen: says what was loaded and pictures the loaded window. */
import { rename, writeFile } from "node:fs/promises";
import type { BrowserWindow } from "electron";
import type { CallOutput, CaseInfo } from "../../shared/contract.ts";

const number = new Intl.NumberFormat("en-US");
const plural = (count: number, noun: string): string => `${number.format(count)} ${noun}${count === 1 ? "" : "s"}`;

/** Some lines of plain text: the case in one, then one a source. */
export function summarise(info: CaseInfo, sources: CallOutput<"sources.list">): string {
  const lines = [
    `${info.title}: ${plural(info.sources, "source")}, ${plural(info.records, "record")}, ${plural(info.deadLetters, "dead letter")}, ` +
      `${number.format(info.skipped)} skipped; ${plural(info.events, "event")}, ${plural(info.anomalies, "anomaly").replace("anomalys", "anomalies")}, ${plural(info.traces, "trace")}`,
  ];
  for (const source of sources) {
    const counts = `read ${number.format(source.read)} = ${plural(source.records, "record")} + ${plural(source.deadLetters, "dead letter")} + ${number.format(source.skipped)} skipped`;
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
