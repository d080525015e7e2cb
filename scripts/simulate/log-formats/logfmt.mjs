/** Go services that write key=value pairs. https://brandur.org/logfmt */
import { isoMillis } from "../clock.mjs";
import { pairs, quoted } from "./fields.mjs";

const LEVELS = ["debug", "info", "warn", "error"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "logfmt",
  extension: "log",
  json: false,
  multiline: false,
  comments: true,
  render: ({ t, level, service, pod, message, fields, traceId, spanId, requestId, error, stack }) =>
    `ts=${isoMillis(t)} level=${LEVELS[level]} svc=${service.name} pod=${pod.name} msg=${quoted(message)}` +
    (requestId === "" ? "" : ` request_id=${requestId} trace_id=${traceId} span_id=${spanId}`) +
    pairs(fields) +
    (error === null ? "" : pairs(["err", error.message])) +
    (stack === null ? "" : ` stack=${JSON.stringify(stack.join("\n"))}`),
};
