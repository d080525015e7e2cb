/**
 * Incidents as the services for them tell them: PagerDuty's webhooks, version 3
 * (https://developer.pagerduty.com/docs/webhooks-overview), and log entries, Opsgenie's webhooks
 * (https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/), VictorOps' incidents
 * (https://portal.victorops.com/public/api-docs.html), updates of a Statuspage (https://developer.statuspage.io/) and Datadog's events
 * (https://docs.datadoghq.com/api/latest/events/). Quirk: Opsgenie writes when an alert was changed in nanoseconds, and when it was
 * made in milliseconds.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import { arrayOf, firstOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { type Part, partsFormat } from "../support/objects/parts-format.ts";

interface Told extends Part {
  readonly value: JsonObject;
  readonly time: unknown;
  readonly level: Level;
  readonly service: string | undefined;
  readonly name: string | undefined;
  readonly said: string;
}

const nothing: JsonObject = {};
const inner = (object: JsonObject, key: string): JsonObject => objectOf(object, key) ?? nothing;
const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(": ");

const OVER = /resolv|clos|recover|complet|operational|cancel/i;
const TAKEN = /ack|assign|note|annotat|monitor|identif|update|delegat|escalat|custom|comment/i;

/** How grave what happened is: what is over is told only; what somebody has taken is trouble that is known. */
function levelOf(state: string, urgency: string | undefined): Level {
  if (OVER.test(state)) return Level.info;
  if (TAKEN.test(state)) return Level.info;
  const word = urgency?.toLowerCase() ?? "";
  if (word === "p1" || word === "critical" || word === "sev1") return Level.fatal;
  return word === "low" || word === "p4" || word === "p5" || word === "none" ? Level.warn : Level.error;
}

function pagerDutyEvent(object: JsonObject): Told | null {
  const event = inner(object, "event");
  const type = textOf(event, ["event_type"]);
  if (type === undefined || firstOf(event, ["occurred_at"]) === undefined) return null;
  const data = inner(event, "data");
  const incident = objectOf(data, "incident") ?? data;
  return {
    value: object,
    outer: nothing,
    time: event["occurred_at"],
    level: levelOf(type, textOf(data, ["urgency"])),
    service: textOf(inner(data, "service"), ["summary"]),
    name: textOf(incident, ["id"]),
    said: joined(type, textOf(data, ["title", "content", "message", "summary"]) ?? textOf(incident, ["summary"])),
  };
}

function pagerDutyEntry(object: JsonObject): Told | null {
  const type = textOf(object, ["type"]);
  if (type === undefined || !type.endsWith("_log_entry") || firstOf(object, ["created_at"]) === undefined) return null;
  const incident = inner(object, "incident");
  return {
    value: object,
    outer: nothing,
    time: object["created_at"],
    level: levelOf(type, undefined),
    service: textOf(inner(object, "service"), ["summary"]),
    name: textOf(incident, ["id"]),
    said: joined(textOf(incident, ["summary"]), textOf(object, ["summary"]) ?? type),
  };
}

function opsgenieAction(object: JsonObject): Told | null {
  const alert = inner(object, "alert");
  const action = textOf(object, ["action"]);
  if (action === undefined || textOf(alert, ["alertId"]) === undefined) return null;
  return {
    value: object,
    outer: nothing,
    time: firstOf(alert, ["updatedAt", "createdAt"]),
    level: action === "Create" ? levelOf("triggered", textOf(alert, ["priority"])) : Level.info,
    service: textOf(alert, ["entity"]),
    name: textOf(alert, ["alias"]),
    said: joined(action, textOf(alert, ["message"])),
  };
}

function victorOpsIncident(object: JsonObject): readonly Told[] {
  const number = textOf(object, ["incidentNumber"]);
  const started = firstOf(object, ["startTime"]);
  if (number === undefined || started === undefined || textOf(object, ["currentPhase"]) === undefined) return [];
  const service = textOf(object, ["service"]);
  const title = textOf(object, ["entityDisplayName", "entityId"]) ?? number;
  const state = textOf(object, ["entityState"]) ?? "";
  const transitions = arrayOf(object, "transitions").filter(isObject);
  const first = { time: started, level: levelOf(state, state), said: joined(state, title) };
  const others = transitions.map((change) => {
    const phase = textOf(change, ["name"]) ?? "";
    const by = textOf(change, ["by"]);
    return { time: change["at"], level: levelOf(phase, state), said: joined(by ? `${phase} by ${by}` : phase, title) };
  });
  const all = { value: object, outer: nothing, service, name: number };
  return [first, ...others].map(({ time, level, said }) => Object.assign({ time, level, said }, all));
}

const IMPACTS: Readonly<Record<string, string>> = { critical: "p1", major: "p2", minor: "p4", none: "p5" };

/** Every update of an incident is one record, the oldest first. */
function statuspageUpdates(object: JsonObject): readonly Told[] {
  const title = textOf(object, ["name"]);
  const updates = arrayOf(object, "incident_updates").filter(isObject);
  const impact = textOf(object, ["impact"]);
  if (title === undefined || impact === undefined) return [];
  return updates.toReversed().map((update) => {
    const status = textOf(update, ["status"]) ?? "";
    const affected = arrayOf(update, "affected_components").find(isObject) ?? nothing;
    const component = arrayOf(object, "components").find(isObject) ?? nothing;
    return {
      value: update,
      outer: { incident: title, impact },
      time: firstOf(update, ["display_at", "created_at"]),
      level: levelOf(status, IMPACTS[impact]),
      service: textOf(affected, ["name"]) ?? textOf(component, ["name"]),
      name: textOf(object, ["id"]),
      said: joined(status, title, textOf(update, ["body"])),
    };
  });
}

const ALERT_TYPES: Readonly<Record<string, Level>> = { error: Level.error, warning: Level.warn };

function datadogEvent(object: JsonObject): Told | null {
  const type = textOf(object, ["alert_type"]);
  const title = textOf(object, ["title"]);
  if (type === undefined || title === undefined || firstOf(object, ["date_happened"]) === undefined) return null;
  const tags = arrayOf(object, "tags").filter((tag) => typeof tag === "string");
  return {
    value: object,
    outer: nothing,
    time: object["date_happened"],
    level: ALERT_TYPES[type] ?? Level.info,
    service: tags.find((tag) => tag.startsWith("service:"))?.slice("service:".length),
    name: textOf(object, ["id"]),
    said: title,
  };
}

function toldBy(object: JsonObject): readonly Told[] {
  const one = pagerDutyEvent(object) ?? pagerDutyEntry(object) ?? opsgenieAction(object) ?? datadogEvent(object);
  if (one !== null) return [one];
  const incident = victorOpsIncident(object);
  return incident.length > 0 ? incident : statuspageUpdates(object);
}

const LISTS = ["incidents", "log_entries", "events"] as const;

const isTold = (value: unknown): boolean => isObject(value) && toldBy(value).length > 0;

/** As what these services send does: lines of objects without lists are logs, and need not be looked at. */
function holdsList(object: JsonObject): boolean {
  const event = inner(object, "event");
  return [object, event, inner(event, "data"), inner(object, "alert")].some((one) =>
    Object.values(one).some((value) => Array.isArray(value)),
  );
}

function paths(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.some(isTold) ? ["[*]"] : [];
  if (!isObject(json)) return [];
  if (isTold(json)) return holdsList(json) ? [""] : [];
  for (const list of LISTS) if (arrayOf(json, list).some(isTold)) return [`${list}[*]`];
  return [];
}

export default partsFormat<Told>({
  id: "incidents",
  title: "Incidents of PagerDuty, Opsgenie, VictorOps, Statuspage and Datadog (JSON)",
  version: 1,
  unit: "element",
  paths,
  what: "incidents, and what became of them",
  confidence: 0.96,
  parts: toldBy,
  read: (part, times: FieldTimes) => ({
    kind: "alert",
    time: times.of(part.time),
    level: part.level,
    service: part.service ?? null,
    message: part.said,
    name: part.name,
  }),
  message: (part) => part.said,
});
