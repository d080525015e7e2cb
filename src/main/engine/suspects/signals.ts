/**
 * What suspects are found from: the case cut down to what can tell a cause from a symptom. `analysis/` gathers it from
 * the stored columns; everything in this room is pure and sees nothing else.
 */
import type { Times } from "../series/time-list.ts";
import type { Level } from "../../../shared/model/level.ts";
import type { Fields } from "../../../shared/model/record.ts";
import type { Micros } from "../../../shared/units.ts";

/** From `from` up to, not including, `to`. */
export interface TimeRange {
  readonly from: Micros;
  readonly to: Micros;
}

/** Where a person finds what is said: the record itself, or the first of several. */
export interface Place {
  readonly sourceId: number;
  /** Bytes in the decoded stream of the source. */
  readonly offset: number;
  /** "s12:40". */
  readonly record: string;
}

/** One series of samples in the order of time. `times` and `values` have the same length; NaN is a missing value. */
export interface MetricSignal {
  readonly service: string | null;
  readonly name: string;
  /** The machine or volume that it is about where it is about no service: "node ip-10-0-3-7". Absent is null. */
  readonly ground?: string | null | undefined;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Of the first sample. */
  readonly place: Place;
}

/** Log records of one service that say the same: one template at one level. */
export interface LogSignal {
  readonly service: string | null;
  readonly level: Level;
  /** Stable across runs; see `templates/`. */
  readonly templateId: string;
  readonly template: string;
  /** Microseconds, in the order of time. */
  readonly times: Times;
  /** The span in which each record was written: a row of the spans, 0xffffffff for none. Absent when none has one. */
  readonly spans?: Uint32Array | undefined;
  /** What a few of them say word for word: a template leaves out what differs. Absent where nobody read them. */
  readonly texts?: readonly string[] | undefined;
  /** Of the first record. */
  readonly place: Place;
}

/** Spans of all traces, one typed array a column, rows in the order of start. */
export interface SpanSignals {
  readonly count: number;
  readonly services: readonly string[];
  readonly operations: readonly string[];
  readonly start: Float64Array;
  /** Microseconds. */
  readonly duration: Float64Array;
  /** Microseconds in which no child of the span runs. */
  readonly self: Float64Array;
  /** Index into `services`, 0xffffffff for none. */
  readonly service: Uint32Array;
  /** Index into `operations`. */
  readonly operation: Uint32Array;
  /** Row of the parent, 0xffffffff for a root or an orphan. */
  readonly parent: Uint32Array;
  /** 1 for a span that failed. */
  readonly failed: Uint8Array;
  place(row: number): Place;
  spanId(row: number): string | null;
}

const CHANGE_KINDS = ["commit", "deploy", "flag", "config", "migration", "ci-run"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Something that people or machines did to the system. */
export interface ChangeSignal {
  readonly kind: ChangeKind;
  readonly time: Micros;
  readonly service: string | null;
  /** Sha, deploy id, flag name. */
  readonly object: string;
  readonly message: string;
  /** Everything the record says: author, files, diff, environment, region … */
  readonly fields: Fields;
  readonly place: Place;
}

/** Somebody or something said that it hurts. */
export interface AlertSignal {
  readonly time: Micros;
  readonly service: string | null;
  readonly message: string;
  readonly fields: Fields;
  readonly place: Place;
}

/** `caller` calls `callee`; from spans, from dependency files, or from both. */
export interface DependencySignal {
  readonly caller: string;
  readonly callee: string;
  /** Calls that were counted; null when the source only names the edge. */
  readonly calls: number | null;
}

export interface Signals {
  readonly metrics: readonly MetricSignal[];
  readonly logs: readonly LogSignal[];
  readonly spans: SpanSignals;
  readonly changes: readonly ChangeSignal[];
  readonly alerts: readonly AlertSignal[];
  readonly dependencies: readonly DependencySignal[];
}

/** What a few records of one kind say, word for word: the parameters that a template leaves out name what broke. */
export interface Quote {
  readonly service: string | null;
  readonly level: Level;
  /** Logs that were written, or errors of spans that failed. */
  readonly of: "log" | "span";
  /** The first ones that differ, message and fields in one text, at most {@link MOST_TEXTS}. */
  readonly texts: readonly string[];
  readonly first: Micros;
  readonly last: Micros;
  readonly count: number;
  /** Of the first record. */
  readonly place: Place;
}
export const MOST_TEXTS = 4;

/** A status page, or a person, says how something does. */
export interface StatusReport {
  readonly time: Micros;
  /** What it is about: "cluster-dns", "payments API". */
  readonly component: string | null;
  /** "degraded", "investigating", "operational". */
  readonly status: string;
  readonly message: string;
  readonly place: Place;
}

/** Signals, and the words that changes are held against. */
export interface CaseSignals extends Signals {
  readonly quotes: readonly Quote[];
  readonly reports: readonly StatusReport[];
}

/** The two stretches that are compared: how it was, and how it is when it hurts. */
export interface Windows {
  readonly baseline: TimeRange;
  readonly incident: TimeRange;
}

/** One reason for or against, that can be clicked. */
export interface Evidence {
  /** Whether it speaks for the suspect. */
  readonly for: boolean;
  /** A sentence with its figures: "own time of GET /pay rose from 12 ms to 480 ms (p50, 310 spans)". */
  readonly text: string;
  readonly place: Place | null;
  readonly spanId?: string | undefined;
  readonly series?: string | undefined;
  readonly time: Micros | null;
  /** 0–1: how much it weighs in the score, by the formula of docs/analysis.md. */
  readonly weight: number;
}

/** How likely one service is to be where it began. Every service of the case gets one. */
export interface ServiceBlame {
  readonly service: string;
  /** 0 upward; larger is more likely. Comparable within one case only. */
  readonly score: number;
  /** When its own behaviour changed first; null when it did not. */
  readonly since: Micros | null;
  /** The resource or metric that says so most, where there is one ("container_cpu"). */
  readonly resource: string | null;
  readonly evidence: readonly Evidence[];
}

const SUSPECT_KINDS = ["change", "service", "resource", "outside"] as const;
export type SuspectKind = (typeof SUSPECT_KINDS)[number];

/** A ranked candidate cause. */
export interface Suspect {
  readonly kind: SuspectKind;
  readonly service: string | null;
  /** Sha, deploy id, flag, metric, or what is outside. */
  readonly object: string | null;
  /** What was done, in its own words; null where nothing was. */
  readonly title: string | null;
  readonly score: number;
  /** 0–1, calibrated: of suspects with .8, about four of five are right. */
  readonly confidence: number;
  readonly since: Micros | null;
  readonly evidence: readonly Evidence[];
  /** What would have to be known to be surer, in sentences. */
  readonly missing: readonly string[];
}

export interface Onset {
  readonly time: Micros;
  /** 0–1. */
  readonly confidence: number;
  /** How it was found, in a sentence. */
  readonly reason: string;
  /** The first that failed; null when nobody can tell. */
  readonly service: string | null;
  readonly place: Place | null;
}

export interface Verdict {
  readonly onset: Onset | null;
  readonly windows: Windows | null;
  /** No change in this data explains it. */
  readonly abstained: boolean;
  /** Why, when it abstained; empty otherwise. */
  readonly abstainedBecause: string;
  readonly suspects: readonly Suspect[];
  /** Every service of the case, most likely first. */
  readonly services: readonly ServiceBlame[];
}
