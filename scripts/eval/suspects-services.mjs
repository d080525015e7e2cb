// Where the true service stands in the ranking of services, on incidents whose truth says `service`, `baseline` and
// `incident` a line (`incidents/KIND/truth.jsonl`, cases in `incidents/KIND/BUNDLE/`): once with the truth's windows,
// once with none given.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../setup/paths.mjs";

const run = promisify(execFile);
const cli = [join(root, "node_modules", ".bin", "node"), join(root, "out", "main", "cli.js")];
const MOST_OUTPUT = 64 * 2 ** 20;

/**
 * @typedef {{ kind: string, name: string, folder: string, service: string, type: string, windows: string[] }} Case
 * @typedef {{ given: Case, services: number, rank: number, rankAlone: number, seconds: number }} Ranked
 */

/**
 * @param {string} data
 * @returns {Case[]} in the order of their names
 */
export function findRankedCases(data) {
  const folder = join(data, "incidents");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((kind) => existsSync(join(folder, kind, "truth.jsonl")))
    .flatMap((kind) =>
      readFileSync(join(folder, kind, "truth.jsonl"), "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line))
        .filter(({ service, baseline, incident }) => service && baseline && incident)
        .map(({ bundle, service, type, baseline, incident }) => ({
          kind,
          name: `${kind}/${bundle}`,
          folder: join(folder, kind, bundle),
          service,
          type,
          windows: ["--baseline", baseline.join(".."), "--incident", incident.join("..")],
        })),
    );
}

/**
 * @param {Case[]} cases
 * @param {(ranked: Ranked) => void} onRanked
 * @returns {Promise<Ranked[]>} a rank of 0 stands for a service that is not ranked
 */
export async function rankCases(cases, onRanked) {
  const folder = mkdtempSync(join(tmpdir(), "faultline-eval-"));
  try {
    const all = [];
    for (const given of cases) {
      const file = join(folder, "case.faultline");
      await call("analyze", given.folder, "--case", file);
      const start = performance.now();
      const services = await rankedServices(file, given.windows);
      const seconds = (performance.now() - start) / 1000;
      const alone = await rankedServices(file, []);
      rmSync(file);
      const ranked = {
        given,
        services: services.length,
        rank: services.indexOf(given.service) + 1,
        rankAlone: alone.indexOf(given.service) + 1,
        seconds,
      };
      all.push(ranked);
      onRanked(ranked);
    }
    return all;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rankedServices(file, windows) {
  const { services } = JSON.parse(await call("suspects", file, ...windows, "--json"));
  return services.toSorted((a, b) => a.rank - b.rank).map(({ service }) => service);
}

async function call(...args) {
  const [node, script] = cli;
  const { stdout } = await run(node, [script, ...args], { maxBuffer: MOST_OUTPUT });
  return stdout;
}

/** Share of the ranks that are at most `most`. */
export const within = (ranks, most) => ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length;
