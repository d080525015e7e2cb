/** Colours of the theme for canvases, which cannot read custom properties themselves. */
import { SEVERITIES, type Severity } from "../../shared/model/severity.ts";

export interface Palette {
  readonly severity: Readonly<Record<Severity, string>>;
  readonly surface: string;
  readonly floating: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly accent: string;
  readonly accentGround: string;
  readonly change: string;
  readonly flag: string;
  readonly note: string;
  readonly good: string;
  readonly series: string;
  readonly font: string;
  readonly smallFont: string;
}

const known = new Map<string, Palette>();

/** Colours of a theme, read when it is first on screen. */
export function paletteOf(theme: string): Palette {
  const palette = known.get(theme) ?? readPalette(getComputedStyle(document.documentElement));
  known.set(theme, palette);
  return palette;
}

function readPalette(style: CSSStyleDeclaration): Palette {
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const severity = Object.fromEntries(SEVERITIES.map((one) => [one, value(`--${one.toLowerCase()}`)]));
  return {
    severity: severity as Record<Severity, string>,
    surface: value("--surface"),
    floating: value("--floating"),
    line: value("--line"),
    lineStrong: value("--line-strong"),
    text: value("--text"),
    text2: value("--text-2"),
    text3: value("--text-3"),
    accent: value("--accent"),
    accentGround: value("--accent-ground"),
    change: value("--change"),
    flag: value("--flag"),
    note: value("--note"),
    good: value("--good"),
    series: value("--series"),
    font: `${value("--size-data")} ${value("--ui")}`,
    smallFont: `${value("--size-small")} ${value("--ui")}`,
  };
}
