/** What a row of `kubectl get`, `docker ps` or Helm says: of whom, how it is, and how grave that is. */
import { Level } from "../../../../../shared/model/level.ts";
import { LONGEST_ROW } from "./columns.ts";
import { workloadOfPod } from "../workload.ts";

export type Table = "kubectl" | "docker" | "helm-list" | "helm-history";

export interface Status {
  readonly kind: "log" | "deploy";
  /** As it is written, where a row has a time of its own. */
  readonly time: string | null;
  readonly level: Level;
  readonly service: string | null;
  readonly message: string;
  /** The version of a deploy. */
  readonly name?: string | undefined;
}

const HEADERS: readonly (readonly [Table, RegExp])[] = [
  ["kubectl", /^(?:NAMESPACE +)?NAME +(?=(?:[^ ]+ +)*AGE(?: |$))[A-Z][A-Z0-9 ():/-]*$/],
  ["docker", /^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS\b.*\bNAMES\s*$/],
  ["helm-history", /^REVISION\s+UPDATED\s+STATUS\s+CHART\b/],
  ["helm-list", /^NAME\s+NAMESPACE\s+REVISION\s+UPDATED\s+STATUS\s+CHART\b/],
];

/** What a line is the header of; null for a row. */
export const tableOf = (line: string): Table | null =>
  line.length > LONGEST_ROW ? null : (HEADERS.find(([, header]) => header.test(line))?.[0] ?? null);

/** States of Kubernetes in which something does not run that should. */
const FAILED =
  /CrashLoopBackOff|Error|OOMKilled|BackOff|ErrImage|InvalidImageName|Evicted|Failed|NotReady|Lost|DeadlineExceeded|Unknown|ContainerCannotRun|Degraded|OutOf/i;
const WAITING = /Pending|Creating|Terminating|Initializing|Init:|SchedulingDisabled|Unhealthy|Released|Progressing/i;
const ENDED = /^Completed|^Succeeded/;
const RATIO = /^(\d+)\/(\d+)$/;

/** Null for a row without a name. */
export function statusOf(table: Table, cells: ReadonlyMap<string, string>): Status | null {
  if (table === "kubectl") return kubernetesStatus(cells);
  if (table === "docker") return containerStatus(cells);
  return releaseStatus(cells);
}

function kubernetesStatus(cells: ReadonlyMap<string, string>): Status | null {
  const name = cells.get("NAME") ?? "";
  if (name === "" || /\s/.test(name) || (cells.get("AGE") ?? "") === "") return null;
  const status = cells.get("STATUS") ?? "";
  const ready = cells.get("READY") ?? "";
  const restarts = cells.get("RESTARTS") ?? "";
  const [, up, all] = RATIO.exec(ready) ?? [];
  const isShort = (up !== undefined && Number(up) < Number(all)) || ready === "False";
  const said = [
    status,
    ready === "" ? "" : `${ready} ready`,
    restarts === "" || restarts === "0" ? "" : `restarts ${restarts}`,
  ].filter((part) => part !== "");
  const level = FAILED.test(status)
    ? Level.error
    : WAITING.test(status) || (isShort && !ENDED.test(status))
      ? Level.warn
      : Level.info;
  const object = name.replace(/^[a-z.]+\//, "");
  const others = [...cells].flatMap(([key, value]) => (key === "NAME" || key === "NAMESPACE" ? [] : `${key} ${value}`));
  return {
    kind: "log",
    time: null,
    level,
    // Of what is no workload, only pods are named after the one that they belong to.
    service: cells.has("RESTARTS") ? workloadOfPod(object) : cells.has("ROLES") ? null : object,
    message: `${name}: ${(said.length > 0 ? said : others).join(", ")}`,
  };
}

function containerStatus(cells: ReadonlyMap<string, string>): Status | null {
  const status = cells.get("STATUS") ?? "";
  const name = cells.get("NAMES") ?? "";
  if (name === "" || status === "") return null;
  const exit = /^(?:Exited|Restarting) \((\d+)\)/.exec(status)?.[1];
  const isBad = (exit !== undefined && exit !== "0") || /^(?:Restarting|Dead)/.test(status);
  const isDoubtful = /\((?:unhealthy|Paused)\)|^(?:Created|Removal)/.test(status);
  return {
    kind: "log",
    time: null,
    level: isBad || status.includes("(unhealthy)") ? Level.error : isDoubtful ? Level.warn : Level.info,
    service: name,
    message: `${name}: ${status}, ${cells.get("IMAGE") ?? "no image"}`,
  };
}

function releaseStatus(cells: ReadonlyMap<string, string>): Status | null {
  const status = cells.get("STATUS") ?? "";
  const chart = cells.get("CHART") ?? "";
  const updated = cells.get("UPDATED") ?? "";
  const revision = cells.get("REVISION") ?? "";
  if (!/^\d+$/.test(revision) || status === "" || updated === "") return null;
  const service = cells.get("NAME") ?? chart.replace(/-v?\d+\..*$/, "");
  const said = cells.get("DESCRIPTION");
  return {
    kind: "deploy",
    // Go writes "2026-06-12 14:02:11.5 +0200 CEST": the offset says it.
    time: updated.replace(/ [A-Z]{2,5}$/, ""),
    level: status === "failed" ? Level.error : status.startsWith("pending") ? Level.warn : Level.none,
    service: service === "" ? null : service,
    name: cells.get("APP VERSION") ?? chart,
    message: `deploy ${chart} revision ${revision} ${status}${said === undefined ? "" : `: ${said}`}`,
  };
}
