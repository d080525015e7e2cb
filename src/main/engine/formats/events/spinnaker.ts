/**
 * Executions of Spinnaker's pipelines as its API lists them, https://spinnaker.io/docs/reference/api/docs.html
 * (`/applications/NAME/pipelines`). Quirk: what was deployed stands in the trigger; an execution that is cancelled or
 * stopped half way has changed something too.
 */
import { Level } from "../../../../shared/model/level.ts";
import { SHA, shortSha } from "../support/events/change-object.ts";
import { arrayOf, firstOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const STATUSES = new Set(
  "NOT_STARTED RUNNING PAUSED SUSPENDED SUCCEEDED FAILED_CONTINUE TERMINAL CANCELED REDIRECT STOPPED SKIPPED BUFFERED".split(
    " ",
  ),
);
const FAILED = new Set(["TERMINAL", "FAILED_CONTINUE", "STOPPED"]);

const statusOf = (object: JsonObject): string => textOf(object, ["status"]) ?? "";

/** The tag of the image, or the commit that the trigger came from. */
function versionOf(object: JsonObject): string | undefined {
  const trigger = objectOf(object, "trigger") ?? {};
  const build = objectOf(trigger, "buildInfo") ?? {};
  const commit = arrayOf(build, "scm").find(isObject);
  const sha = (commit && textOf(commit, ["sha1"])) ?? textOf(trigger, ["hash"]);
  return sha !== undefined && SHA.test(sha) ? sha : textOf(trigger, ["tag", "version"]);
}

function message(object: JsonObject): string {
  const by = textOf(objectOf(object, "trigger") ?? {}, ["user"]);
  const version = versionOf(object);
  const shown = version !== undefined && SHA.test(version) ? `(${shortSha(version)})` : version;
  const parts = ["deploy", textOf(object, ["application"]), shown, textOf(object, ["name"])];
  parts.push(statusOf(object).toLowerCase(), by === undefined ? undefined : `by ${by}`);
  return parts.filter((part) => part !== undefined).join(" ");
}

export default objectFormat({
  id: "spinnaker",
  title: "Spinnaker pipeline executions (JSON)",
  version: 1,
  unit: "element",
  what: "executions of pipelines of Spinnaker",
  confidence: 0.96,
  keys: ["stages"],
  matches: (object) =>
    textOf(object, ["application"]) !== undefined &&
    STATUSES.has(statusOf(object)) &&
    Array.isArray(object["stages"]) &&
    firstOf(object, ["startTime", "buildTime"]) !== undefined,
  message,
  read(object, times) {
    if (textOf(object, ["application"]) === undefined)
      return { reason: "no-application", message: "the execution names no application" };
    const time = times.first(object, ["startTime", "buildTime"]);
    return {
      kind: "deploy",
      time,
      duration: times.between(time, times.first(object, ["endTime"])),
      level: FAILED.has(statusOf(object)) ? Level.error : Level.none,
      service: textOf(object, ["application"]) ?? null,
      message: message(object),
      name: versionOf(object) ?? textOf(object, ["name"]),
    };
  },
});
