// The inputs: an incident of every kind of file, and one file of JSON lines that all contenders can read. Made once by
// the simulator from a fixed seed, and kept in the user's cache folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../setup/paths.mjs";
import { simulate } from "../simulate/incident.mjs";
import { mergeLines } from "./merge-lines.mjs";

/**
 * @typedef {{ lines: number, folder: string, jsonLines: { path: string, lines: number, bytes: number, rare: string },
 *   incident: { path: string, lines: number, bytes: number } }} Input `rare` is a text that stands in few lines
 */

/** Another one where the simulator's output changed, so that no stale input is measured. */
const VERSION = 1;
const SEED = 7;
const WINDOW = {
  seed: SEED,
  services: 12,
  minutes: 60,
  cause: /** @type {const} */ ("bad-deploy"),
  start: Date.parse("2026-03-17T13:00:00Z"),
};
const AT = '{"@timestamp":"';

export const benchFolder = () => join(cacheFolder(), "bench");

/** @param {number} lines @param {(sentence: string) => void} say @returns {Promise<Input>} */
export async function benchInput(lines, say) {
  const folder = join(benchFolder(), `input-${VERSION}-${SEED}-${lines}`);
  const manifest = join(folder, "input.json");
  if (!existsSync(manifest)) {
    say(`Making the input of ${lines.toLocaleString("en-US")} lines in ${folder}.`);
    await make(folder, lines);
  }
  const { jsonLines, incident } = JSON.parse(readFileSync(manifest, "utf8"));
  return {
    lines,
    folder,
    jsonLines: { ...jsonLines, path: join(folder, "lines.jsonl") },
    incident: { ...incident, path: join(folder, "incident") },
  };
}

/** @param {string} folder @param {number} lines */
async function make(folder, lines) {
  rmSync(folder, { recursive: true, force: true });
  const making = `${folder}.part`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const incident = await simulate({ ...WINDOW, lines, out: join(making, "incident") });
  const one = join(making, "one-dialect");
  await simulate({ ...WINDOW, lines, out: one, format: "ecs" });

  const logs = readdirSync(join(one, "logs")).filter((name) => name !== "cluster-events.jsonl");
  let rare = "";
  let seen = 0;
  const path = join(making, "lines.jsonl");
  const count = await mergeLines(
    logs.map((name) => join(one, "logs", name)),
    path,
    (line) => (line.startsWith(AT) ? line.slice(AT.length, AT.length + 24) : null),
    (line) => {
      if (rare === "" && ++seen > lines * 0.6) rare = /"http.request.id":"([^"]+)"/.exec(line)?.[1] ?? "";
    },
  );
  rmSync(one, { recursive: true });
  const told = {
    jsonLines: { lines: count, bytes: statSync(path).size, rare },
    incident: { lines: incident.expected.lines, bytes: bytesBelow(join(making, "incident")) },
  };
  writeFileSync(join(making, "input.json"), JSON.stringify(told));
  renameSync(making, folder);
}

/** @param {string} folder */
function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
