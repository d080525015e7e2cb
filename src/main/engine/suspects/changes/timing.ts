/**
 * How well the moment of a change fits. What a change breaks shows soon after: delays are taken from a mixture of two
 * exponential distributions (most within minutes, some within hours, a tenth whenever), against chance, which would put
 * a change anywhere. A change after the onset cannot have caused it.
 */
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { Departure } from "../onset/departure.ts";
import type { Beginning } from "../onset.ts";
import { figure, spanText } from "../text.ts";
import type { Candidate } from "./candidate.ts";
import type { Factor } from "./factor.ts";

const SOON = { share: 0.7, mean: 6 * MICROS_PER_MINUTE };
const LATER = { share: 0.2, mean: 60 * MICROS_PER_MINUTE };
const WHENEVER = 0.1;
/** Over which chance would spread changes: a working shift. */
const CHANCE = 360 * MICROS_PER_MINUTE;
/** Clocks of different machines, and the minute in which a metric is written. */
const SLACK = 60_000_000;
/** Odds of a change that came afterwards. */
const IMPOSSIBLE = -12;
const STEP_AT_CHANGE = 1.2;
/** Something else had moved already. */
const MOVED_BEFORE = -1;
/** When only the moment is known at which it was written, it may have come into use at any later one. */
const WRITTEN_ONLY = -0.7;

export const isAfterOnset = (candidate: Candidate, { onset, slack }: Beginning): boolean =>
  onset !== null && candidate.time > onset.time + slack;

export function timingOf(candidate: Candidate, beginning: Beginning): Factor[] {
  const { onset } = beginning;
  if (onset === null) return [];
  const { time, by, change } = candidate;
  const place = (by ?? change).place;
  if (isAfterOnset(candidate, beginning)) {
    const text = `It came into use ${spanText(time - onset.time)} after it began: too late to be the cause.`;
    return [{ logOdds: IMPOSSIBLE, text, place, time }];
  }
  const own = beginning.departures.filter(({ service }) => concerns(candidate, beginning, service));
  const sign = own.find((departure) => departure.time >= time - Math.max(SLACK, departure.step));
  const until = Math.min(sign?.time ?? onset.time, onset.time);
  const delay = Math.max(0, until - time);
  const what = sign === undefined || sign.time >= onset.time ? "it began" : `${sign.series} moved`;
  const factors: Factor[] = [
    {
      logOdds: delayOdds(delay) + (candidate.activation === "written" ? WRITTEN_ONLY : 0),
      text: `${howActivated(candidate)} ${delay < SLACK ? "as" : `${spanText(delay)} before`} ${what}.`,
      place,
      time,
    },
  ];
  const step = own.find(
    (departure) =>
      candidate.services.includes(departure.service ?? "") &&
      !departure.isSymptom &&
      departure.size >= CLEAR &&
      Math.abs(departure.time - time) <= Math.max(SLACK, departure.step),
  );
  if (step !== undefined) factors.push(stepped(step));
  const before = own.find(
    (departure) =>
      (departure.isSymptom || departure.size >= CLEAR) && departure.time < time - Math.max(SLACK, 2 * departure.step),
  );
  if (before !== undefined && step === undefined)
    factors.push({
      logOdds: MOVED_BEFORE,
      text: `${before.series}${before.service === null ? "" : ` of ${before.service}`} had moved ${spanText(time - before.time)} earlier.`,
      place: before.place,
      time: before.time,
      series: before.series,
    });
  return factors;
}

const CLEAR = 6;

function stepped({ series, service, before, after, place, time }: Departure): Factor {
  const who = service === null ? "" : ` of ${service}`;
  return {
    logOdds: STEP_AT_CHANGE,
    text: `${series}${who} went from ${figure(before)} to ${figure(after)} at that moment.`,
    place,
    time,
    series,
  };
}

/** Signs are looked for where the change was made and where it hurts first. */
function concerns({ services }: Candidate, { onset, hurt }: Beginning, service: string | null): boolean {
  if (service === null) return false;
  return services.includes(service) || service === onset?.service || (services.length === 0 && hurt.has(service));
}

function delayOdds(delay: number): number {
  const density = (part: { share: number; mean: number }): number =>
    (part.share / part.mean) * Math.exp(-delay / part.mean);
  return Math.log((density(SOON) + density(LATER) + WHENEVER / CHANCE) * CHANCE);
}

function howActivated({ activation, by, services }: Candidate): string {
  const where = by?.service ?? services[0];
  const on = where === undefined ? "" : ` on ${where}`;
  if (activation === "deployed") return `Deployed${on}`;
  if (activation === "carried") return `Came along with a deploy${on}`;
  if (activation === "flag") return `Switched${on}`;
  return "Committed";
}
