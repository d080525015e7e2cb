#!/usr/bin/env node
/** Writes an incident of any size with a known cause. This file reads the arguments; `simulate/incident.mjs` does the work. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { KINDS } from "./simulate/cause.mjs";
import { simulate } from "./simulate/incident.mjs";
import { DIALECTS } from "./simulate/log-formats/index.mjs";

const HELP = `Write a believable incident with a known cause into a folder, and the truth about it beside that folder.

  npm run simulate -- --out DIR [options]

  --out DIR        where to write; the truth goes to DIR.truth.json
  --seed N         same seed, same bytes (default 1)
  --services N     size of the service graph, 4 to 200 (default 8)
  --minutes N      length of the window, 5 to 10080 (default 60)
  --lines N        log lines, about (default 7000)
  --cause KIND     ${KINDS.slice(0, 5).join(", ")},
                   ${KINDS.slice(5).join(", ")} (default bad-deploy)
  --start ISO      first moment (default 2026-03-17T13:00:00Z)
  --format NAME    every service logs in this dialect: ${Object.keys(DIALECTS).join(", ")}
                   (default: each in its own)
  --force          replace a folder that is not empty
  --help

The sample incident is written by
  npm run simulate -- --out resources/sample-incident --seed 10 --cause config --force`;

/** Not to be deleted by mistake: only what a simulation wrote is replaced. */
const OWN = new Set([
  "logs",
  "metrics",
  "traces",
  "changes",
  "ci",
  "misc",
  "alert.json",
  "dependencies.json",
  "oncall-handover.json",
]);

/** @param {string} sentence @returns {never} */
function refuse(sentence) {
  console.error(`simulate: ${sentence}`);
  process.exit(2);
}

/** @param {string} name @param {string} text @param {number} low @param {number} high */
function whole(name, text, low, high) {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < low || n > high)
    refuse(`--${name} must be a whole number from ${low} to ${high}, not "${text}"`);
  return n;
}

function parse() {
  try {
    return parseArgs({
      options: {
        out: { type: "string" },
        seed: { type: "string", default: "1" },
        services: { type: "string", default: "8" },
        minutes: { type: "string", default: "60" },
        lines: { type: "string", default: "7000" },
        cause: { type: "string", default: "bad-deploy" },
        start: { type: "string", default: "2026-03-17T13:00:00Z" },
        format: { type: "string" },
        force: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return refuse(`${/** @type {Error} */ (error).message.split(". ")[0]}; see --help`);
  }
}

const values = parse();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (values.out === undefined) refuse("--out DIR is missing; see --help");
const out = resolve(values.out);
const cause =
  KINDS.find((kind) => kind === values.cause) ??
  refuse(`unknown cause "${values.cause}"; it is one of ${KINDS.join(", ")}`);
const format = values.format ?? null;
if (format !== null && !Object.hasOwn(DIALECTS, format))
  refuse(`unknown format "${format}"; it is one of ${Object.keys(DIALECTS).join(", ")}`);
const start = Date.parse(values.start);
if (Number.isNaN(start)) refuse(`--start must be a time like 2026-03-17T13:00:00Z, not "${values.start}"`);
const options = {
  out,
  cause,
  start,
  format,
  seed: whole("seed", values.seed, 0, 4294967295),
  services: whole("services", values.services, 4, 200),
  minutes: whole("minutes", values.minutes, 5, 10080),
  lines: whole("lines", values.lines, 500, 1_000_000_000),
};
if (existsSync(out)) {
  const present = readdirSync(out);
  if (present.length > 0 && !values.force)
    refuse(`${values.out} is not empty; name another folder, or say --force to replace it`);
  const foreign = present.filter((name) => !OWN.has(name));
  if (foreign.length > 0) refuse(`${values.out} holds "${foreign[0]}", which no simulation wrote; name another folder`);
  for (const name of present) rmSync(resolve(out, name), { recursive: true });
}

const began = performance.now();
const truth = await simulate(options);
const seconds = (performance.now() - began) / 1000;
console.log(
  `${truth.expected.lines} log lines, ${truth.expected.traces.traces} traces in ${values.out} (${seconds.toFixed(1)} s, ${Math.round(truth.expected.lines / seconds)} lines/s)`,
);
console.log(
  `${truth.cause.kind}${truth.cause.service === null ? "" : ` in ${truth.cause.service}`}; the truth is in ${values.out.replace(/[/\\]+$/, "")}.truth.json`,
);
