/** Offsets of IANA zones, read from the system's own tables through Intl and remembered by the quarter of an hour. */

const MS_PER_QUARTER = 900_000;
const MS_PER_MINUTE = 60_000;

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Milliseconds that a zone's clocks are ahead of UTC at a moment. Throws a RangeError for a name that is no zone's. */
export function zoneClock(zone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (epochMs) => {
    const at = Math.floor(epochMs / 1_000) * 1_000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
}

interface ZoneTable {
  readonly offsetAt: (epochMs: number) => number;
  readonly offsets: Map<number, number>;
}
const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known !== undefined) return known;
  const table = { offsetAt: zoneClock(zone), offsets: new Map<number, number>() };
  tables.set(zone, table);
  return table;
}

/** Minutes that a zone's clocks are ahead of UTC at a moment. */
export function offsetMinutes(epochMs: number, zone: string): number {
  if (zone === "UTC") return 0;
  const { offsetAt, offsets } = tableOf(zone);
  // Every change of offset of the last century falls on a quarter of an hour.
  const quarter = Math.floor(epochMs / MS_PER_QUARTER);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const minutes = Math.round(offsetAt(quarter * MS_PER_QUARTER) / MS_PER_MINUTE);
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(quarter, minutes);
  return minutes;
}

/** "UTC", "UTC+2", "UTC−3:30". */
export function offsetLabel(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** A short name of the zone for the title bar: "UTC", "Berlin", "New York". */
export function zoneLabel(zone: string): string {
  const city = zone.split("/").at(-1) ?? zone;
  return city.replaceAll("_", " ");
}
