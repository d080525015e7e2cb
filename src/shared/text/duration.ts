/** Durations, from nanoseconds to days, in the unit that fits. */
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const digits = (value: number): string => {
  const size = Math.abs(value);
  const text = value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
  return text.includes(".") ? text.replace(/\.?0+$/u, "") : text;
};

/** 340 ns, 12.4 µs, 250 ms, 1.24 s, 2 m 11 s, 3 h 4 m, 2 d 5 h. */
export function formatDuration(micros: number): string {
  const size = Math.abs(micros);
  const sign = micros < 0 ? "−" : "";
  if (size === 0) return "0 s";
  if (size < 1) return `${sign}${Math.round(size * 1000)} ns`;
  if (size < 999.5) return `${sign}${digits(size)} µs`;
  if (size < 999_500) return `${sign}${digits(size / 1000)} ms`;
  if (size < 59.995 * SECOND) return `${sign}${digits(size / SECOND)} s`;
  return sign + twoUnits(size);
}

function twoUnits(size: number): string {
  const seconds = Math.round(size / SECOND);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), "m", seconds % 60, "s");
  const minutes = Math.round(size / MINUTE);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), "h", minutes % 60, "m");
  const hours = Math.round(size / HOUR);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** "+2 m 11 s", "−340 ms": a time seen from another. */
export function formatOffset(micros: number): string {
  return micros > 0 ? `+${formatDuration(micros)}` : formatDuration(micros);
}

export const DURATION = { second: SECOND, minute: MINUTE, hour: HOUR, day: DAY } as const;
