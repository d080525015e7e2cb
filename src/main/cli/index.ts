#!/usr/bin/env node
/** `faultline …`: the engine without a window. Built to out/main/cli.js, beside the worker threads. */
import { version } from "../../../package.json";
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

process.exitCode = await runProgram(process.argv.slice(2), {
  version,
  workersFolder: import.meta.dirname,
  terminal: processTerminal(),
});
