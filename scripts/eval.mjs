// npm run eval -- DATA [NAME…]: measures what Faultline makes of real data with known answers, and prints each score.
// A score is one file of eval/scores/; NAME picks those whose file name holds it. Exits with 1 when a score that must
// hold does not, with 2 on bad usage.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIfStale } from "./build/build.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

const folder = join(root, "scripts", "eval", "scores");
const [given, ...names] = process.argv.slice(2);
const data = given === undefined ? undefined : resolve(callersFolder(root), given);
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".mjs") && (names.length === 0 || names.some((name) => file.includes(name))))
  .sort();
if (data === undefined || !existsSync(data) || files.length === 0) {
  process.stderr.write(
    "Usage: npm run eval -- DATA [NAME…]\nDATA is a folder with incidents/, logs/, metrics/ or traces/ in it.\n",
  );
  process.exit(2);
}

await setUp();
await buildIfStale();

const print = (text) => void process.stdout.write(text);
for (const file of files) {
  /** @type {{ title: string, score: (data: string, print: (text: string) => void) => Promise<boolean> }} */
  const { title, score } = await import(pathToFileURL(join(folder, file)).href);
  print(`\n${title}\n`);
  if (!(await score(data, print))) process.exitCode = 1;
}
