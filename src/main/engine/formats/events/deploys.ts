/**
 * Deploys as a JSON array or object. There is no standard: keys are those of deploy logs in use and of GitHub's
 * deployments, https://docs.github.com/en/rest/deployments/deployments. Quirk: GitHub names no service, so the
 * repository in its address stands for it.
 */
import { Level } from "../../../../shared/model/level.ts";
import { objectFormat } from "../support/objects/object-format.ts";
import { repositoryOf, SHA, shortSha } from "../support/events/change-object.ts";
import { firstOf, type JsonObject, textOf } from "../support/json/value.ts";

const SHAS = ["commit_sha", "commitSha", "sha", "revision", "commit", "git_sha", "gitSha"];
const VERSIONS = ["version", "release", "tag", "tag_name", "image_tag", "imageTag", "ref", "app_version", "chart"];
const TIMES = [
  "deployed_at",
  "published_at",
  "deployedAt",
  "finished_at",
  "finishedAt",
  "timestamp",
  "time",
  "created_at",
  "createdAt",
  "started_at",
  "updated",
];
const TARGETS = ["service", "app", "application", "component", "environment", "env"];
const SERVICES = ["service", "app", "application", "component"];

const shaOf = (object: JsonObject): string | undefined => {
  const sha = textOf(object, SHAS);
  return sha !== undefined && SHA.test(sha) ? sha : undefined;
};
/** Revisions of `helm history --output json`, and releases of GitHub. */
const isRelease = (object: JsonObject): boolean =>
  (textOf(object, ["chart"]) !== undefined && textOf(object, ["revision"]) !== undefined) ||
  (textOf(object, ["tag_name"]) !== undefined && textOf(object, ["published_at"]) !== undefined);

/** A chart is named NAME-VERSION. */
const chartOf = (object: JsonObject): string | undefined => textOf(object, ["chart"])?.replace(/-v?\d[\w.+-]*$/, "");
const serviceOf = (object: JsonObject): string | undefined =>
  textOf(object, SERVICES) ?? repositoryOf(object) ?? chartOf(object);

function message(object: JsonObject): string {
  const sha = shaOf(object);
  const parts = ["deploy", serviceOf(object), textOf(object, VERSIONS), sha && `(${shortSha(sha)})`];
  const environment = textOf(object, ["environment", "env"]);
  if (environment !== undefined) parts.push(`to ${environment}`);
  const status = textOf(object, ["status", "state"]);
  if (status !== undefined) parts.push(status);
  return parts.filter((part) => part !== undefined).join(" ");
}

export default objectFormat({
  id: "deploys",
  title: "Deploys (JSON)",
  version: 2,
  unit: "element",
  what: "deploys",
  confidence: 0.95,
  keys: [...SHAS, ...VERSIONS],
  matches: (object) =>
    (shaOf(object) !== undefined || textOf(object, VERSIONS) !== undefined) &&
    firstOf(object, TIMES) !== undefined &&
    (firstOf(object, TARGETS) !== undefined || isRelease(object)) &&
    firstOf(object, ["message", "msg", "level", "severity", "span_id", "spanId", "conclusion"]) === undefined,
  message,
  read: (object, times) => ({
    kind: "deploy",
    time: times.first(object, TIMES),
    level: Level.none,
    service: serviceOf(object) ?? null,
    message: message(object),
    name: shaOf(object) ?? textOf(object, VERSIONS),
  }),
});
