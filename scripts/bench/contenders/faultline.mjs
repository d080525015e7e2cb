// Faultline itself: the built command line reads, the engine's reader answers.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeBinary, root } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";

const cli = join(root, "out", "main", "cli.js");
const questions = fileURLToPath(new URL("case-questions.mjs", import.meta.url));

/** @type {import("./contender.mjs").Contender} */
export const faultline = {
  name: "Faultline",
  absent: async () => null,
  async run(input, workFolder) {
    const lines = await imported(input.jsonLines, "lines", input, workFolder);
    const incident = await imported(input.incident, "incident", input, workFolder);
    return { samples: [...lines.samples, ...incident.samples], answers: lines.answers };
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
