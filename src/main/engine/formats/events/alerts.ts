/**
 * Alerts as a JSON object or array: a monitor's own notification, Prometheus Alertmanager's webhook and API v2
 * (https://prometheus.io/docs/alerting/latest/clients/), PagerDuty's incidents
 * (https://developer.pagerduty.com/api-reference/), Opsgenie's alerts (https://docs.opsgenie.com/docs/alert-api). Quirk: an alert of Alertmanager that is not over ends in year 1.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DurationMicros } from "../../../../shared/units.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import { levelOfWord } from "../support/level.ts";
import { firstOf, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const MONITORS = ["monitor", "alertname", "alert_name", "alertName", "alert", "rule", "rule_name"];
const STARTS = [
  "fired_at",
  "firedAt",
  "startsAt",
  "activeAt",
  "triggered_at",
  "triggeredAt",
  "timestamp",
  "time",
  "created_at",
  "createdAt",
  "started_at",
];
const ENDS = ["endsAt", "resolved_at", "resolvedAt", "ended_at"];
const SUMMARIES = ["summary", "title", "description", "message"];
const SERVICES = ["service", "job", "app", "component", "entity"];
/** In year 1: "not yet". */
const NO_END = /^0001-/;

const none: JsonObject = {};
const labelsOf = (object: JsonObject): JsonObject => objectOf(object, "labels") ?? none;
const within = (object: JsonObject, keys: readonly string[]): string | undefined =>
  textOf(object, keys) ?? textOf(labelsOf(object), keys) ?? textOf(objectOf(object, "annotations") ?? none, keys);

const nameOf = (object: JsonObject): string | undefined =>
  within(object, MONITORS) ?? textOf(object, ["metric", "incident_key", "alias"]);

function serviceOf(object: JsonObject): string | undefined {
  const service = objectOf(object, "service");
  return within(object, SERVICES) ?? (service && textOf(service, ["summary", "name", "id"]));
}

function levelOf(object: JsonObject): Level {
  const word = within(object, ["severity", "priority", "level", "urgency"])?.toLowerCase() ?? "";
  if (word === "high" || word === "page" || word === "p2" || word === "sev2") return Level.error;
  if (word === "p1" || word === "sev1") return Level.fatal;
  if (word === "medium" || word === "moderate" || word === "p3" || word === "sev3") return Level.warn;
  if (word === "low" || word === "none" || word === "p4" || word === "p5") return Level.info;
  return levelOfWord(word) ?? Level.warn;
}

function message(object: JsonObject): string {
  const summary = within(object, SUMMARIES);
  const observed = textOf(object, ["observed", "value"]);
  const threshold = textOf(object, ["threshold"]);
  const measured = observed === undefined || threshold === undefined ? "" : ` (${observed}, threshold ${threshold})`;
  return `${summary ?? `${nameOf(object) ?? "alert"}${serviceOf(object) === undefined ? "" : ` on ${serviceOf(object)}`}`}${measured}`;
}

function durationOf(object: JsonObject, times: FieldTimes): DurationMicros | undefined {
  const end = firstOf(object, ENDS);
  if (end === undefined) return times.duration(openFor(object));
  if (typeof end === "string" && NO_END.test(end)) return undefined;
  return times.between(times.first(object, STARTS), times.of(end));
}

/** Opsgenie writes how long an alert was open, in milliseconds. */
function openFor(object: JsonObject): number | undefined {
  const milliseconds = numberOf(objectOf(object, "report")?.["closeTime"]);
  return milliseconds === undefined ? undefined : milliseconds * 1_000;
}

export default objectFormat({
  id: "alerts",
  title: "Alerts (JSON)",
  version: 2,
  unit: "element",
  what: "alerts",
  confidence: 0.95,
  keys: ["startsAt", "activeAt", "incident_number", "tinyId", "metric", ...MONITORS],
  matches(object) {
    if (firstOf(object, STARTS) === undefined) return false;
    if (firstOf(object, ["startsAt", "activeAt"]) !== undefined) return firstOf(object, ["labels"]) !== undefined;
    if (firstOf(object, ["incident_number"]) !== undefined) return textOf(object, ["urgency"]) !== undefined;
    if (firstOf(object, ["tinyId"]) !== undefined) return textOf(object, ["priority"]) !== undefined;
    const fired = firstOf(object, ["fired_at", "firedAt", "triggered_at", "triggeredAt"]) !== undefined;
    const measured =
      firstOf(object, ["threshold"]) !== undefined && firstOf(object, ["metric", "observed"]) !== undefined;
    const named = textOf(object, MONITORS) !== undefined || textOf(object, ["metric"]) !== undefined;
    return named && (fired || measured || textOf(object, ["monitor", "alertname", "alert_name"]) !== undefined);
  },
  message,
  read: (object, times) => ({
    kind: "alert",
    time: times.first(object, STARTS),
    duration: durationOf(object, times),
    level: levelOf(object),
    service: serviceOf(object) ?? null,
    message: message(object),
    name: nameOf(object) ?? textOf(object, ["id"]),
    value: numberOf(firstOf(object, ["observed", "value"])),
  }),
});
