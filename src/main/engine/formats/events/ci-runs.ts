/**
 * Runs of other CI servers than GitHub's, as their APIs list them: GitLab pipelines and jobs
 * (https://docs.gitlab.com/api/pipelines/), Jenkins builds, Buildkite builds, CircleCI workflows, Azure DevOps builds.
 * Quirk: each has words of its own for an outcome; what is not known to have failed is told as it is written.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DurationMicros } from "../../../../shared/units.ts";
import { shortSha } from "../support/events/change-object.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import { firstOf, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const STARTS = ["started_at", "startTime", "timestamp", "created_at", "queueTime"];
const ENDS = ["finished_at", "finishTime", "stopped_at", "updated_at"];
const SHAS = ["sha", "commit", "sourceVersion"];
const BRANCHES = ["ref", "branch", "sourceBranch"];
const FAILED = /^(?:failed|failure|failing|error|errored|infrastructure_fail)$/i;
const UNDECIDED = /^(?:cancel(?:l?ed)?|aborted|unstable|timed_?out|partiallysucceeded|not_built)$/i;
const MILLISECOND = 1_000;

/** What only a run of each server has beside its outcome and its time. */
function isRun(object: JsonObject): boolean {
  const has = (...keys: readonly string[]): boolean => keys.every((key) => firstOf(object, [key]) !== undefined);
  if (outcomeOf(object) === undefined || firstOf(object, STARTS) === undefined) return false;
  const isGitLab = has("ref") && (has("sha", "web_url") || has("stage", "pipeline"));
  const isJenkins = has("number", "timestamp") && Object.hasOwn(object, "result") && has("url");
  const isBuildkite = has("pipeline", "number", "branch", "commit");
  return (
    isGitLab || isJenkins || isBuildkite || has("project_slug", "pipeline_number") || has("buildNumber", "definition")
  );
}

const outcomeOf = (object: JsonObject): string | undefined => textOf(object, ["result", "status", "state"]);

/** The repository or the definition that ran. */
function projectOf(object: JsonObject): string | undefined {
  const inner = ["pipeline", "definition", "project"].map((key) => objectOf(object, key));
  const named = inner.map((part) => part && textOf(part, ["slug", "name"])).find((name) => name !== undefined);
  const slug = textOf(object, ["project_slug"])?.split("/").at(-1);
  const address = textOf(object, ["web_url", "url"]) ?? "";
  const path = /\/([^/]+)\/-\/(?:pipelines|jobs)\//.exec(address)?.[1] ?? /\/job\/([^/]+)\/\d+\/?$/.exec(address)?.[1];
  return slug ?? path ?? named;
}

const nameOf = (object: JsonObject): string =>
  textOf(object, ["name"]) ?? textOf(objectOf(object, "definition") ?? {}, ["name"]) ?? projectOf(object) ?? "run";

function message(object: JsonObject): string {
  const parts = ["CI", nameOf(object), outcomeOf(object)?.toLowerCase()];
  const branch = textOf(object, BRANCHES)?.replace(/^refs\/heads\//, "");
  if (branch !== undefined) parts.push(`on ${branch}`);
  const sha = textOf(object, SHAS) ?? textOf(objectOf(object, "commit") ?? {}, ["id"]);
  if (sha !== undefined) parts.push(`(${shortSha(sha)})`);
  return parts.filter((part) => part !== undefined).join(" ");
}

function levelOf(object: JsonObject): Level {
  const outcome = outcomeOf(object) ?? "";
  if (FAILED.test(outcome)) return Level.error;
  return UNDECIDED.test(outcome) ? Level.warn : Level.info;
}

/** Jenkins writes milliseconds beside its start; the others write when they ended. */
function durationOf(object: JsonObject, times: FieldTimes): DurationMicros | undefined {
  if (Object.hasOwn(object, "result") && typeof object["timestamp"] === "number")
    return times.duration((numberOf(object["duration"]) ?? Number.NaN) * MILLISECOND);
  return times.between(times.first(object, STARTS), times.first(object, ENDS));
}

export default objectFormat({
  id: "ci-runs",
  title: "CI runs (GitLab, Jenkins, Buildkite, CircleCI, Azure DevOps)",
  version: 1,
  unit: "element",
  what: "runs of a CI server",
  confidence: 0.96,
  keys: ["ref", "result", "pipeline", "project_slug", "buildNumber"],
  matches: isRun,
  message,
  read: (object, times) => ({
    kind: "ci-run",
    time: times.first(object, STARTS),
    duration: durationOf(object, times),
    level: levelOf(object),
    service: projectOf(object) ?? null,
    message: message(object),
    name: nameOf(object),
  }),
});
