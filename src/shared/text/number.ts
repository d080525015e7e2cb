/** Numbers as an engineer reads them: grouped, with a unit, and no more digits than matter. */

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1,240 */
export const formatCount = (value: number): string => grouped.format(value);

/** "1 record", "1,240 records". */
export const formatCountOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

const COMPACT = [
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** 999, 1.2k, 45k, 1.2M: for badges and axes, where room is short. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  for (const [unit, suffix] of COMPACT) {
    // 999,950 would round to "1000k".
    if (size < unit * (unit === 1e3 ? 1 : 0.99995)) continue;
    const scaled = value / unit;
    return `${trimZeros(scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0))}${suffix}`;
  }
  return trimZeros(value.toFixed(size < 10 ? 2 : 1));
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);

/** At most four significant digits; very small and very large ones as powers of ten. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e12) return value.toExponential(2);
  if (size >= 1000) return grouped.format(value);
  return trimZeros(value.toPrecision(4));
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** 512 B, 1.4 MB: powers of a thousand, as disks and networks count. */
export function formatBytes(bytes: number): string {
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 999.5 && unit < BYTE_UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || scaled >= 99.95 ? 0 : 1;
  return `${trimZeros(scaled.toFixed(digits))} ${BYTE_UNITS[unit] ?? "B"}`;
}

export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** 62 %; never 100 % before it is whole. */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return "0 %";
  const percent = (part / whole) * 100;
  return `${percent >= 100 ? 100 : Math.floor(percent)} %`;
}
