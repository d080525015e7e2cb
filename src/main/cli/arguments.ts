/** Values of options, checked where they enter. */
import { isPlausibleTime, micros, type Micros } from "../../shared/units.ts";
import { UsageError } from "./failure-exit.ts";

export function zoneArgument(zone: string): string {
  // The default is no reason to load all zones.
  if (zone === "UTC") return zone;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `The zone "${zone}" is not known; use a name of the IANA list such as "UTC" or "Europe/Berlin".`,
    );
  }
}

/** ISO 8601; without a zone it is UTC. */
const ISO =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d)?)(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d\d:?\d\d)?$/iu;

export function timeArgument(text: string): Micros {
  const { date, time = "00:00", fraction = "", zone = "Z" } = ISO.exec(text)?.groups ?? {};
  const seconds = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${colonZone(zone)}`) / 1_000;
  const value = seconds * 1_000_000 + Number(fraction.padEnd(9, "0").slice(0, 6));
  if (!isPlausibleTime(value) || !isDay(date ?? "")) {
    throw new UsageError(`"${text}" is no time; write it as 2026-03-01T14:02:10Z, with a zone or in UTC.`);
  }
  return micros(value);
}

/** "2026-02-30" would be the second of March. */
function isDay(date: string): boolean {
  const time = new Date(`${date}T00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}

const colonZone = (zone: string): string =>
  /^[+-]\d{4}$/u.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();

export function countArgument(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError(`"${text}" is no count; write a whole number.`);
  return value;
}
