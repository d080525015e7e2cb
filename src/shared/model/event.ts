import type { Micros } from "../units.ts";
import type { FieldValue } from "./record.ts";
import type { Severity } from "./severity.ts";

export const EVENT_SOURCES = ["GIT", "CI", "LOGS", "METRICS", "TRACES", "MANUAL"] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** What an event is. A detector may name its own; these are the ones that the lanes know. */
export const EVENT_KINDS = [
  "commit",
  "deploy",
  "flag",
  "alert",
  "ci-run",
  "test-failure",
  "error-burst",
  "warning-burst",
  "metric-anomaly",
  "slow-trace",
  "failed-trace",
  "note",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Events that say of one record what it says itself: a list of records shows the record, and not both. */
export const KINDS_OF_ONE_RECORD: ReadonlySet<EventKind> = new Set<EventKind>([
  "commit",
  "deploy",
  "flag",
  "alert",
  "ci-run",
  "test-failure",
]);

/** Where in a source the evidence stands. */
export interface SourceReference {
  readonly sourceId: number;
  /** Bytes in the decoded stream. */
  readonly offset: number;
  readonly length: number;
  /** The record itself, when it is one. */
  readonly record: string | null;
}

/** What matters on the timeline: what we think of the records, or what a person noted. */
export interface IncidentEvent {
  readonly id: number;
  readonly time: Micros;
  /** Null for a moment. */
  readonly endTime: Micros | null;
  readonly source: EventSource;
  readonly kind: EventKind;
  readonly severity: Severity;
  readonly service: string | null;
  readonly title: string;
  readonly description: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly requestId: string | null;
  readonly correlationId: string | null;
  readonly reference: SourceReference | null;
  /** 0–1: how sure the detector is that this is what it says. */
  readonly confidence: number;
  /** Same detector, same records: same fingerprint. Unique in a case. */
  readonly fingerprint: string;
  readonly metadata: Readonly<Record<string, FieldValue>>;
  readonly tags: readonly string[];
}
export type NewEvent = Omit<IncidentEvent, "id">;

/** The lanes under the histogram, from top to bottom. */
export const LANES = ["changes", "ci", "alerts", "errors", "metrics", "traces", "notes"] as const;
export type Lane = (typeof LANES)[number];

export const LANE_OF_KIND: Readonly<Record<EventKind, Lane>> = {
  commit: "changes",
  deploy: "changes",
  flag: "changes",
  "ci-run": "ci",
  "test-failure": "ci",
  alert: "alerts",
  "error-burst": "errors",
  "warning-burst": "errors",
  "metric-anomaly": "metrics",
  "slow-trace": "traces",
  "failed-trace": "traces",
  note: "notes",
};
