/** Figures and spans of time as sentences show them. */
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from "../../../shared/units.ts";

/** "40 s", "8 min", "3 h". */
export function spanText(micros: number): string {
  const seconds = Math.abs(micros) / MICROS_PER_SECOND;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.abs(micros) / MICROS_PER_MINUTE;
  if (minutes < 100) return `${Math.round(minutes)} min`;
  return minutes < 60 * 48 ? `${Math.round(minutes / 6) / 10} h` : `${Math.round(minutes / 144) / 10} days`;
}

/** Three significant digits. */
export const figure = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));

export const list = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
