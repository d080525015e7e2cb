/** Ticks of a time axis on round clocks of the shown zone, and round values of a value axis. */
import { DURATION } from "../../shared/text/duration.ts";
import { civil, formatClock, formatShortDate, fromCivil } from "../../shared/text/time.ts";
import type { TimeRange } from "../state/selection.ts";

export interface Tick {
  readonly time: number;
  readonly label: string;
  /** Begins a day (or, on wide axes, a year). */
  readonly strong: boolean;
}

const { second, minute, hour, day } = DURATION;
const ms = 1000;

/** Steps that divide their next larger unit. Days and longer go by the calendar. */
const STEPS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => n * ms),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
];
const DAY_STEPS: readonly number[] = [1, 2, 5, 10];
const MONTH_STEPS: readonly number[] = [1, 3, 6, 12, 24, 60, 120];
const MONTH = 30.4 * day;

/** @param most ticks that there is room for. */
export function timeTicks(window: TimeRange, most: number, zone: string): readonly Tick[] {
  const least = (window.to - window.from) / Math.max(1, most);
  const step = STEPS.find((one) => one >= least);
  if (step !== undefined) return clockTicks(window, step, zone);
  const days = DAY_STEPS.find((one) => one * day >= least);
  if (days !== undefined) return dayTicks(window, days, zone);
  return monthTicks(window, MONTH_STEPS.find((one) => one * MONTH >= least) ?? 120, zone);
}

function clockTicks(window: TimeRange, step: number, zone: string): readonly Tick[] {
  const ticks: Tick[] = [];
  const offsetAt = (time: number): number => civil(time, zone).offset * minute;
  let time = Math.ceil((window.from + offsetAt(window.from)) / step) * step - offsetAt(window.from);
  while (time < window.to) {
    ticks.push(clockTick(time, step, zone));
    const next = time + step;
    // Where the clocks change, the next round clock is nearer or farther.
    time = next + offsetAt(time) - offsetAt(next);
    if (time <= (ticks.at(-1)?.time ?? 0)) time = next;
  }
  return ticks;
}

function clockTick(time: number, step: number, zone: string): Tick {
  const { hour: h, minute: m, second: s, micros } = civil(time, zone);
  const midnight = h === 0 && m === 0 && s === 0 && micros === 0;
  if (midnight) return { time, label: formatShortDate(time, zone), strong: true };
  const digits = step < ms ? 6 : step < second ? 3 : 0;
  const clock = formatClock(time, zone, digits);
  return { time, label: step >= minute ? clock.slice(0, 5) : clock, strong: false };
}

function dayTicks(window: TimeRange, step: number, zone: string): readonly Tick[] {
  const ticks: Tick[] = [];
  const start = civil(window.from, zone);
  const clock = { hour: 0, minute: 0, second: 0, micros: 0 };
  for (let n = 0; ; n += 1) {
    const time = fromCivil({ ...clock, year: start.year, month: start.month, day: start.day + n }, zone);
    if (time >= window.to) return ticks;
    const date = civil(time, zone);
    if (time >= window.from && (date.day - 1) % step === 0 && (step === 1 || date.day <= 31 - step / 2)) {
      ticks.push({ time, label: formatShortDate(time, zone), strong: date.day === 1 });
    }
  }
}

function monthTicks(window: TimeRange, step: number, zone: string): readonly Tick[] {
  const ticks: Tick[] = [];
  const start = civil(window.from, zone);
  const first = start.year * 12 + start.month - 1;
  for (let months = Math.floor(first / step) * step; ; months += step) {
    const year = Math.floor(months / 12);
    const month = (months % 12) + 1;
    const time = fromCivil({ year, month, day: 1, hour: 0, minute: 0, second: 0, micros: 0 }, zone);
    if (time >= window.to) return ticks;
    if (time < window.from) continue;
    const name = formatShortDate(time, zone).split(" ")[1] ?? "";
    ticks.push({ time, label: month === 1 ? String(year) : name, strong: month === 1 });
  }
}

/** Round values from `least` to `most`, some `wanted` of them. */
export function valueTicks(least: number, most: number, wanted: number): readonly number[] {
  const span = most - least;
  if (!(span > 0) || wanted < 1) return [least];
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= raw) ?? 10);
  const ticks: number[] = [];
  for (let n = Math.ceil(least / step); n * step <= most + step * 1e-9; n += 1) ticks.push(n * step);
  return ticks;
}
