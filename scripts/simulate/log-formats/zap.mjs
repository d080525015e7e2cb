/** Go's zap in production mode: lower-case level, `ts` in seconds with a fraction. https://pkg.go.dev/go.uber.org/zap */
import { jsonFields, quoted } from "./fields.mjs";

const LEVELS = ["debug", "info", "warn", "error"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "zap",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, service, message, fields, traceId, spanId, requestId, error, stack }) =>
    `{"level":"${LEVELS[level]}","ts":${Math.floor(t * 1000) / 1e6},"caller":"server/handler.go:${88 + (message.length % 40)}","msg":${quoted(message)},"service":"${service.name}"` +
    (requestId === "" ? "" : `,"trace_id":"${traceId}","span_id":"${spanId}","request_id":"${requestId}"`) +
    jsonFields(fields) +
    (error === null ? "" : `,"error":${quoted(error.message)}`) +
    (stack === null ? "}" : `,"stacktrace":${JSON.stringify(stack.join("\n"))}}`),
};
