/** Writes the report where the person says. The page names the text and not the file: it has no reach into the disk. */
import { writeFile } from "node:fs/promises";
import { dialog, type BrowserWindow, type FileFilter } from "electron";
import type { CallInput } from "../../shared/contract.ts";
import { formatOfName, REPORT_FORMATS, type ReportFormat } from "../../shared/report/formats.ts";
import { writeFailure } from "../engine/write-failure.ts";

const FILTERS: Readonly<Record<ReportFormat, FileFilter>> = {
  markdown: { name: "Markdown", extensions: ["md"] },
  html: { name: "Web page, for printing too", extensions: ["html"] },
  json: { name: "JSON", extensions: ["json"] },
};

/** Characters of a proposed name. */
const MOST_NAME = 100;

export async function saveReport(
  window: BrowserWindow,
  { name, format, texts }: CallInput<"app.saveReport">,
): Promise<string | null> {
  const [ending] = FILTERS[format].extensions;
  const answer = await dialog.showSaveDialog(window, {
    title: "Save the report",
    defaultPath: `${name.slice(0, MOST_NAME).replaceAll(/[^\p{L}\p{N}._ -]/gu, "-")}.${ending}`,
    filters: [FILTERS[format], ...REPORT_FORMATS.filter((other) => other !== format).map((other) => FILTERS[other])],
  });
  if (answer.canceled) return null;
  const { filePath } = answer;
  try {
    await writeFile(filePath, texts[formatOfName(filePath) ?? format]);
  } catch (thrown) {
    throw writeFailure(filePath, thrown);
  }
  return filePath;
}
