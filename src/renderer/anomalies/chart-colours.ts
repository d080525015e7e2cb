/** The colours of the theme for the chart's canvas, read when it draws. */
export interface ChartColours {
  readonly curve: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly line: string;
  readonly accent: string;
  readonly accentGround: string;
  readonly good: string;
  readonly surface: string;
  readonly font: string;
  /** Of a severity. */
  readonly severity: (severity: string) => string;
}

export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    curve: read("--series"),
    text: read("--text"),
    text2: read("--text-2"),
    text3: read("--text-3"),
    line: read("--line"),
    accent: read("--accent"),
    accentGround: read("--accent-ground"),
    good: read("--good"),
    surface: read("--surface"),
    font: `11px ${read("--ui")}`,
    severity: (severity) => read(`--${severity.toLowerCase()}`),
  };
}
