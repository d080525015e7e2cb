/** Node's pino: numeric levels, time in milliseconds. https://github.com/pinojs/pino/blob/main/docs/api.md */
import { jsonFields, quoted } from "./fields.mjs";

const LEVELS = [20, 30, 40, 50];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "pino",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, service, pod, message, fields, traceId, spanId, requestId, error, stack }) =>
    `{"level":${LEVELS[level]},"time":${Math.floor(t)},"pid":1,"hostname":"${pod.name}","name":"${service.name}"` +
    (requestId === "" ? "" : `,"reqId":"${requestId}","trace_id":"${traceId}","span_id":"${spanId}"`) +
    (error === null
      ? ""
      : `,"err":{"type":"${error.type}","message":${quoted(error.message)}${stack === null ? "" : `,"stack":${JSON.stringify(stack.join("\n"))}`}}`) +
    `${jsonFields(fields)},"msg":${quoted(message)}}`,
};
