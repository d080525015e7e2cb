/** Spring Boot's console layout with trace ids, stack traces on lines of their own. https://docs.spring.io/spring-boot/reference/features/logging.html */
import { spacedMillis } from "../clock.mjs";
import { pairs } from "./fields.mjs";

const LEVELS = ["DEBUG", " INFO", " WARN", "ERROR"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "java-text",
  extension: "log",
  json: false,
  multiline: true,
  comments: true,
  render: ({ t, level, service, message, fields, traceId, spanId, requestId, error, stack }) =>
    `${spacedMillis(t)} ${LEVELS[level]} [${service.name},${traceId},${spanId}] 1 --- [nio-8080-exec-${1 + (message.length % 24)}] c.n.${service.name.replace(/-service$/, "")}.RequestHandler : ${message}` +
    (requestId === "" ? "" : ` requestId=${requestId}`) +
    pairs(fields) +
    (error === null || stack !== null ? "" : ` cause=${error.type}: ${error.message}`) +
    (stack === null ? "" : `\n${stack.join("\n")}`),
};
