// Faultline itself: the built command line reads, the engine's reader answers.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeBinary, root } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";
import { smallFiles } from "../small-files.mjs";

const cli = join(root, "out", "main", "cli.js");
const questions = fileURLToPath(new URL("case-questions.mjs", import.meta.url));

/** @type {import("./contender.mjs").Contender} */
export const faultline = {
  name: "Faultline",
  absent: async () => null,
  async run(input, workFolder) {
    const lines = await imported(input.jsonLines, "lines", input, workFolder);
    const incident = await imported(input.incident, "incident", input, workFolder);
    const small = await smallAgainstOne(input, workFolder);
    return { samples: [...lines.samples, ...incident.samples, small], answers: lines.answers };
  },
};

/** @param {{ path: string, bytes: number }} raw @param {"lines" | "incident"} kind @param {import("../input.mjs").Input} input @param {string} workFolder */
async function imported({ path, bytes }, kind, input, workFolder) {
  const folder = join(workFolder, "faultline");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "bench.faultline");
  const env = { FAULTLINE_DATA: join(folder, "data") };
  try {
    const reading = await measuredProcess(nodeBinary(), [cli, "analyze", path, "--case", file, "--json"], { env });
    const { firstRecordsMs, readMs, totals } = JSON.parse(reading.output);
    const size = statSync(file).size;
    const { output } = await measuredProcess(nodeBinary(), [questions, file, input.jsonLines.rare], { env });
    const { times, answers } = JSON.parse(output);
    const values = {
      import: readMs,
      "import-analysed": reading.ms,
      "first-bars": firstRecordsMs,
      memory: reading.peakBytes,
      size: size / bytes,
      ...times,
    };
    const samples = Object.entries(values).map(([measure, value]) => ({ input: kind, measure, value }));
    return { samples, answers: { import: totals.records, ...answers } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How fast small files are read, by what the same bytes take in one. @param {import("../input.mjs").Input} input @param {string} workFolder */
async function smallAgainstOne({ jsonLines, folder }, workFolder) {
  const { folder: many, one } = smallFiles(jsonLines.path, folder);
  const value = (await readingMs(one, workFolder)) / (await readingMs(many, workFolder));
  return { input: "lines", measure: "small-files", value };
}

/** @param {string} path @param {string} workFolder */
async function readingMs(path, workFolder) {
  const folder = join(workFolder, "faultline");
  mkdirSync(folder, { recursive: true });
  const env = { FAULTLINE_DATA: join(folder, "data") };
  const file = join(folder, "small.faultline");
  try {
    const { output } = await measuredProcess(nodeBinary(), [cli, "analyze", path, "--case", file, "--json"], { env });
    return JSON.parse(output).readMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
