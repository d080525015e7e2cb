// npm run bench [-- --help]: Faultline beside what a person would take instead, on simulated incidents. Prints one table of
// ratios measured in this run and keeps the raw numbers. No number fails it: only a run that could not end exits with 1.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { disagreements } from "./bench/agreement.mjs";
import { CONTENDERS } from "./bench/contenders/contender.mjs";
import { benchFolder, benchInput } from "./bench/input.mjs";
import { machine, machineText } from "./bench/machine.mjs";
import { HELP, parseBenchOptions, readOptions } from "./bench/options.mjs";
import { printedTable, ratioTable } from "./bench/ratio-table.mjs";
import { buildIfStale } from "./build/build.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { nodeBinary, root } from "./setup/paths.mjs";
import { mustRun } from "./setup/run.mjs";
import { say, speakOnStderr } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";
import { installPackages } from "./setup/system-libraries.mjs";

speakOnStderr();
const options = readOptions(HELP, (args) =>
  parseBenchOptions(args, { from: callersFolder(root), out: join(root, "out", "bench.json") }),
);
if (options.help) process.stdout.write(`${HELP}\n`);
else {
  try {
    await setUp();
    await buildIfStale();
    await bench();
  } catch (error) {
    say(`The benchmark did not end: ${error.message}`);
    process.exitCode = 1;
  }
}

async function bench() {
  // Gigabytes of half-made cases would stay behind.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  if (options.installPeers) await installPackages(CONTENDERS.flatMap(({ debianPackage }) => debianPackage ?? []));
  const present = [];
  const absent = [];
  for (const contender of CONTENDERS) {
    const how = await contender.absent();
    if (how === null) present.push(contender);
    else absent.push(`${contender.name} is not here and was not measured: ${how}.`);
  }
  const on = machine((await mustRun(nodeBinary(), ["--version"])).trim());

  const samples = [];
  const answers = [];
  const inputs = [];
  for (const lines of options.sizes) {
    const input = await benchInput(lines, say);
    inputs.push({ lines, jsonLines: told(input.jsonLines), incident: told(input.incident) });
    for (let run = 0; run < options.runs; run++) {
      say(`${lines.toLocaleString("en-US")} lines, run ${run + 1} of ${options.runs}.`);
      for (const contender of rotated(present, run)) {
        const found = await runOf(contender, input);
        samples.push(...found.samples.map((sample) => ({ lines, run, contender: contender.name, ...sample })));
        if (run === 0) answers.push({ lines, contender: contender.name, answers: found.answers });
      }
    }
  }

  const peers = present.map(({ name }) => name).filter((name) => name !== "Faultline");
  const table = printedTable(ratioTable(samples, peers));
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(
    options.out,
    `${JSON.stringify({ machine: on, runs: options.runs, inputs, absent, answers, samples }, null, 1)}\n`,
  );
  process.stdout.write(
    `${table}\nA peer's column tells how many times as long, or as much, as Faultline: above 1× Faultline is ahead.\n` +
      `Medians of ${options.runs} alternating runs on ${machineText(on)}.\n${[...absent, ...disagreements(answers)].map((sentence) => `${sentence}\n`).join("")}`,
  );
  say(`The raw numbers are in ${options.out}`);
}

/** Nobody always runs first, or after the same other. @template T @param {readonly T[]} list @param {number} by */
function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** @param {import("./bench/contenders/contender.mjs").Contender} contender @param {import("./bench/input.mjs").Input} input */
async function runOf(contender, input) {
  mkdirSync(benchFolder(), { recursive: true });
  const workFolder = mkdtempSync(join(benchFolder(), "work-"));
  const cleanUp = () => rmSync(workFolder, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", cleanUp);
  try {
    return await contender.run(input, workFolder);
  } finally {
    process.off("exit", cleanUp);
    cleanUp();
  }
}

/** @param {{ lines: number, bytes: number }} input */
function told({ lines, bytes }) {
  return { lines, bytes };
}
