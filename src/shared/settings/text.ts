/** Values of settings as people type them: in the environment, on the command line, in a field; and as they are shown. */
import type { SettingKind, SettingValue } from "./value.ts";

/** What the text stands for; text that is no such value comes back as it is, to be refused by its schema. */
export function settingFromText({ kind }: { readonly kind: SettingKind }, text: string): unknown {
  const trimmed = text.trim();
  if (kind === "text") return trimmed;
  if (kind === "number") return numberFrom(trimmed);
  const parts = trimmed.replace(/^\[(?<inside>.*)\]$/u, "$<inside>").split(",");
  return parts.map((part) => numberFrom(part.trim()));
}

/** The text that {@link settingFromText} reads back. */
export const settingToText = (value: SettingValue): string =>
  typeof value === "string" ? value : [value].flat().join(",");

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const numberFrom = (text: string): unknown => (DECIMAL.test(text) ? Number(text) : text);

export const showNumber = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 6 });

/** "500 / 1,000 / 5,000 ms". */
export function showSetting(value: SettingValue, unit: string | undefined): string {
  const shown = typeof value === "string" ? value : [value].flat().map(showNumber).join(" / ");
  return unit === undefined ? shown : `${shown} ${unit}`;
}
