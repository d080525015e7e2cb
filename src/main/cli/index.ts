#!/usr/bin/env node
/** `faultline …`: the engine without a window. Built to out/main/cli.js, beside the worker threads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  version: string;
};

process.exitCode = await runProgram(process.argv.slice(2), {
  version,
  workersFolder: import.meta.dirname,
  terminal: processTerminal(),
});
