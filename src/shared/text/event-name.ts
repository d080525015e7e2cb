/** How each kind of event is named wherever people read of it. */
import type { EventKind } from "../model/event.ts";

export const EVENT_NAME: Readonly<Record<EventKind, string>> = {
  commit: "Commit",
  deploy: "Deploy",
  flag: "Flag",
  alert: "Alert",
  "ci-run": "CI run",
  "test-failure": "Test failure",
  "error-burst": "Errors",
  "warning-burst": "Warnings",
  "metric-anomaly": "Anomaly",
  "slow-trace": "Slow trace",
  "failed-trace": "Failed trace",
  note: "Note",
};
