/**
 * Payloads of GitHub's webhooks: workflow_run, workflow_job, check_run, push, deployment, deployment_status, release,
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 * Quirks: the event's name is in a header that dumps lack, so the payload's keys tell it; a push is one record a commit.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { RecordInput } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { shortSha } from "../support/events/change-object.ts";
import { ciRunMessage, readCiRun } from "../support/events/ci-run.ts";
import { commitMessage, readCommit } from "../support/events/commit-object.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf, jsonText } from "../support/fields.ts";
import {
  elementParser,
  fileElement,
  isRefusal,
  knownNow,
  surroundings,
  type Refusal,
  ShapedParser,
} from "../support/json/elements.ts";
import {
  arrayOf,
  firstOf,
  isObject,
  type JsonObject,
  objectOf,
  parseJsonValue,
  textOf,
} from "../support/json/value.ts";
import { decodeObject, notAnObject } from "../support/objects/object-format.ts";

/** The first of these keys says what a payload is of: a deployment carries the run that made it. */
const EVENTS = ["deployment_status", "deployment", "workflow_job", "workflow_run", "check_run", "release"] as const;
type Event = (typeof EVENTS)[number] | "push";

const none: JsonObject = {};
const partOf = (payload: JsonObject, key: string): JsonObject => objectOf(payload, key) ?? none;

function eventOf(payload: JsonObject): Event | undefined {
  if (objectOf(payload, "repository") === undefined) return undefined;
  const event = EVENTS.find((key) => objectOf(payload, key) !== undefined);
  if (event !== undefined) return event;
  return typeof payload["before"] === "string" &&
    typeof payload["after"] === "string" &&
    Array.isArray(payload["commits"])
    ? "push"
    : undefined;
}

const eventsOf = (payload: JsonObject): readonly Event[] => {
  const event = eventOf(payload);
  return event === undefined ? [] : [event];
};

const serviceOf = (payload: JsonObject): string | null => textOf(partOf(payload, "repository"), ["name"]) ?? null;
const senderOf = (payload: JsonObject): string => textOf(partOf(payload, "sender"), ["login"]) ?? "unknown";

function deployMessage(payload: JsonObject): string {
  const deployment = partOf(payload, "deployment");
  const sha = textOf(deployment, ["sha"]);
  const parts = ["deploy", serviceOf(payload), textOf(deployment, ["ref"]), sha && `(${shortSha(sha)})`];
  const environment = textOf(deployment, ["environment"]);
  if (environment !== undefined) parts.push(`to ${environment}`);
  parts.push(textOf(partOf(payload, "deployment_status"), ["state"]));
  return parts.filter(Boolean).join(" ");
}

function message(payload: JsonObject): string {
  const event = eventOf(payload);
  switch (event) {
    case "workflow_job":
    case "workflow_run":
    case "check_run":
      return ciRunMessage(partOf(payload, event));
    case "deployment_status":
    case "deployment":
      return deployMessage(payload);
    case "release": {
      const release = partOf(payload, "release");
      const action = textOf(payload, ["action"]) ?? "";
      return `release ${serviceOf(payload) ?? ""} ${textOf(release, ["tag_name", "name"]) ?? ""} ${action} by ${senderOf(payload)}`;
    }
    case "push": {
      const ref = textOf(payload, ["ref"]) ?? "";
      const what = payload["deleted"] === true ? " deleted" : payload["created"] === true ? " created" : "";
      const head = objectOf(payload, "head_commit");
      return `push ${ref}${what} by ${senderOf(payload)}${head === undefined ? "" : `: ${commitMessage(head)}`}`;
    }
    default:
      return jsonText(payload).slice(0, 500);
  }
}

function read(payload: unknown, times: FieldTimes): RecordInput | Refusal {
  if (!isObject(payload)) return notAnObject(payload);
  const event = eventOf(payload);
  const common = { level: Level.none, service: serviceOf(payload), message: message(payload) };
  switch (event) {
    case "workflow_job":
    case "workflow_run":
    case "check_run":
      return { ...readCiRun(partOf(payload, event), times), service: common.service };
    case "deployment_status":
    case "deployment": {
      const deployment = partOf(payload, "deployment");
      const name = textOf(deployment, ["sha", "ref"]);
      const time = times.first(partOf(payload, event), ["created_at", "updated_at"]);
      return { kind: "deploy", time, ...common, name };
    }
    case "release": {
      const release = partOf(payload, "release");
      const time = times.first(release, ["published_at", "created_at"]);
      return { kind: "deploy", time, ...common, name: textOf(release, ["tag_name", "name"]) };
    }
    case "push": {
      const head = objectOf(payload, "head_commit");
      const time = firstOf(head ?? none, ["timestamp"]) ?? firstOf(partOf(payload, "repository"), ["pushed_at"]);
      const name = textOf(payload, [payload["deleted"] === true ? "before" : "after"]);
      return { kind: head === undefined ? "json" : "commit", time: times.of(time), ...common, name };
    }
    default:
      return {
        reason: "unknown-event",
        message: "the payload is of no event that is known (push, release, workflow_run …)",
      };
  }
}

const isPushOfCommits = (json: unknown): json is JsonObject =>
  isObject(json) && eventOf(json) === "push" && arrayOf(json, "commits").length > 0;

export default {
  id: "github-webhook",
  title: "GitHub webhook payloads",
  version: 1,
  unit: "element",
  detect(sample: Sample) {
    if (!isObject(sample.json)) return null;
    const payloads = sample.jsonLines.length > 1 ? sample.jsonLines : [sample.json];
    const known = payloads.flatMap(eventsOf);
    if (known.length === 0) return null;
    const reason = `${known.length} of ${payloads.length} objects are webhook payloads (${[...new Set(known)].join(", ")})`;
    return { confidence: (0.97 * known.length) / payloads.length, reason };
  },
  objectLines: { unless: ["repository"], says: null },
  parser(options: ParseOptions, sink: RecordSink) {
    const times = new FieldTimes(options, sink);
    return new ShapedParser((json) => {
      if (!isPushOfCommits(json)) {
        return elementParser(sink, [""], {
          element: (element) => fileElement(sink, element, read(element.value, times)),
        });
      }
      const service = serviceOf(json);
      const ref = json["ref"];
      const context = jsonText({ repository: service, ref, pusher: senderOf(json) });
      const push = { repository: { name: service }, ref, before: "", after: "", sender: { login: senderOf(json) } };
      const around = surroundings(`${jsonText(push).slice(0, -1)},"commits":[`, "]}");
      return elementParser(sink, ["commits[*]"], {
        element(element) {
          const { value } = element;
          const commit = isObject(value) ? readCommit(value, times) : notAnObject(value);
          fileElement(sink, element, isRefusal(commit) ? commit : { ...commit, service, context }, around);
        },
        around: () => knownNow(around),
      });
    });
  },
  decode(raw, context) {
    if (context === null) return decodeObject(raw, message);
    const decoded = decodeObject(raw, commitMessage);
    const around = parseJsonValue(Buffer.from(context));
    return { ...decoded, fields: [...decoded.fields, ...(isObject(around) ? fieldsOf({ push: around }) : [])] };
  },
} satisfies Format;
