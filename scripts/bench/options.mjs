// The arguments of npm run bench and npm run bench:window.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { say } from "../setup/say.mjs";

export const HELP = `Measure Faultline beside lnav, DuckDB, ripgrep and grep on simulated incidents.

  npm run bench [-- options]

  --runs N           alternating runs of each size (default 5)
  --quick            100,000 lines and 3 runs, for a look
  --full             10,000,000 lines too, of which lnav is asked only what tells of growth
  --lines N          just this many lines
  --out FILE         where the raw numbers go (default out/bench.json)
  --install-peers    let apt-get bring lnav and ripgrep, on Debian as root
  --help`;

export const WINDOW_HELP = `Measure Faultline's window: start, first bars, analysis, frames and memory.

  npm run bench:window [-- options]

  --only PART   one of starts, drops, analysis, frames, trace, memory; repeated for more (default all)
  --runs N      starts, drops and analyses of each kind (default 5)
  --full        10,000,000 records too
  --lines N     just this many records (default 1,000,000)
  --memory N    lines of the import whose memory is told (default 2,000,000, about 1 GB)
  --out FILE    where the raw numbers go (default out/bench-window.json)
  --help`;

/** What bench:window measures. */
const WINDOW_PARTS = ["starts", "drops", "analysis", "frames", "trace", "memory"];

/** @typedef {{ from: string, out: string }} Folders `from`: where the person is; `out`: the default file */

/**
 * @param {readonly string[]} args @param {Folders} folders
 * @returns {{ runs: number, sizes: number[], out: string, installPeers: boolean, help: boolean }} throws with a sentence
 */
export function parseBenchOptions(args, { from, out }) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      lines: { type: "string" },
      out: { type: "string" },
      "install-peers": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.quick && values.full) throw new Error("--quick and --full exclude each other.");
  const usual = values.quick ? [1e5] : values.full ? [1e5, 1e6, 1e7] : [1e5, 1e6];
  return {
    runs: whole("runs", values.runs, 1) ?? (values.quick ? 3 : 5),
    sizes: sizesOf(values.lines) ?? usual,
    out: values.out === undefined ? out : resolve(from, values.out),
    installPeers: values["install-peers"],
    help: values.help,
  };
}

/**
 * @param {readonly string[]} args @param {Folders} folders
 * @returns {{ parts: ReadonlySet<string>, runs: number, sizes: number[], memory: number, out: string, help: boolean }} throws with a sentence
 */
export function parseWindowOptions(args, { from, out }) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      runs: { type: "string" },
      full: { type: "boolean", default: false },
      lines: { type: "string" },
      memory: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const strange = values.only?.find((part) => !WINDOW_PARTS.includes(part));
  if (strange !== undefined) throw new Error(`--only is one of ${WINDOW_PARTS.join(", ")}, not "${strange}".`);
  return {
    parts: new Set(values.only ?? WINDOW_PARTS),
    runs: whole("runs", values.runs, 1) ?? 5,
    sizes: sizesOf(values.lines) ?? (values.full ? [1e6, 1e7] : [1e6]),
    memory: whole("memory", values.memory, 1_000) ?? 2e6,
    out: values.out === undefined ? out : resolve(from, values.out),
    help: values.help,
  };
}

/** What the process was called with; says what is wrong with it and ends. @template T @param {string} help @param {(args: string[]) => T} parse @returns {T} */
export function readOptions(help, parse) {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    say(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}

/** @param {string | undefined} lines */
function sizesOf(lines) {
  const n = whole("lines", lines, 1_000);
  return n === undefined ? undefined : [n];
}

/** @param {string} name @param {string | undefined} text @param {number} low @returns {number | undefined} */
function whole(name, text, low) {
  if (text === undefined) return undefined;
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < low) throw new Error(`--${name} must be a whole number from ${low}, not "${text}".`);
  return n;
}
