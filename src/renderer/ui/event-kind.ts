/** How each kind of event is named and pictured, in every view. */
import {
  ChartSpline,
  CircleAlert,
  CircleX,
  Flag,
  FlaskConical,
  GitCommitHorizontal,
  Hourglass,
  Pin,
  Rocket,
  Siren,
  TriangleAlert,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import { KINDS_OF_ONE_RECORD, type EventKind, type Lane } from "../../shared/model/event.ts";
import type { RecordKind } from "../../shared/model/record.ts";

export const EVENT_ICON: Readonly<Record<EventKind, LucideIcon>> = {
  commit: GitCommitHorizontal,
  deploy: Rocket,
  flag: Flag,
  alert: Siren,
  "ci-run": Workflow,
  "test-failure": FlaskConical,
  "error-burst": CircleAlert,
  "warning-burst": TriangleAlert,
  "metric-anomaly": ChartSpline,
  "slow-trace": Hourglass,
  "failed-trace": CircleX,
  note: Pin,
};

export const LANE_NAME: Readonly<Record<Lane, string>> = {
  changes: "Changes",
  ci: "CI",
  alerts: "Alerts",
  errors: "Errors",
  metrics: "Anomalies",
  traces: "Traces",
  notes: "Notes",
};

/** What stands in a lane, and when several of it are one mark. */
export const LANE_ABOUT: Readonly<Record<Lane, string>> = {
  changes: "Commits, deploys and flags",
  ci: "CI runs and failed tests",
  alerts: "Alerts that fired",
  errors: "Bursts of errors and warnings: alike ones are one mark",
  metrics: "Series that left their baseline: those of one service that begin together are one mark",
  traces: "Slow and failed traces",
  notes: "What people wrote down",
};

/** The event that a record stands for by itself, as a commit or a deploy does; null for a line, a span or a sample. */
export function eventKindOfRecord(kind: RecordKind): EventKind | null {
  for (const eventKind of KINDS_OF_ONE_RECORD) if (eventKind === kind) return eventKind;
  return null;
}
