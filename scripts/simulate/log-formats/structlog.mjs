/** Python's structlog with its JSON renderer: the message is called `event`. https://www.structlog.org/en/stable/ */
import { isoMillis } from "../clock.mjs";
import { jsonFields, quoted } from "./fields.mjs";

const LEVELS = ["debug", "info", "warning", "error"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "structlog",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, service, message, fields, traceId, requestId, error, stack }) =>
    `{"service": "${service.name}"` +
    (requestId === "" ? "" : `, "request_id": "${requestId}", "trace_id": "${traceId}"`) +
    jsonFields(fields, ", ", ": ") +
    (error === null ? "" : `, "error": ${quoted(`${error.type}: ${error.message}`)}`) +
    `, "event": ${quoted(message)}, "level": "${LEVELS[level]}", "logger": "${service.name.replace(/-service$/, "")}.api", "timestamp": "${isoMillis(t)}"` +
    (stack === null ? "}" : `, "exception": ${JSON.stringify(stack.join("\n"))}}`),
};
