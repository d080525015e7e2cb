// npm run bench:window [-- --help]: the real window under Electron: its start beside an empty window, the first bars after
// a drop, frames while it is used, and the memory of its processes while much is imported. No number fails it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { benchInput } from "./bench/input.mjs";
import { machine, machineText } from "./bench/machine.mjs";
import { printedTable } from "./bench/ratio-table.mjs";
import { timeToFirstBars } from "./bench/window/first-bars.mjs";
import { framesDuring } from "./bench/window/frames.mjs";
import { TIMELINE_GESTURES, TRACE_GESTURES } from "./bench/window/gestures.mjs";
import { writeLargeTrace } from "./bench/window/large-trace.mjs";
import { memoryOf, peakMemoryDuring } from "./bench/window/memory.mjs";
import { openSession, settled } from "./bench/window/session.mjs";
import { STARTS, timeToUsable } from "./bench/window/start.mjs";
import { frameTable, memoryTable, startTable } from "./bench/window/tables.mjs";
import { buildIfStale } from "./build/build.mjs";
import { hasDisplay, startVirtualDisplay } from "./run/display.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { nodeBinary, root } from "./setup/paths.mjs";
import { mustRun } from "./setup/run.mjs";
import { say, speakOnStderr } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

const HELP = `Measure Faultline's window: start, first bars, frames and memory.

  npm run bench:window [-- options]

  --runs N      starts and drops of each kind (default 5)
  --full        frames at 10,000,000 records too
  --lines N     frames at just this many records (default 1,000,000)
  --memory N    lines of the import whose memory is told (default 2,000,000, about 1 GB)
  --out FILE    where the raw numbers go (default out/bench-window.json)
  --help`;
const SPANS = 50_000;

speakOnStderr();
const options = readOptions();
if (options.help) process.stdout.write(`${HELP}\n`);
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

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: "string", default: "5" },
        full: { type: "boolean", default: false },
        lines: { type: "string", default: "1000000" },
        memory: { type: "string", default: "2000000" },
        out: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const numbers = Object.fromEntries(
      ["runs", "lines", "memory"].map((name) => {
        if (!/^[1-9]\d*$/.test(values[name]))
          throw new Error(`--${name} must be a whole number, not "${values[name]}".`);
        return [name, Number(values[name])];
      }),
    );
    const out =
      values.out === undefined ? join(root, "out", "bench-window.json") : resolve(callersFolder(root), values.out);
    return {
      ...numbers,
      sizes: values.full ? [numbers.lines, 10 * numbers.lines] : [numbers.lines],
      out,
      help: values.help,
    };
  } catch (error) {
    say(`${error.message}\n\n${HELP}`);
    return process.exit(2);
  }
}

async function bench() {
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  const env = { ...display?.env };
  const folder = mkdtempSync(join(tmpdir(), "faultline-bench-window-"));
  const on = machine((await mustRun(nodeBinary(), ["--version"])).trim());
  try {
    const starts = await measureStarts(env);
    const drops = await measureDrops(env);
    const frames = [];
    for (const lines of options.sizes)
      frames.push(...(await measureFrames(env, (await benchInput(lines, say)).jsonLines.path, lines)));
    frames.push(...(await measureTrace(env, join(folder, "trace.json"))));
    const memory = await measureMemory(env);
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(options.out, `${JSON.stringify({ machine: on, starts, drops, frames, memory }, null, 1)}\n`);
    process.stdout.write(
      [startTable(starts, drops), frameTable(frames), memoryTable(memory)].map(printedTable).join("\n") +
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
      drops[lines].push(await timeToFirstBars(session.page, [jsonLines.path]));
      await session.close();
    }
  }
  return drops;
}

async function measureFrames(env, path, lines) {
  say(`Frames at ${lines.toLocaleString("en-US")} records.`);
  const session = await openSession({ env, paths: [path] });
  await settled(session.page);
  const found = [];
  for (const { about, run } of TIMELINE_GESTURES) {
    found.push({ records: lines, about, ...(await framesDuring(session.page, () => run(session.page))) });
  }
  await session.close();
  return found;
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
