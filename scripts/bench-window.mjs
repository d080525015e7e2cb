// npm run bench:window [-- --help]: the real window under Electron: its start beside an empty window, the first bars after
// a drop, what the analysis takes beyond an import, frames while it is used, and the memory of its processes while much is
// imported. No number fails it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { benchInput } from "./bench/input.mjs";
import { machine, machineText } from "./bench/machine.mjs";
import { parseWindowOptions, readOptions, WINDOW_HELP } from "./bench/options.mjs";
import { printedTable } from "./bench/ratio-table.mjs";
import { timeOfAnalysis } from "./bench/window/analysis.mjs";
import { framesOfBarePages } from "./bench/window/bare-page.mjs";
import { timeToFirstBars } from "./bench/window/first-bars.mjs";
import { framesDuring } from "./bench/window/frames.mjs";
import { TIMELINE_GESTURES, TRACE_GESTURES } from "./bench/window/gestures.mjs";
import { writeLargeTrace } from "./bench/window/large-trace.mjs";
import { memoryOf, peakMemoryDuring } from "./bench/window/memory.mjs";
import { savedCase } from "./bench/window/saved-case.mjs";
import { openSession, settled } from "./bench/window/session.mjs";
import { STARTS, timeToUsable } from "./bench/window/start.mjs";
import { analysisTable, frameTable, memoryTable, startTable } from "./bench/window/tables.mjs";
import { buildIfStale } from "./build/build.mjs";
import { hasDisplay, startVirtualDisplay } from "./run/display.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { nodeBinary, root } from "./setup/paths.mjs";
import { mustRun } from "./setup/run.mjs";
import { say, speakOnStderr } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

const SPANS = 50_000;
/** Nobody drops a file in the second in which the window appears. */
const REST_MS = 2_000;

speakOnStderr();
const options = readOptions(WINDOW_HELP, (args) =>
  parseWindowOptions(args, { from: callersFolder(root), out: join(root, "out", "bench-window.json") }),
);
if (options.help) process.stdout.write(`${WINDOW_HELP}\n`);
else {
  try {
    await setUp();
    await buildIfStale();
    await bench();
  } catch (error) {
    say(`The benchmark did not end: ${error.stack}`);
    process.exitCode = 1;
  }
}

async function bench() {
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  const env = { ...display?.env };
  const folder = mkdtempSync(join(tmpdir(), "faultline-bench-window-"));
  const on = machine((await mustRun(nodeBinary(), ["--version"])).trim());
  try {
    const { parts } = options;
    const starts = parts.has("starts") ? await measureStarts(env) : {};
    const drops = parts.has("drops") ? await measureDrops(env) : {};
    const analyses = parts.has("analysis") ? await measureAnalyses(env) : [];
    const opens = {};
    const frames = [];
    for (const lines of parts.has("frames") ? options.sizes : []) {
      const found = await measureSaved(env, lines, folder);
      opens[lines] = found.opens;
      frames.push(...found.frames);
    }
    if (parts.has("trace")) frames.push(...(await measureTrace(env, join(folder, "trace.json"))));
    const memory = parts.has("memory") ? await measureMemory(env) : null;
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(
      options.out,
      `${JSON.stringify({ machine: on, starts, drops, analyses, opens, frames, memory }, null, 1)}\n`,
    );
    const tables = [
      startTable(starts, drops, opens),
      analysisTable(analyses),
      frameTable(frames),
      ...(memory === null ? [] : [memoryTable(memory)]),
    ];
    process.stdout.write(
      tables
        .filter(({ rows }) => rows.length > 0)
        .map(printedTable)
        .join("\n") +
        `\nMedians of ${options.runs} runs; frames of one run each, on ${machineText(on)}${display ? ", without a graphics card" : ""}.\n`,
    );
    say(`The raw numbers are in ${options.out}`);
  } finally {
    display?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStarts(env) {
  const starts = Object.fromEntries(STARTS.map((what) => [what, []]));
  // The first of each reads files that the system does not hold yet.
  for (let run = -1; run < options.runs; run++) {
    for (const what of STARTS) {
      say(`Start of ${what}, run ${run + 1} of ${options.runs}.`);
      const ms = await timeToUsable(what, env);
      if (run >= 0) starts[what].push(ms);
    }
  }
  return starts;
}

async function measureDrops(env) {
  const drops = {};
  for (const lines of new Set([1e5, ...options.sizes])) {
    const { jsonLines } = await benchInput(lines, say);
    drops[lines] = [];
    for (let run = 0; run < options.runs; run++) {
      say(`Drop of ${lines.toLocaleString("en-US")} lines, run ${run + 1} of ${options.runs}.`);
      const session = await openSession({ env });
      await session.page.waitForTimeout(REST_MS);
      drops[lines].push(await timeToFirstBars(session.page, [jsonLines.path]));
      await session.close();
    }
  }
  return drops;
}

async function measureAnalyses(env) {
  const analyses = [];
  for (const lines of options.sizes) {
    const { incident } = await benchInput(lines, say);
    const runs = [];
    for (let run = 0; run < options.runs; run++) {
      say(`Analysis of an incident of ${lines.toLocaleString("en-US")} lines, run ${run + 1} of ${options.runs}.`);
      const session = await openSession({ env });
      await session.page.waitForTimeout(REST_MS);
      runs.push(await timeOfAnalysis(session.page, [incident.path]));
      await session.close();
    }
    analyses.push({ records: runs[0]?.records ?? 0, runs });
  }
  return analyses;
}

/** A saved case, opened as often as told; the last time it is used, too. */
async function measureSaved(env, lines, folder) {
  const records = lines.toLocaleString("en-US");
  const { jsonLines } = await benchInput(lines, say);
  say(`Saving a case of ${records} lines.`);
  const file = await savedCase(jsonLines.path, folder, String(lines));
  const opens = [];
  const frames = [];
  for (let run = 0; run < options.runs; run++) {
    say(`Opening a case of ${records} records, run ${run + 1} of ${options.runs}.`);
    const session = await openSession({ env });
    await session.page.waitForTimeout(REST_MS);
    opens.push(await timeToFirstBars(session.page, [file]));
    if (run === options.runs - 1) {
      say(`Frames at ${records} records.`);
      await settled(session.page);
      for (const { about, run: gesture } of TIMELINE_GESTURES)
        frames.push({ records: lines, about, ...(await framesDuring(session.page, () => gesture(session.page))) });
      for (const bare of await framesOfBarePages(session)) frames.push({ records: null, ...bare });
    }
    await session.close();
  }
  rmSync(file, { force: true });
  return { opens, frames };
}

async function measureTrace(env, file) {
  say(`Frames in a trace of ${SPANS.toLocaleString("en-US")} spans.`);
  writeLargeTrace(file, SPANS);
  const session = await openSession({ env, paths: [file] });
  const { page } = session;
  await settled(page);
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("button", { name: /^Traces/ })
    .click();
  await page.locator("[role=listbox][aria-label=Traces]").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.locator("[role=tree][aria-label^='Spans of the trace']").waitFor();
  const found = [];
  for (const { about, run } of TRACE_GESTURES) {
    found.push({ records: SPANS, about, ...(await framesDuring(page, () => run(page))) });
  }
  await session.close();
  return found;
}

async function measureMemory(env) {
  const { jsonLines } = await benchInput(options.memory, say);
  say(`Memory while ${Math.round(jsonLines.bytes / 1e6)} MB are imported.`);
  const session = await openSession({ env });
  await session.page.waitForTimeout(3_000);
  const idle = await memoryOf(session);
  const peak = await peakMemoryDuring(session, async () => {
    await timeToFirstBars(session.page, [jsonLines.path]);
    await settled(session.page);
  });
  await session.page.waitForTimeout(10_000);
  const after = await memoryOf(session);
  await session.close();
  return { bytes: jsonLines.bytes, idle, peak, after };
}
