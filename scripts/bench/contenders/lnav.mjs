// lnav indexes a file each time it is opened and keeps nothing: its import is the time to its first answer, and opening
// again costs the same. It writes each answer into a file of its own, whose times tell how long each question took.
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, root } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";
import { GROWING } from "../measures.mjs";
import { SERVICE, searches } from "../questions.mjs";

const config = join(root, "bench", "lnav");
const FIRST = ";SELECT count(*) AS n FROM faultline_ecs";
/** Lines; beyond them it is asked only what tells of growth: at 10,000,000 each of the others takes half a minute or more. */
const ALL_QUESTIONS = 2_000_000;
/** Holds the fields that `line-format` does not print as well. */
const BODY = "log_body";

/** @type {import("./contender.mjs").Contender} */
export const lnav = {
  name: "lnav",
  debianPackage: "lnav",
  absent: async () => (findOnPath("lnav") === undefined ? "install lnav, on Debian with apt-get install lnav" : null),
  async run({ jsonLines }, workFolder) {
    const home = join(workFolder, "lnav");
    mkdirSync(home, { recursive: true });
    try {
      const all = [{ id: "import", query: FIRST }, ...questions(jsonLines.rare)];
      const asked = jsonLines.lines > ALL_QUESTIONS ? all.filter(({ id }) => GROWING.includes(id)) : all;
      const { waits, counts, peakBytes } = await answered(
        asked.map(({ query }) => query),
        jsonLines.path,
        home,
      );
      const times = Object.fromEntries(asked.map(({ id }, i) => [id, waits[i]]));
      const answers = Object.fromEntries(asked.map(({ id }, i) => [id, counts[i]]));
      const values = { ...times, open: waits[0], memory: peakBytes };
      const samples = Object.entries(values).map(([measure, value]) => ({
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
  const asked = searches(rare).map(({ id, text, how, columns }) => ({
    id,
    query: count(condition(text, how, columns)),
  }));
  const filter = count(`"service.name" = '${SERVICE}' AND log_level IN ('warning', 'error')`);
  const facets = `;SELECT count(*) AS n FROM (SELECT "service.name", log_level, count(*) FROM faultline_ecs GROUP BY 1, 2)`;
  return [...asked, { id: "filter", query: filter }, { id: "facets", query: facets }];
}

/** GLOB minds the case, LIKE does not. @param {string} text @param {import("../questions.mjs").Search["how"]} how @param {readonly string[]} columns */
function condition(text, how, columns) {
  const own = columns.flatMap((column) =>
    column === "message" ? [BODY] : column.startsWith("error.") ? [] : [`"${column}"`],
  );
  const test = { exact: `GLOB '*${text}*'`, "any-case": `LIKE '%${text}%'`, regex: `REGEXP '${text}'` }[how];
  return own.map((column) => `${column} ${test}`).join(" OR ");
}

/** @param {string[]} queries @param {string} path @param {string} home */
async function answered(queries, path, home) {
  const files = queries.map((_, i) => join(home, `${i}.json`));
  const commands = queries.flatMap((query, i) => ["-c", query, "-c", `:write-json-to ${files[i]}`]);
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, "config"), TMPDIR: home };
  const began = Date.now();
  const { peakBytes } = await measuredProcess("lnav", ["-I", config, "-n", ...commands, path], { env });
  const ends = files.map((file) => statSync(file).mtimeMs);
  return {
    waits: ends.map((end, i) => end - (ends[i - 1] ?? began)),
    counts: files.map((file) => Number(/"n":\s*(\d+)/.exec(readFileSync(file, "utf8"))?.[1])),
    peakBytes,
  };
}
