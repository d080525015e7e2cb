/**
 * What Terraform says of a run as JSON lines (`terraform apply -json`),
 * https://developer.hashicorp.com/terraform/internals/machine-readable-ui. Quirk: a resource is named when its change begins
 * and when it is done; the second one is the change, all others are lines of a log.
 */
import { Level } from "../../../../shared/model/level.ts";
import { levelOfWord } from "../support/level.ts";
import { type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const SECOND = 1_000_000;
const DONE = new Set(["apply_complete", "apply_errored"]);
/** Actions that change nothing. */
const IDLE = new Set(["read", "noop", "open", "close"]);

const resourceOf = (object: JsonObject): JsonObject => objectOf(objectOf(object, "hook") ?? {}, "resource") ?? {};
const actionOf = (object: JsonObject): string => textOf(objectOf(object, "hook") ?? {}, ["action"]) ?? "";

const isChange = (object: JsonObject): boolean =>
  DONE.has(textOf(object, ["type"]) ?? "") && actionOf(object) !== "" && !IDLE.has(actionOf(object));

const message = (object: JsonObject): string =>
  isChange(object)
    ? `terraform ${actionOf(object)}: ${textOf(object, ["@message"]) ?? ""}`
    : (textOf(object, ["@message"]) ?? "");

export default objectFormat({
  id: "terraform-json",
  title: "Terraform runs (JSON lines)",
  version: 1,
  unit: "element",
  what: "lines of a run of Terraform",
  confidence: 0.96,
  keys: ["@module"],
  matches: (object) =>
    /^(?:terraform|tofu)\.ui$/.test(textOf(object, ["@module"]) ?? "") &&
    textOf(object, ["@timestamp"]) !== undefined &&
    textOf(object, ["type"]) !== undefined,
  message,
  read(object, times) {
    const time = times.of(object["@timestamp"]);
    const level = levelOfWord(textOf(object, ["@level"]) ?? "") ?? Level.none;
    if (!isChange(object)) {
      if (textOf(object, ["@message"]) === undefined)
        return { reason: "no-message", message: "the line has no @message, so it says nothing" };
      return { kind: "log", time, level, service: null, message: message(object) };
    }
    const resource = resourceOf(object);
    return {
      kind: "deploy",
      time,
      duration: times.duration((numberOf(objectOf(object, "hook")?.["elapsed_seconds"]) ?? Number.NaN) * SECOND),
      level: textOf(object, ["type"]) === "apply_errored" ? Level.error : Level.none,
      service: textOf(resource, ["resource_name"]) ?? null,
      message: message(object),
      name: textOf(resource, ["addr"]),
    };
  },
});
