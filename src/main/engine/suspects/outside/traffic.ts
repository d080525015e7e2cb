/**
 * More traffic than before: the rate of requests rises where they enter, not later than it hurts. Where only a service
 * further in gets more of them, its callers ask more often (retries, queries in a loop), which is no cause from outside.
 */
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { Departure } from "../onset/departure.ts";
import type { Beginning } from "../onset.ts";
import type { MetricSignal } from "../signals.ts";
import { figure, list } from "../text.ts";
import type { OutsideCause } from "./outside-cause.ts";

const LEAST_RISE = 1.4;
/** A surge is seen in the rate at the latest when it is felt. */
const LATE = 3 * MICROS_PER_MINUTE;
const EARLY = 60 * MICROS_PER_MINUTE;
const AT_THE_DOOR = 3;
const EVERYWHERE = 1.5;
/** Of the services whose rate is known. */
const MOST_OF_THEM = 0.6;

export function trafficCause(
  { onset, departures, graph }: Beginning,
  metrics: readonly MetricSignal[],
): OutsideCause | null {
  if (onset === null) return null;
  const rises = departures.filter(
    ({ family, before, after, time }) =>
      family === "traffic" &&
      before > 0 &&
      after >= LEAST_RISE * before &&
      time <= onset.time + LATE &&
      time >= onset.time - EARLY,
  );
  const [first] = rises;
  if (first === undefined) return null;
  const risen = new Set(rises.map(({ service }) => service ?? ""));
  const isDoor = (service: string): boolean => graph.callers(service).size === 0;
  const measured = new Set(
    metrics.filter(({ name }) => rises.some(({ series }) => series === name)).map(({ service }) => service ?? ""),
  );
  const doors = [...measured].filter((service) => isDoor(service));
  const door = rises.find(
    ({ service }) => isDoor(service ?? "") && (graph.callees(service ?? "").size > 0 || doors.length === measured.size),
  );
  const isEverywhere = measured.size > 1 && risen.size >= MOST_OF_THEM * measured.size;
  if (door === undefined && !isEverywhere) return null;
  // Where nobody knows who calls whom, it may as well be asked by one of the others.
  const isSure = door !== undefined && (!graph.isEmpty || isEverywhere);
  const shown = door ?? first;
  const factors = [
    {
      logOdds: isSure ? AT_THE_DOOR : AT_THE_DOOR / 2,
      text: `${nameOf(shown)} rose from ${figure(shown.before)} to ${figure(shown.after)} (×${figure(shown.after / shown.before)}).`,
      place: shown.place,
      time: shown.time,
      series: shown.series,
    },
  ];
  if (isEverywhere && measured.size > 1)
    factors.push({
      logOdds: EVERYWHERE,
      text: `Traffic rose at ${risen.size} of ${measured.size} services alike: ${list([...risen].slice(0, 4))}.`,
      place: first.place,
      time: first.time,
      series: first.series,
    });
  return { object: "more traffic", service: shown.service, since: shown.time, factors };
}

const nameOf = ({ series, service }: Departure): string => (service === null ? series : `${series} of ${service}`);
