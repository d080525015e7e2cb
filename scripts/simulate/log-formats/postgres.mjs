/** A PostgreSQL server log, `log_line_prefix = '%m [%p] %q%u@%d '`. https://www.postgresql.org/docs/current/runtime-config-logging.html */
import { spacedMillis } from "../clock.mjs";

const LEVELS = ["DEBUG", "LOG", "WARNING", "ERROR"];

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "postgres",
  extension: "log",
  json: false,
  multiline: false,
  comments: false,
  render: ({ t, level, message, error }) =>
    `${spacedMillis(t)} UTC [${4000 + (Math.floor(t) % 97)}] app@shop ${LEVELS[level]}:  ${error === null ? message : error.message}`,
};
