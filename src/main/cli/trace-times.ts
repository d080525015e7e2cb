/** Times of a trace in the unit that its source writes, exact whatever their size. */
import type { Span } from "../../shared/model/trace.ts";

const TIME_UNITS = ["ns", "us", "ms", "s"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];
const NANOS: Readonly<Record<TimeUnit, bigint>> = { ns: 1n, us: 1_000n, ms: 1_000_000n, s: 1_000_000_000n };

export interface TraceTimes {
  readonly unit: TimeUnit;
  /** Of a moment in nanoseconds after the start of the first span. */
  readonly moment: (nanosAfterFirst: number) => bigint;
  /** A duration in microseconds, rounded down to whole units. */
  readonly duration: (micros: number) => bigint;
  readonly startOf: (span: Span) => bigint;
}

/** The coarsest unit in which the source's decimals, and every start and duration, are whole. `spans` come by start. */
export function traceTimes(spans: readonly Span[]): TraceTimes {
  const unit = unitOf(spans);
  const scale = NANOS[unit];
  const [first] = spans;
  const epoch = first === undefined ? 0n : nanosOf(first);
  return {
    unit,
    moment: (nanos) => (epoch + BigInt(Math.round(nanos))) / scale,
    duration: (micros) => BigInt(Math.round(micros * 1_000)) / scale,
    startOf: (span) => nanosOf(span) / scale,
  };
}

const nanosOf = ({ start, nanos }: Span): bigint => BigInt(Math.floor(start)) * 1_000n + BigInt(nanos);

function unitOf(spans: readonly Span[]): TimeUnit {
  const digits = spans.reduce((most, span) => Math.max(most, span.digits), 0);
  let unit = digits > 6 ? 0 : digits > 3 ? 1 : digits > 0 ? 2 : 3;
  for (const span of spans) {
    const duration = BigInt(Math.round(span.duration * 1_000));
    const isWhole = (at: number): boolean => {
      const scale = NANOS[TIME_UNITS[at] ?? "ns"];
      return duration % scale === 0n && nanosOf(span) % scale === 0n;
    };
    while (unit > 0 && !isWhole(unit)) unit -= 1;
  }
  return TIME_UNITS[unit] ?? "ns";
}
