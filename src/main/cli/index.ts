#!/usr/bin/env node
/** `faultline …`: the engine without a window. Built to out/main/cli.js, beside the worker threads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CaseThreads } from "../engine/case-threads.ts";
import { processTerminal } from "./terminal.ts";

const workersFolder = import.meta.dirname;
const args = process.argv.slice(2);
// The threads of the command that reads load while the program does, which takes as long.
const threads = args.includes("analyze") ? new CaseThreads(workersFolder, { parses: true, isWatched: false }) : null;
threads?.unref();
const { runProgram } = await import("./program.ts");

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  version: string;
};

process.exitCode = await runProgram(args, {
  version,
  workersFolder,
  threads,
  terminal: processTerminal(),
});
