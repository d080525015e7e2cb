/**
 * Whose logs changed, where logs belong to no trace: errors that came or grew beyond their usual ups and downs, and
 * templates whose share of a service's lines changed.
 */
import { firstAtLeast } from "../../series/time-list.ts";
import { Level } from "../../../../shared/model/level.ts";
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import { joined } from "../../series/joined.ts";
import type { LogSignal, Windows } from "../signals.ts";
import { shareShift } from "./likelihood.ts";
import { Stretches } from "./stretches.ts";

export interface LogChange {
  /** Whose it is: the service that wrote it, or another that it names as failing. */
  readonly service: string;
  readonly log: LogSignal;
  readonly isError: boolean;
  /** Whether the line names the service, and another wrote it. */
  readonly isNamed: boolean;
  /** Records a minute. */
  readonly before: number;
  readonly during: number;
  readonly nats: number;
  /** How much of it is about the service: a line may speak of several, or of nobody by name. */
  readonly share: number;
  readonly time: number;
}

/** Fewer records of a kind are an accident. */
const LEAST_RECORDS = 3;
/** Shorter names of services are words. */
const LEAST_NAME = 4;
/** Stretches of the reference that rates are held against. */
const MOST_STRETCHES = 256;
/** Lines that tell of no failure speak less than those that do. */
const QUIET_WEIGHT = 0.4;

export function logChanges(logs: readonly LogSignal[], windows: Windows, services: readonly string[]): LogChange[] {
  const free = logs.filter(({ spans }) => spans === undefined);
  const times = joined(free.map((log) => log.times));
  if (times.length === 0) return [];
  const stretches = new Stretches(times, windows, MOST_STRETCHES);
  const minutes = (windows.incident.to - windows.incident.from) / MICROS_PER_MINUTE;
  const counted = free.map((log) => ({ log, counts: countsOf(log, stretches) }));
  const totals = new Map<string | null, Float64Array>();
  for (const { log, counts } of counted) {
    if (log.level >= Level.error) continue;
    const total = totals.get(log.service) ?? new Float64Array(stretches.count + 1);
    totals.set(
      log.service,
      total.map((sum, index) => sum + (counts[index] ?? 0)),
    );
  }
  const tests = Math.log(1 + free.length);
  return counted.flatMap(({ log, counts }) => {
    const total = totals.get(log.service) ?? new Float64Array(stretches.count + 1);
    const isError = log.level >= Level.error;
    const during = counts[stretches.count] ?? 0;
    const before = counts.reduce((sum, count) => sum + count, 0) - during;
    if (Math.max(during, before) < LEAST_RECORDS) return [];
    const nats = isError ? rateNats(counts) - tests : QUIET_WEIGHT * ((shareShift(counts, total)?.nats ?? 0) - tests);
    if (nats <= 0) return [];
    return failing(log, services).map(({ service, share }) => ({
      service,
      log,
      isError,
      isNamed: service !== log.service,
      before: before / Math.max(1, stretches.count) / minutes,
      during: during / minutes,
      nats,
      share,
      time: firstAtLeast(log.times, windows.incident.from) ?? windows.incident.from,
    }));
  });
}

/** Records by stretch; the last is the incident. */
function countsOf({ times }: LogSignal, stretches: Stretches): Float64Array {
  const counts = new Float64Array(stretches.count + 1);
  times.forEach((time) => {
    const stretch = stretches.of(time);
    if (stretch !== null) counts[stretch] = (counts[stretch] ?? 0) + 1;
  });
  return counts;
}

/** Log-likelihood ratio of a rate that rose against the busiest stretch of the reference. */
function rateNats(counts: Float64Array): number {
  const during = counts.at(-1) ?? 0;
  // Half a record more than was seen: what never happened may have been about to.
  const usual = counts.subarray(0, -1).reduce((most, count) => Math.max(most, count), 0) + 0.5;
  return during <= usual ? 0 : during * Math.log(during / usual) - (during - usual);
}

/**
 * Of whom a line speaks: who writes an error is often not who fails. Where the template leaves the name out, as it does
 * of a caller whose calls fail at several, each of those that its texts name has the share of the texts that name it.
 */
function failing(log: LogSignal, services: readonly string[]): { readonly service: string; readonly share: number }[] {
  const { service, level, template, texts = [] } = log;
  const own = service === null ? [] : [{ service, share: 1 }];
  if (level < Level.error) return own;
  const named = namedIn(template, service, services);
  if (named !== null) return [{ service: named, share: 1 }];
  const all = texts.map((text) => namedIn(text, service, services));
  if (all.length === 0 || all.some((name) => name === null))
    return service === null ? [] : [{ service, share: OF_A_CALL.test(template) ? UNNAMED : 1 }];
  return [...new Set(all)].flatMap((name) =>
    name === null ? [] : { service: name, share: all.filter((other) => other === name).length / all.length },
  );
}

/** Words of those who tell that a call failed, and so of somebody else. */
const OF_A_CALL =
  /upstream|downstream|remote|dependenc|bad gateway|gateway time|call(?:ing|s|ed)?\b.*\bfail|fail.*\bcall(?:ing|s|ed)?\b|status(?: code)?\W* 5\d\d|request failed/iu;
/** What stays of an error of a call at who writes it, where nobody is named. */
const UNNAMED = 0.6;

/** The longest name of another service in a text. */
function namedIn(said: string, service: string | null, services: readonly string[]): string | null {
  const text = said.toLowerCase();
  let longest: string | null = null;
  for (const name of services) {
    if (name === service || name.length < LEAST_NAME || name.length <= (longest?.length ?? 0)) continue;
    if (service !== null && service.includes(name)) continue;
    if (text.includes(name.toLowerCase())) longest = name;
  }
  return longest;
}
