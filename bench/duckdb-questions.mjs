// node duckdb-questions.mjs DATABASE THREADS RARE: the questions that Faultline's reader is asked, in SQL, over the columns
// that can hold the answer.
import { DuckDBInstance } from "@duckdb/node-api";
import { BARS, SERVICE, searches, zooms } from "../scripts/bench/questions.mjs";
import { percentile } from "../scripts/bench/statistics.mjs";

const [database, threads, rare] = process.argv.slice(2);
/** @type {Record<string, number>} */
const times = {};
/** @type {Record<string, number>} */
const answers = {};

/** @template T @param {string} id @param {() => Promise<T>} ask */
async function timed(id, ask) {
  const began = performance.now();
  const answer = await ask();
  times[id] = performance.now() - began;
  return answer;
}

const rows = async (/** @type {string} */ sql) => (await connection.runAndReadAll(sql)).getRows();
const count = async (/** @type {string} */ where) =>
  Number((await rows(`SELECT count(*) FROM logs WHERE ${where}`))[0][0]);
const bars = (/** @type {number} */ from, /** @type {number} */ to) =>
  rows(
    `SELECT (epoch_us("@timestamp") - ${from}) // ${Math.max(1, Math.ceil((to - from) / BARS))} AS bucket, "log.level", count(*)
     FROM logs
     WHERE "@timestamp" >= make_timestamp(${from})
       AND "@timestamp" < make_timestamp(${to})
     GROUP BY ALL`,
  );

let connection;
const range = await timed("open", async () => {
  const instance = await DuckDBInstance.create(database, { threads, access_mode: "READ_ONLY" });
  connection = await instance.connect();
  const [[from, to]] = await rows(`SELECT epoch_us(min("@timestamp")), epoch_us(max("@timestamp")) + 1 FROM logs`);
  await bars(Number(from), Number(to));
  return { from: Number(from), to: Number(to) };
});
answers.import = await count("true");
for (const { id, text, how, columns } of searches(rare)) {
  const test = (/** @type {string} */ column) =>
    ({
      exact: `contains("${column}", '${text}')`,
      "any-case": `"${column}" ILIKE '%${text}%'`,
      regex: `regexp_matches("${column}", '${text}')`,
    })[how];
  answers[id] = await timed(id, () => count(columns.map(test).join(" OR ")));
}
answers.filter = await timed("filter", () =>
  count(`"service.name" = '${SERVICE}' AND "log.level" IN ('WARN', 'ERROR')`),
);
await timed("facets", () =>
  rows(
    `SELECT "service.name", "log.level", count(*)
     FROM logs
     GROUP BY GROUPING SETS (("service.name"), ("log.level"))`,
  ),
);

const waits = [];
for (const { from, to } of zooms(range.from, range.to)) {
  const began = performance.now();
  await bars(from, to);
  waits.push(performance.now() - began);
}
times.zoom = percentile(waits, 95);
process.stdout.write(JSON.stringify({ times, answers }));
