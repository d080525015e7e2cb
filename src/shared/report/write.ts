/** A report in each of its forms. */
import type { ReportFormat } from "./formats.ts";
import { reportAsHtml } from "./html.ts";
import { reportAsJson } from "./json.ts";
import { reportAsMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";

export const writeReport: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  markdown: reportAsMarkdown,
  html: reportAsHtml,
  json: reportAsJson,
};
