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

interface ZoneTable {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}
const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known !== undefined) return known;
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
  const table = { format, offsets: new Map<number, number>() };
  tables.set(zone, table);
  return table;
}

/** Minutes that a zone's clocks are ahead of UTC at a moment. */
export function offsetMinutes(epochMs: number, zone: string): number {
  if (zone === "UTC") return 0;
  const { format, offsets } = tableOf(zone);
  // Every change of offset of the last century falls on a quarter of an hour.
  const quarter = Math.floor(epochMs / MS_PER_QUARTER);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const at = quarter * MS_PER_QUARTER;
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  const minutes = Math.round((local - at) / MS_PER_MINUTE);
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
