/** Every setting in a flat list, read from the schema: its path, what is said of it, its default and its range in words. */
import { z } from "zod";
import { settingsSchema } from "../settings.ts";
import { ABOUT, type About } from "./about.ts";
import { showNumber } from "./text.ts";
import type { SettingKind, SettingValue } from "./value.ts";

export interface Setting extends About {
  /** "detection.burstGapSeconds". */
  readonly path: string;
  readonly keys: readonly string[];
  readonly kind: SettingKind;
  readonly default: SettingValue;
  /** Completes the sentence "it must be …". */
  readonly range: string;
  /** Of numbers. */
  readonly bounds: { readonly min: number; readonly max: number } | null;
  readonly schema: z.ZodType<SettingValue>;
}

export const SETTINGS: readonly Setting[] = leaves(settingsSchema, []);

const byPath = new Map(SETTINGS.map((setting) => [setting.path, setting]));
export const settingAt = (path: string): Setting | undefined => byPath.get(path);

export type Checked =
  | { readonly ok: true; readonly value: SettingValue }
  | { readonly ok: false; readonly why: string };

/** Whether a value may stand there; `why` is a sentence about the value alone. */
export function checkSetting(setting: Setting, value: unknown): Checked {
  const parsed = setting.schema.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, why: `It must be ${setting.range}.` };
}

function leaves(schema: z.core.$ZodType, keys: readonly string[]): readonly Setting[] {
  const about = ABOUT.get(schema);
  if (about !== undefined) return [settingOf(schema as z.ZodType<SettingValue>, keys, about)];
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) throw new Error(`the setting ${keys.join(".")} says nothing of itself`);
  return Object.entries(inner.shape as Record<string, z.core.$ZodType>).flatMap(([key, child]) =>
    leaves(child, [...keys, key]),
  );
}

function settingOf(schema: z.ZodType<SettingValue>, keys: readonly string[], about: About): Setting {
  const inner = unwrapped(schema);
  const first = inner instanceof z.ZodTuple ? inner.def.items[0] : inner;
  const number = first instanceof z.ZodNumber ? first : null;
  const bounds = number === null ? null : { min: number.minValue ?? -Infinity, max: number.maxValue ?? Infinity };
  const kind = inner instanceof z.ZodTuple ? "numbers" : number === null ? "text" : "number";
  return {
    ...about,
    path: keys.join("."),
    keys,
    kind,
    default: schema.parse(undefined),
    bounds,
    // Made when it is told: to show numbers costs a start a tenth of its time.
    get range() {
      return rangeOf(kind, bounds, { whole: number?.isInt ?? false, ...about });
    },
    schema,
  };
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? unwrapped(schema.def.innerType) : schema;
}

function rangeOf(
  kind: Setting["kind"],
  bounds: Setting["bounds"],
  { whole, unit, parts = [] }: Pick<About, "unit" | "parts"> & { readonly whole: boolean },
): string {
  if (bounds === null) return 'a zone of the IANA list such as "UTC" or "Europe/Berlin"';
  const span = `from ${showNumber(bounds.min)} to ${showNumber(bounds.max)}${unit === undefined ? "" : ` ${unit}`}`;
  if (kind === "numbers") return `${parts.length} numbers ${span}, none smaller than the one before`;
  return `${whole ? "a whole number" : "a number"} ${span}`;
}
