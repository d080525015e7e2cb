/** The report for other programs: times in UTC as ISO 8601, durations in seconds, places as path and line. */
import { formatTimestamp } from "../time-text.ts";
import type { Micros } from "../units.ts";
import type { Moment, Report, Told, ToldPlace, ToldSuspect } from "./report.ts";

export const reportAsJson = (report: Report): string => `${JSON.stringify(jsonOf(report), null, 2)}\n`;

function jsonOf(report: Report): unknown {
  const { title, summary, followUps, onset, searched, abstainedBecause, windows, suspects, moments, basis } = report;
  return {
    title,
    summary: summary.map(toldOf),
    onset: onset === null ? null : { ...onset, time: iso(onset.time), place: placeOf(onset.place) },
    searched,
    abstainedBecause,
    baseline: windows === null ? null : rangeOf(windows.baseline),
    incident: windows === null ? null : rangeOf(windows.incident),
    suspects: suspects.map((suspect, at) => suspectOf(suspect, at + 1)),
    timeline: moments.map(momentOf),
    followUps: followUps.map(toldOf),
    basis: {
      ...basis,
      from: basis.from === null ? null : iso(basis.from),
      to: basis.to === null ? null : iso(basis.to),
    },
  };
}

function suspectOf(suspect: ToldSuspect, rank: number): unknown {
  const { kind, service, object, title, confidence, since, evidence, missing, decision, why } = suspect;
  return {
    rank,
    kind,
    service,
    object,
    title,
    confidence,
    since: since === null ? null : iso(since),
    evidence: evidence.map((one) => ({ for: one.for, text: one.text, place: placeOf(one.place), pinned: one.pinned })),
    missing,
    decision,
    why: why === "" ? null : why,
  };
}

const toldOf = ({ text, more }: Told): unknown => ({ text, more: more === "" ? null : more });

const momentOf = ({ time, fromOnset, what, service, text, more, place }: Moment): unknown => ({
  time: iso(time),
  secondsFromOnset: fromOnset === null ? null : fromOnset / 1_000_000,
  what,
  service,
  text,
  more: more === "" ? null : more,
  place: placeOf(place),
});

/** Milliseconds, or microseconds where they say something. */
const iso = (time: number): string => formatTimestamp(time as Micros, 0, time % 1_000 === 0 ? 3 : 6);

const rangeOf = ({ from, to }: { readonly from: number; readonly to: number }): unknown => ({
  from: iso(from),
  to: iso(to),
});

const placeOf = (place: ToldPlace | null): unknown => (place === null ? null : { path: place.path, line: place.line });
