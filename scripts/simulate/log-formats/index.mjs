/** Every dialect a simulated service can write. A new one is a file here and a line below. */
import container from "./container.mjs";
import ecs from "./ecs.mjs";
import events from "./events.mjs";
import javaText from "./java-text.mjs";
import logfmt from "./logfmt.mjs";
import pino from "./pino.mjs";
import postgres from "./postgres.mjs";
import pythonText from "./python-text.mjs";
import structlog from "./structlog.mjs";
import zap from "./zap.mjs";

/**
 * @typedef {{ t: number, level: 0 | 1 | 2 | 3, service: import('../topology.mjs').Service, pod: import('../topology.mjs').Pod, message: string,
 *   fields: (string | number)[], traceId: string, spanId: string, requestId: string, error: import('../failures.mjs').Failure | null, stack: string[] | null }} Line
 *   level: debug, info, warning, error
 * @typedef {{ id: string, extension: string, json: boolean, multiline: boolean, comments: boolean, render: (line: Line) => string }} Dialect
 */

/** @type {Record<string, Dialect>} */
export const DIALECTS = Object.fromEntries(
  [pino, zap, structlog, ecs, container, logfmt, javaText, pythonText, postgres, events].map((d) => [d.id, d]),
);
