/** A line as a container runtime and its collector wrap it: text in `log`, where it ran in `kubernetes`. https://docs.docker.com/engine/logging/drivers/json-file/ */
import { isoMillis } from "../clock.mjs";
import { NAMESPACE } from "../names.mjs";
import { pairs } from "./fields.mjs";

const LEVELS = ["DEBUG", "INFO ", "WARN ", "ERROR"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "container",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, service, pod, message, fields, traceId, requestId, error }) => {
    const time = isoMillis(t);
    const text = `${time} ${LEVELS[level]} ${message}${requestId === "" ? "" : ` request_id=${requestId} trace_id=${traceId}`}${pairs(fields)}${error === null ? "" : pairs(["error", error.message])}\n`;
    return (
      `{"time":"${time.slice(0, -1)}${String(Math.floor((t % 1) * 1e6)).padStart(6, "0")}Z","stream":"${level === 3 ? "stderr" : "stdout"}","log":${JSON.stringify(text)},` +
      `"kubernetes":{"namespace_name":"${NAMESPACE}","pod_name":"${pod.name}","container_name":"${service.name}","host":"${pod.node}"}}`
    );
  },
};
