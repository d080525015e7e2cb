/** What an object of Kubernetes says of itself, and the records of those that are neither rollouts nor pods. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordKind } from "../../../../../shared/model/record.ts";
import { arrayOf, firstOf, isObject, type JsonObject, objectOf, textOf } from "../json/value.ts";
import type { Part } from "../objects/parts-format.ts";
import { workloadOfPod } from "../workload.ts";

export interface KubernetesPart extends Part {
  readonly kind: Extract<RecordKind, "deploy" | "log" | "json">;
  /** As the object writes them; undefined where it does not. */
  readonly start: unknown;
  readonly end?: unknown;
  readonly level: Level;
  readonly service: string | null;
  readonly message: string;
  readonly name?: string | undefined;
}

export const metadataOf = (object: JsonObject): JsonObject => objectOf(object, "metadata") ?? {};
export const statusOf = (object: JsonObject): JsonObject => objectOf(object, "status") ?? {};
export const kindOf = (object: JsonObject): string => textOf(object, ["kind"]) ?? "object";

/** Whose object it is, kept beside what is a record of its own. */
export function identityOf(object: JsonObject): JsonObject {
  const { name, namespace } = metadataOf(object);
  return { object: { kind: kindOf(object), name: name ?? null, namespace: namespace ?? null } };
}

const LABELS = ["app.kubernetes.io/name", "app", "k8s-app"];

/** The workload that owns it, or the application that its labels name, or its own name without what is generated. */
export function serviceOf(object: JsonObject): string | null {
  const metadata = metadataOf(object);
  const owner = arrayOf(metadata, "ownerReferences").find(isObject);
  const owned = owner === undefined ? undefined : textOf(owner, ["name"]);
  if (owner !== undefined && owned !== undefined && textOf(owner, ["kind"]) !== "ReplicaSet") return owned;
  const name = textOf(metadata, ["name"]);
  return textOf(objectOf(metadata, "labels") ?? {}, LABELS) ?? (name === undefined ? null : workloadOfPod(name));
}

export function eventPart(event: JsonObject): KubernetesPart {
  const of = objectOf(event, "involvedObject") ?? objectOf(event, "regarding") ?? {};
  const name = textOf(of, ["name"]);
  const reason = textOf(event, ["reason"]);
  const text = textOf(event, ["message", "note"]) ?? "event";
  return {
    value: event,
    outer: {},
    kind: "log",
    start: firstOf(event, ["lastTimestamp", "eventTime", "firstTimestamp"]) ?? metadataOf(event)["creationTimestamp"],
    level: textOf(event, ["type"]) === "Warning" ? Level.warn : Level.info,
    service: name === undefined ? null : workloadOfPod(name),
    message: reason === undefined ? text : `${reason}: ${text}`,
  };
}

/** Of an object that tells of no change: when it was made. */
export function otherPart(object: JsonObject): KubernetesPart {
  const { name, creationTimestamp } = metadataOf(object);
  return {
    value: object,
    outer: {},
    kind: "json",
    start: creationTimestamp,
    level: Level.none,
    service: serviceOf(object),
    message: `${kindOf(object)} ${typeof name === "string" ? name : "without a name"}`,
  };
}
