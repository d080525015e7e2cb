/** The deploys that objects of Kubernetes tell of: revisions of workloads, and the histories of Argo CD and Flux. */
import { Level } from "../../../../../shared/model/level.ts";
import { SHA, shortSha } from "../events/change-object.ts";
import { arrayOf, firstOf, isObject, type JsonObject, objectOf, textOf } from "../json/value.ts";
import { identityOf, kindOf, type KubernetesPart, metadataOf, serviceOf, statusOf } from "./object.ts";

const REVISION = "deployment.kubernetes.io/revision";
const CAUSE = "kubernetes.io/change-cause";
const FAILED = /^(?:failed|error|uninstalled|pending-rollback)$/i;

export function deploysOf(object: JsonObject): readonly KubernetesPart[] {
  switch (kindOf(object)) {
    case "ReplicaSet":
      return [revisionOf(object)];
    case "Application":
      return applicationDeploys(object);
    case "HelmRelease":
      return arrayOf(statusOf(object), "history").map((entry) => releaseOf(object, entry));
    case "Kustomization":
      return appliedRevision(object);
    default:
      return [];
  }
}

interface Deploy {
  readonly start: unknown;
  readonly end?: unknown;
  readonly what: readonly (string | undefined)[];
  readonly name: string | undefined;
  readonly failed?: boolean;
}

/** `value` is the part of the object that tells of it. */
function deploy(
  object: JsonObject,
  value: unknown,
  { start, end, what, name, failed = false }: Deploy,
): KubernetesPart {
  const own = textOf(metadataOf(object), ["name"]);
  const service = kindOf(object) === "ReplicaSet" ? serviceOf(object) : (own ?? null);
  return {
    value,
    outer: value === object ? {} : identityOf(object),
    kind: "deploy",
    start,
    end,
    level: failed ? Level.error : Level.none,
    service,
    message: ["deploy", service ?? undefined, ...what].filter((part) => part !== undefined).join(" "),
    name,
  };
}

/** A replica set is made when a deployment is rolled out to a template that it had not before. */
function revisionOf(object: JsonObject): KubernetesPart {
  const metadata = metadataOf(object);
  const notes = objectOf(metadata, "annotations") ?? {};
  const template = objectOf(objectOf(object, "spec") ?? {}, "template") ?? {};
  const images = arrayOf(objectOf(template, "spec") ?? {}, "containers")
    .filter(isObject)
    .flatMap((container) => textOf(container, ["image"]) ?? []);
  const revision = textOf(notes, [REVISION]);
  return deploy(object, object, {
    start: metadata["creationTimestamp"],
    what: [
      revision && `revision ${revision}`,
      images.length > 0 ? `(${images.join(", ")})` : undefined,
      textOf(notes, [CAUSE]),
    ],
    name: tagOf(images[0]) ?? revision,
  });
}

/** What stands behind the colon of an image, or its digest. */
const tagOf = (image: string | undefined): string | undefined =>
  /(?:@sha256)?:([\w][\w.-]{0,127})$/.exec(image ?? "")?.[1];

/** Argo CD keeps what succeeded in a history, and the last try apart from it. */
function applicationDeploys(object: JsonObject): readonly KubernetesPart[] {
  const status = statusOf(object);
  const history = arrayOf(status, "history");
  const last = objectOf(status, "operationState");
  const synced = history.map((entry) => {
    const of = isObject(entry) ? entry : {};
    return deploy(object, entry, { start: of["deployedAt"], ...revisionIn(of) });
  });
  const phase = last && textOf(last, ["phase"]);
  if (last === undefined || phase === "Succeeded") return synced;
  const { what, name } = revisionIn(
    objectOf(last, "syncResult") ?? objectOf(objectOf(last, "operation") ?? {}, "sync") ?? {},
  );
  const tried = deploy(object, last, {
    start: last["startedAt"],
    end: last["finishedAt"],
    what: [...what, phase?.toLowerCase(), textOf(last, ["message"])],
    name,
    failed: phase === "Failed" || phase === "Error",
  });
  return [...synced, tried];
}

/** Of a source, or of several. */
function revisionIn(of: JsonObject): Pick<Deploy, "what" | "name"> {
  const id = textOf(of, ["revision"]) ?? textOf({ first: arrayOf(of, "revisions")[0] }, ["first"]);
  if (id === undefined) return { what: [], name: undefined };
  return { what: [SHA.test(id) ? `(${shortSha(id)})` : id], name: id };
}

function releaseOf(object: JsonObject, entry: unknown): KubernetesPart {
  const of = isObject(entry) ? entry : {};
  const version = textOf(of, ["appVersion", "chartVersion"]);
  const status = textOf(of, ["status"]);
  return deploy(object, entry, {
    start: firstOf(of, ["lastDeployed", "firstDeployed"]),
    what: [version, status],
    name: version,
    failed: status !== undefined && FAILED.test(status),
  });
}

/** Flux writes main@sha1:0123…; the condition that it is ready tells since when. */
function appliedRevision(object: JsonObject): readonly KubernetesPart[] {
  const status = statusOf(object);
  const ready = arrayOf(status, "conditions")
    .filter(isObject)
    .find((condition) => textOf(condition, ["type"]) === "Ready");
  const applied = textOf(status, ["lastAppliedRevision"]);
  const tried = textOf(status, ["lastAttemptedRevision"]) ?? applied;
  if (ready === undefined || tried === undefined) return [];
  const failed = textOf(ready, ["status"]) === "False";
  const sha = /(?:^|[@/:])([0-9a-f]{7,64})$/i.exec(tried)?.[1];
  const why = failed ? textOf(ready, ["message"]) : undefined;
  const what = [sha === undefined ? tried : `(${shortSha(sha)})`, failed ? "failed" : undefined, why];
  return [deploy(object, ready, { start: ready["lastTransitionTime"], what, name: sha ?? tried, failed })];
}
