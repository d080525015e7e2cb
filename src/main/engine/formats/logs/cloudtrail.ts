/**
 * What was called in an AWS account, as CloudTrail keeps it (`{"Records":[…]}`) and `aws cloudtrail lookup-events` wraps
 * it, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html. Quirk: what people and
 * their pipelines changed stands among all else that was called; only management calls that wrote and succeeded, and that
 * no AWS service made for itself, are changes. The others are lines of a log.
 */
import { Level } from "../../../../shared/model/level.ts";
import { arrayOf, isObject, type JsonObject, objectOf, parseJsonValue, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

/** Of requests: what names the thing that is changed, the nearest to a service first. */
const TARGETS = [
  "service",
  "serviceName",
  "functionName",
  "dBInstanceIdentifier",
  "dBClusterIdentifier",
  "replicationGroupId",
  "autoScalingGroupName",
  "stackName",
  "applicationName",
  "loadBalancerName",
  "queueName",
  "topicArn",
  "tableName",
  "bucketName",
  "clusterName",
  "cluster",
  "name",
];
/** Programs make one for each time they start. */
const ROUTINE = new Set(["CreateLogStream", "AssumeRole", "ConsoleLogin"]);

/** lookup-events has the event itself as text. */
function eventOf(object: JsonObject): JsonObject {
  const wrapped = object["CloudTrailEvent"];
  if (typeof wrapped !== "string") return object;
  try {
    const event = parseJsonValue(Buffer.from(wrapped));
    return isObject(event) ? event : object;
  } catch {
    return object;
  }
}

/** Of calls that do not say whether they only read. */
const READS = /^(?:Get|List|Describe|Lookup|Head|BatchGet|Search|Select|View|Query|Scan|Assume|Test|Check|Validate)/;

const isEvent = (event: JsonObject): boolean =>
  ["eventTime", "eventSource", "eventName", "awsRegion"].every((key) => textOf(event, [key]) !== undefined);

const failureOf = (event: JsonObject): string | undefined => textOf(event, ["errorCode"]);

function isChange(event: JsonObject): boolean {
  const { readOnly, managementEvent } = event;
  const name = textOf(event, ["eventName"]) ?? "";
  const caller = textOf(objectOf(event, "userIdentity") ?? {}, ["type"]);
  const writes = readOnly === undefined ? !READS.test(name) : readOnly === false || readOnly === "false";
  return (
    writes &&
    managementEvent !== false &&
    caller !== "AWSService" &&
    failureOf(event) === undefined &&
    !ROUTINE.has(name)
  );
}

/** The last part of a resource's name, which may be an ARN. */
function targetOf(event: JsonObject): string | undefined {
  const named = textOf(objectOf(event, "requestParameters") ?? {}, TARGETS);
  const resource = arrayOf(event, "resources").find(isObject);
  const target = named ?? (resource && textOf(resource, ["ARN", "resourceName", "ResourceName"]));
  return target?.split(/[:/]/).findLast((part) => part !== "");
}

function callerOf(event: JsonObject): string | undefined {
  const identity = objectOf(event, "userIdentity") ?? {};
  return (
    textOf(identity, ["userName"]) ?? textOf(identity, ["arn", "invokedBy", "principalId", "type"])?.split("/").at(-1)
  );
}

function message(object: JsonObject): string {
  const event = eventOf(object);
  const failure = failureOf(event);
  const by = callerOf(event);
  const parts = [
    isChange(event) ? "change" : undefined,
    `${textOf(event, ["eventSource"])?.split(".", 1)[0] ?? "aws"}:${textOf(event, ["eventName"]) ?? "call"}`,
    targetOf(event),
    by === undefined ? undefined : `by ${by}`,
    failure === undefined ? undefined : `failed: ${textOf(event, ["errorMessage"]) ?? failure}`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

export default objectFormat({
  id: "cloudtrail",
  title: "AWS CloudTrail (JSON)",
  version: 1,
  unit: "element",
  what: "events of CloudTrail",
  confidence: 0.97,
  keys: ["eventSource", "CloudTrailEvent"],
  matches: (object) => isEvent(eventOf(object)),
  message,
  read(object, times) {
    const event = eventOf(object);
    if (!isEvent(event))
      return { reason: "not-an-event", message: "the object has no eventTime, eventSource, eventName and awsRegion" };
    const change = isChange(event);
    return {
      kind: change ? "deploy" : "log",
      time: times.of(event["eventTime"]),
      level: change ? Level.none : failureOf(event) === undefined ? Level.info : Level.warn,
      service: targetOf(event) ?? textOf(event, ["eventSource"])?.split(".", 1)[0] ?? null,
      message: message(object),
      name: change ? textOf(event, ["eventName"]) : undefined,
      requestId: textOf(event, ["requestID"]),
    };
  },
});
