/**
 * Objects of Kubernetes as `kubectl get -o json` prints them, alone or in a list, and those of Argo CD and Flux among
 * them: what was rolled out when, and which containers ended badly.
 * https://kubernetes.io/docs/reference/kubernetes-api/, https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_get/,
 * https://fluxcd.io/flux/components/helm/helmreleases/#history. Quirk: an object is not a record: an application has a
 * deploy for each of its history, a pod one for each container that ended.
 */
import { deploysOf } from "../support/kubernetes/deploys.ts";
import { eventPart, type KubernetesPart, otherPart } from "../support/kubernetes/object.ts";
import { endedContainersOf } from "../support/kubernetes/pod.ts";
import { arrayOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { partsFormat } from "../support/objects/parts-format.ts";

const isKubernetes = (value: unknown): value is JsonObject =>
  isObject(value) && textOf(value, ["apiVersion"]) !== undefined && textOf(value, ["kind"]) !== undefined;

/** `metadata` too, which manifests of other tools with these two keys do not all have. */
const isNamed = (value: unknown): boolean =>
  isKubernetes(value) && textOf(objectOf(value, "metadata") ?? {}, ["name"]) !== undefined;

/** Events alone are logs, and read as such. */
const isEvent = (value: unknown): boolean => isObject(value) && textOf(value, ["kind"]) === "Event";

function pathsOf(json: unknown): readonly string[] {
  const items = isKubernetes(json) ? arrayOf(json, "items") : Array.isArray(json) ? json : null;
  if (items === null) return [];
  if (items.length === 0) return isNamed(json) && !isEvent(json) ? [""] : [];
  const known = items.filter(isNamed);
  if (known.every(isEvent)) return [];
  return [Array.isArray(json) ? "[*]" : "items[*]"];
}

function partsOf(object: JsonObject): readonly KubernetesPart[] {
  if (isEvent(object)) return [eventPart(object)];
  const parts = [...deploysOf(object), ...endedContainersOf(object)];
  return parts.length > 0 ? parts : [otherPart(object)];
}

export default partsFormat<KubernetesPart>({
  id: "kubernetes",
  title: "Kubernetes objects (JSON): rollouts, Argo CD, Flux, pods",
  version: 1,
  unit: "element",
  what: "objects of Kubernetes",
  confidence: 0.94,
  paths: pathsOf,
  keys: ["metadata"],
  parts: partsOf,
  message: ({ message }) => message,
  read({ value, kind, start, end, level, service, message, name }, times) {
    if (!isObject(value)) return { reason: "not-an-object", message: "an entry of a history is no object" };
    const time = times.of(start);
    const duration = end === undefined ? undefined : times.between(time, times.of(end));
    return { kind, time, duration, level, service, message, name };
  },
});
