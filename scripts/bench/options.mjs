// The arguments of npm run bench.
import { resolve } from "node:path";
import { parseArgs } from "node:util";

export const HELP = `Measure Faultline beside lnav, DuckDB, ripgrep and grep on simulated incidents.

  npm run bench [-- options]

  --runs N           alternating runs of each size (default 5)
  --quick            100,000 lines and 3 runs, for a look
  --full             10,000,000 lines too
  --lines N          just this many lines
  --out FILE         where the raw numbers go (default out/bench.json)
  --install-peers    let apt-get bring lnav and ripgrep, on Debian as root
  --help`;

/**
 * @param {readonly string[]} args @param {{ from: string, out: string }} folders `from`: where the person is; `out`: the default file
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
  const lines = values.lines === undefined ? null : whole("lines", values.lines, 1_000);
  const usual = values.quick ? [1e5] : values.full ? [1e5, 1e6, 1e7] : [1e5, 1e6];
  return {
    runs: values.runs === undefined ? (values.quick ? 3 : 5) : whole("runs", values.runs, 1),
    sizes: lines === null ? usual : [lines],
    out: values.out === undefined ? out : resolve(from, values.out),
    installPeers: values["install-peers"],
    help: values.help,
  };
}

/** @param {string} name @param {string} text @param {number} low */
function whole(name, text, low) {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < low) throw new Error(`--${name} must be a whole number from ${low}, not "${text}".`);
  return n;
}
