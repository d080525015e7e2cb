/** Python's logging with a usual format string, tracebacks on lines of their own. https://docs.python.org/3/library/logging.html */
import { pythonMillis } from "../clock.mjs";
import { pairs } from "./fields.mjs";

const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "python-text",
  extension: "log",
  json: false,
  multiline: true,
  comments: false,
  render: ({ t, level, service, message, fields, traceId, requestId, error, stack }) =>
    `${pythonMillis(t)} ${LEVELS[level]} [MainThread] ${service.name.replace(/-service$/, "")}.tasks: ${message}` +
    (requestId === "" ? "" : ` request_id=${requestId} trace_id=${traceId}`) +
    pairs(fields) +
    (error === null || stack !== null ? "" : ` (${error.type}: ${error.message})`) +
    (stack === null ? "" : `\n${stack.join("\n")}`),
};
