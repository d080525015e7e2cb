/** The forms that a report is written in, and the file names that ask for them. */
export const REPORT_FORMATS = ["markdown", "html", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const ENDINGS: readonly (readonly [ending: RegExp, format: ReportFormat])[] = [
  [/\.html?$/iu, "html"],
  [/\.json$/iu, "json"],
  [/\.(?:md|markdown)$/iu, "markdown"],
];

/** Null for a name that asks for none. */
export const formatOfName = (name: string): ReportFormat | null =>
  ENDINGS.find(([ending]) => ending.test(name))?.[1] ?? null;
