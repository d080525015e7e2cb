// lnav indexes a file each time it is opened and keeps nothing: its import is the time to its first answer, and opening
// again costs the same. A question's time is that of a run that asks it less that of the run before, which only opens.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, root } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";
import { SERVICE, searches } from "../questions.mjs";

const config = join(root, "bench", "lnav");
const FIRST = ";SELECT count(*) AS n FROM faultline_ecs";
/** Its columns of free text; the rest of a line is asked as the text of the line. */
const BODY = "log_body";

/** @type {import("./contender.mjs").Contender} */
export const lnav = {
  name: "lnav",
  debianPackage: "lnav",
  absent: async () => (findOnPath("lnav") === undefined ? "install lnav, on Debian with apt-get install lnav" : null),
  async run({ jsonLines }, workFolder) {
    const home = join(workFolder, "lnav");
    mkdirSync(home, { recursive: true });
    const ask = (/** @type {string[]} */ ...queries) => answered(queries, jsonLines.path, home);
    try {
      const first = await ask(FIRST);
      const times = { import: first.ms, open: first.ms, memory: first.peakBytes };
      /** @type {Record<string, number>} */
      const answers = { import: first.count };
      for (const { id, query } of questions(jsonLines.rare)) {
        const alone = await ask(FIRST);
        const { ms, count } = await ask(FIRST, query);
        times[id] = Math.max(0, ms - alone.ms);
        answers[id] = count;
      }
      const samples = Object.entries(times).map(([measure, value]) => ({
        input: /** @type {const} */ ("lines"),
        measure,
        value,
      }));
      return { samples, answers };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** @param {string} rare */
function questions(rare) {
  const count = (/** @type {string} */ where) => `;SELECT count(*) AS n FROM faultline_ecs WHERE ${where}`;
  const asked = searches(rare).map(({ id, text, anyCase, columns }) => ({
    id,
    query: count(condition(text, anyCase, columns)),
  }));
  const filter = count(`"service.name" = '${SERVICE}' AND log_level IN ('warning', 'error')`);
  const facets = `;SELECT count(*) AS n FROM (SELECT "service.name", log_level, count(*) FROM faultline_ecs GROUP BY 1, 2)`;
  return [...asked, { id: "filter", query: filter }, { id: "facets", query: facets }];
}

/** GLOB minds the case, LIKE does not. @param {string} text @param {boolean} anyCase @param {readonly string[]} columns */
function condition(text, anyCase, columns) {
  const own = columns.flatMap((column) =>
    column === "message" ? [BODY] : column.startsWith("error.") ? [] : [`"${column}"`],
  );
  return own.map((column) => (anyCase ? `${column} LIKE '%${text}%'` : `${column} GLOB '*${text}*'`)).join(" OR ");
}

/** @param {string[]} queries @param {string} path @param {string} home */
async function answered(queries, path, home) {
  const commands = queries.flatMap((query) => ["-c", query]);
  const args = ["-I", config, "-n", ...commands, "-c", ":write-json-to -", path];
  const { ms, peakBytes, output } = await measuredProcess("lnav", args, {
    env: { HOME: home, XDG_CONFIG_HOME: join(home, "config"), TMPDIR: home },
  });
  return { ms, peakBytes, count: Number(/"n":\s*(\d+)/.exec(output)?.[1]) };
}
