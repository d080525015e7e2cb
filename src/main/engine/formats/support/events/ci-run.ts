/** A run, a job or a check of GitHub Actions as a JSON object, in the API's spelling and in that of `gh run list --json`. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordInput } from "../../../../../shared/model/record.ts";
import { firstLine, repositoryOf, shortSha } from "./change-object.ts";
import type { FieldTimes } from "../objects/field-times.ts";
import { firstOf, isObject, type JsonObject, objectOf, textOf } from "../json/value.ts";

const SHAS = ["head_sha", "headSha"];
/** Each run has one of them. */
export const CI_RUN_KEYS: readonly string[] = SHAS;
const STARTS = ["run_started_at", "started_at", "startedAt", "created_at", "createdAt"];
/** A run has no end of its own, but nothing updates it later. */
const ENDS = ["completed_at", "completedAt", "updated_at", "updatedAt"];

const LEVELS: Readonly<Record<string, Level>> = {
  failure: Level.error,
  startup_failure: Level.error,
  cancelled: Level.warn,
  timed_out: Level.warn,
  action_required: Level.warn,
};

export const isCiRun = (object: JsonObject): boolean =>
  textOf(object, SHAS) !== undefined &&
  textOf(object, ["status"]) !== undefined &&
  Object.hasOwn(object, "conclusion") &&
  firstOf(object, STARTS) !== undefined;

function nameOf(object: JsonObject): string {
  const own = textOf(object, ["name", "workflowName", "workflow_name"]);
  const workflow = textOf(object, ["workflow_name"]);
  if (own !== undefined) return workflow === undefined || workflow === own ? own : `${workflow} / ${own}`;
  const commit = objectOf(object, "head_commit");
  const title = textOf(object, ["display_title", "displayTitle"]) ?? (commit && textOf(commit, ["message"]));
  return title === undefined ? "run" : firstLine(title);
}

const outcomeOf = (object: JsonObject): string => textOf(object, ["conclusion", "status"]) ?? "unknown";

export function ciRunMessage(object: JsonObject): string {
  const branch = textOf(object, ["head_branch", "headBranch"]);
  const sha = textOf(object, SHAS);
  const parts = ["CI", nameOf(object), outcomeOf(object)];
  if (branch !== undefined) parts.push(`on ${branch}`);
  if (sha !== undefined) parts.push(`(${shortSha(sha)})`);
  return parts.join(" ");
}

export function readCiRun(object: JsonObject, times: FieldTimes): RecordInput {
  const time = times.first(object, STARTS);
  const repository = firstOf(object, ["repository"]);
  const done = textOf(object, ["status"]) === "completed";
  return {
    kind: "ci-run",
    time,
    duration: done ? times.between(time, times.first(object, ENDS)) : undefined,
    level: LEVELS[outcomeOf(object)] ?? Level.info,
    service: (isObject(repository) ? textOf(repository, ["name"]) : undefined) ?? repositoryOf(object) ?? null,
    message: ciRunMessage(object),
    name: nameOf(object),
  };
}
