// No call of a connector to the outside bypasses the resilience layer: read from the sources, as a rule of the language.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bypasses } from "../support/bypasses.ts";

const folder = join(import.meta.dirname, "../../../src/main/engine/connectors");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

describe("connectors", () => {
  it.each(files)("%s calls outside only in an action that it hands to run", (name) => {
    expect(bypasses(readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    ["a call of its own", `import { stat } from "node:fs/promises"; export const f = (p) => stat(p);`],
    [
      "a call beside run",
      `import { stat } from "node:fs/promises"; export async function f(run, p) { await run({}, () => stat(p)); await stat(p); }`,
    ],
    [
      "a call in what run is told of the call",
      `import { statSync } from "node:fs"; export const f = (run, p) => run({ target: statSync(p) }, () => 1);`,
    ],
    [
      "a helper that is used outside too",
      `import { stat } from "node:fs/promises"; const h = (p) => stat(p); export const f = (run, p) => run({}, () => h(p)); export const g = (p) => h(p);`,
    ],
    [
      "a helper that anyone may call",
      `import { stat } from "node:fs/promises"; export async function h(p) { return stat(p); } export const f = (run, p) => run({}, () => h(p));`,
    ],
    ["a namespace", `import * as fs from "node:fs"; export const f = (p) => fs.readFileSync(p);`],
    ["an import at run time", `export const f = async (p) => (await import("node:fs/promises")).stat(p);`],
    ["what is there without an import", `export const f = (url) => fetch(url);`],
    ["handing the function on", `import { stat } from "node:fs/promises"; export const f = stat;`],
    [
      "a file that was opened",
      `import { open } from "node:fs/promises"; export async function f(run, p) { const handle = await run({}, () => open(p)); return await handle.read(); }`,
    ],
    ["sockets", `import { connect } from "node:net"; export const f = (p) => connect(p);`],
  ])("objects to %s", (_, source) => {
    expect(bypasses(source)).not.toEqual([]);
  });

  it.each([
    ["an action", `import { stat } from "node:fs/promises"; export const f = (run, p) => run({}, () => stat(p));`],
    [
      "a helper of actions alone",
      `import { stat } from "node:fs/promises"; async function h(p) { return stat(p); } export const f = (context, p) => context.run({}, () => h(p));`,
    ],
    [
      "a function that hands its action on",
      `import { stat } from "node:fs/promises"; export async function f(run, p) { const attempt = (action) => run({}, action); await attempt(() => stat(p)); }`,
    ],
    [
      "an import at run time in a helper of actions alone",
      `async function h(p) { const { stat } = await import("node:fs/promises"); return stat(p); } export const f = (run, p) => run({}, () => h(p));`,
    ],
    ["types and constants", `import { constants, type Stats } from "node:fs"; export const f = constants.O_RDONLY;`],
    [
      "letting go of a file",
      `import { open } from "node:fs/promises"; export async function f(run, p) { const handle = await run({}, () => open(p)); void handle.close(); }`,
    ],
  ])("allows %s", (_, source) => {
    expect(bypasses(source)).toEqual([]);
  });
});
