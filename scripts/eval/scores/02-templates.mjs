// Log templates on raw lines, header and all, with one configuration for every system.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../setup/paths.mjs";
import { csvRows } from "../csv.mjs";
import { scoreGrouping } from "../grouping.mjs";

export const title = "Log templates: lines grouped as their true templates group them";

/** One untuned Drain configuration on 16 systems whose headers were cut off (https://github.com/logpai/logparser). */
const TO_BEAT = { accuracy: 0.785, groupF1: 0.795 };

const run = promisify(execFile);
const cli = [join(root, "node_modules", ".bin", "node"), join(root, "out", "main", "cli.js")];

const row = (name, cells) =>
  `${name.padEnd(12)}${cells.map((cell) => (typeof cell === "number" ? cell.toFixed(3) : cell).padStart(12)).join("")}\n`;

/**
 * @param {string} data
 * @param {(text: string) => void} print
 * @returns {Promise<boolean>} whether what is to beat is beaten
 */
export async function score(data, print) {
  const folder = join(data, "logs", "loghub");
  const systems = existsSync(folder) ? readdirSync(folder).filter((name) => truthFile(folder, name) !== null) : [];
  if (systems.length === 0) {
    print("There is no logs/loghub in the data.\n");
    return true;
  }
  // The corrected truth left some events apart that it gives the same template: both readings are shown.
  print(row("", ["", "", "by event", "", "", "by text", ""]));
  print(row("system", ["templates", "true ones", "accuracy", "group F1", "pair F1", "accuracy", "group F1"]));
  const scores = [];
  for (const system of systems.sort()) {
    const predicted = await templatesOf(logFile(folder, system));
    const byEvent = scoreGrouping(predicted, truthOf(folder, system, "EventId"));
    const byText = scoreGrouping(predicted, truthOf(folder, system, "EventTemplate"));
    const { groups, trueGroups, accuracy, groupF1, pairF1 } = byEvent;
    const numbers = [accuracy, groupF1, pairF1, byText.accuracy, byText.groupF1];
    scores.push(numbers);
    print(row(system, [String(groups), String(trueGroups), ...numbers]));
  }
  const means = scores[0].map((_, column) => scores.reduce((sum, numbers) => sum + numbers[column], 0) / scores.length);
  print(row("mean", ["", "", ...means]));
  print(row("to beat", ["", "", TO_BEAT.accuracy, TO_BEAT.groupF1, "", TO_BEAT.accuracy, TO_BEAT.groupF1]));
  return means[0] > TO_BEAT.accuracy && means[1] > TO_BEAT.groupF1;
}

const logFile = (folder, system) => join(folder, system, `${system}_2k.log`);

function truthFile(folder, system) {
  const file = `${logFile(folder, system)}_structured_corrected.csv`;
  return existsSync(file) ? file : null;
}

/** `column`: what names the true group of a line. */
function truthOf(folder, system, column) {
  const [header = [], ...rows] = csvRows(readFileSync(truthFile(folder, system) ?? "", "utf8"));
  const line = header.indexOf("LineId");
  const event = header.indexOf(column);
  return new Map(rows.map((cells) => [Number(cells[line]), cells[event] ?? ""]));
}

async function templatesOf(file) {
  const { stdout } = await run(cli[0], [cli[1], "templates", file, "--json"], { maxBuffer: 1 << 28 });
  const records = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return new Map(records.map(({ line, templateId }) => [line, templateId]));
}
