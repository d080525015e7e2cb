/**
 * When a command printed what it found: its output says what is true now, and mostly not when that was. The file's last
 * change tells it, unless a line of `date` stands above.
 */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { ParseOptions, RecordSink } from "../../format.ts";

const UNITS: Readonly<Record<string, number>> = { y: 31_536_000, d: 86_400, h: 3_600, m: 60, s: 1 };
const AGE = /^(?:\d+[ydhms])+(?=\s|$)/;

/** `2m3s`, `3d4h`, as Kubernetes tells how long ago something was. */
export const isAge = (text: string): boolean => AGE.test(text);

/** Seconds; 0 for what is no age. */
export const ageSeconds = (age: string): number =>
  [...(AGE.exec(age)?.[0] ?? "").matchAll(/(\d+)([ydhms])/g)].reduce(
    (sum, [, count, unit = "s"]) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );

/** The moment of the file's last change in whole seconds, `ago` seconds before it; null where that is not known. */
export function writtenAt({ now, isModified }: ParseOptions, ago = 0): Timestamp | null {
  if (isModified !== true) return null;
  const value = (Math.floor(now / MICROS_PER_SECOND) - ago) * MICROS_PER_SECOND;
  return isPlausibleTime(value) ? { micros: micros(value), nanos: 0, digits: 0 } : null;
}

/** Says once a source where the times of a snapshot came from, or why there are none. */
export function sayMoment(options: ParseOptions, sink: RecordSink, what: string): void {
  if (options.isModified === true)
    sink.warn("moment", `${what} state no time: it was taken from when the file was last changed.`);
  else sink.warn("no-time", `${what} state no time, and when the file was written is not known: they have none.`);
}
