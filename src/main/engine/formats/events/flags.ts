/**
 * Changes of feature flags as a JSON array or object. There is no standard; quirk: the change is written as
 * `"off->on"`, as an old and a new value, or as the state alone.
 */
import { Level } from "../../../../shared/model/level.ts";
import { scalarOf } from "../support/fields.ts";
import { firstOf, type JsonObject, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const FLAGS = [
  "flag",
  "flag_key",
  "flagKey",
  "flag_name",
  "flagName",
  "feature_flag",
  "feature",
  "featureName",
  "toggle",
];
const NAMES = [...FLAGS, "name", "key"];
const TIMES = [
  "timestamp",
  "time",
  "changed_at",
  "changedAt",
  "updated_at",
  "updatedAt",
  "date",
  "at",
  "created_at",
  "createdAt",
];
const OLD = ["old", "old_value", "oldValue", "from", "before", "previous"];
const NEW = ["new", "new_value", "newValue", "to", "after", "value", "enabled", "state", "variation"];
const ACTORS = ["actor", "user", "changed_by", "changedBy", "createdBy", "author", "by"];

const shown = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(scalarOf(value));
};

function changeOf(object: JsonObject): string | undefined {
  const change = textOf(object, ["change", "transition", "titleVerb"]);
  if (change !== undefined) return change;
  const after = firstOf(object, NEW);
  const before = firstOf(object, OLD);
  if (after === undefined && before === undefined) return textOf(object, ["action", "titleVerb", "kind", "type"]);
  if (before === undefined) return shown(after);
  return `${shown(before)}->${after === undefined ? "none" : shown(after)}`;
}

function message(object: JsonObject): string {
  const parts = ["flag", textOf(object, NAMES), changeOf(object)];
  const service = textOf(object, ["service", "app", "project"]);
  if (service !== undefined) parts.push(`on ${service}`);
  const actor = textOf(object, ACTORS);
  if (actor !== undefined) parts.push(`by ${actor}`);
  return parts.filter((part) => part !== undefined).join(" ");
}

export default objectFormat({
  id: "flags",
  title: "Feature flag changes (JSON)",
  version: 2,
  unit: "element",
  what: "changes of feature flags",
  confidence: 0.95,
  keys: [...FLAGS, "name", "key"],
  matches: (object) =>
    changeOf(object) !== undefined &&
    firstOf(object, TIMES) !== undefined &&
    (textOf(object, FLAGS) !== undefined ||
      (textOf(object, ["name", "key"]) !== undefined &&
        firstOf(object, ["change", ...OLD, "enabled", "titleVerb"]) !== undefined)) &&
    firstOf(object, ["message", "msg", "level", "severity", "span_id", "spanId"]) === undefined,
  message,
  read(object, times) {
    const name = textOf(object, NAMES);
    if (name === undefined) return { reason: "no-flag", message: "the change names no flag (flag, name, key)" };
    return {
      kind: "flag",
      time: times.first(object, TIMES),
      level: Level.none,
      service: textOf(object, ["service", "app", "project"]) ?? null,
      message: message(object),
      name,
    };
  },
});
