/** Elastic Common Schema as its Java logging library writes it: dotted keys at the top. https://www.elastic.co/docs/reference/ecs */
import { isoMillis } from "../clock.mjs";
import { versionAt } from "../topology.mjs";
import { jsonFields, quoted } from "./fields.mjs";

const LEVELS = ["DEBUG", " INFO", " WARN", "ERROR"].map((l) => l.trim());

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "ecs",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, service, pod, message, fields, traceId, spanId, requestId, error, stack }) =>
    `{"@timestamp":"${isoMillis(t)}","log.level":"${LEVELS[level]}","message":${quoted(message)},"ecs.version":"1.2.0","service.name":"${service.name}",` +
    `"service.version":"${versionAt(service, t)}","host.name":"${pod.name}","process.thread.name":"http-nio-8080-exec-${1 + (message.length % 24)}"` +
    (requestId === "" ? "" : `,"trace.id":"${traceId}","span.id":"${spanId}","http.request.id":"${requestId}"`) +
    jsonFields(fields) +
    (error === null
      ? "}"
      : `,"error.type":"${error.type}","error.message":${quoted(error.message)}${stack === null ? "" : `,"error.stack_trace":${JSON.stringify(stack.join("\n"))}`}}`),
};
