/** The ends of containers that a pod remembers: of each the last one, and the one that it is in. */
import { Level } from "../../../../../shared/model/level.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../json/value.ts";
import { identityOf, kindOf, type KubernetesPart, serviceOf, statusOf } from "./object.ts";

const LISTS = ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"];

export function endedContainersOf(object: JsonObject): readonly KubernetesPart[] {
  if (kindOf(object) !== "Pod") return [];
  return LISTS.flatMap((list) => arrayOf(statusOf(object), list))
    .filter(isObject)
    .flatMap((container) =>
      ["lastState", "state"].flatMap((state) => {
        const ended = objectOf(objectOf(container, state) ?? {}, "terminated");
        return ended === undefined ? [] : [endPart(object, container, ended)];
      }),
    );
}

function endPart(object: JsonObject, container: JsonObject, ended: JsonObject): KubernetesPart {
  const name = textOf(container, ["name"]) ?? "container";
  const reason = textOf(ended, ["reason"]) ?? "ended";
  const code = numberOf(ended["exitCode"]);
  const said = textOf(ended, ["message"]);
  const restarts = numberOf(container["restartCount"]) ?? 0;
  const ends = [`container ${name} ended: ${reason}`, code === undefined ? "" : ` (exit code ${code})`];
  return {
    value: ended,
    outer: { ...identityOf(object), container: { name, image: container["image"] ?? null, restartCount: restarts } },
    kind: "log",
    start: ended["finishedAt"],
    level: code === 0 ? Level.info : Level.error,
    service: serviceOf(object),
    message: `${ends.join("")}${said === undefined ? "" : `: ${said.trim()}`}`,
  };
}
