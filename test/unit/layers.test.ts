// The one-way rule of the architecture, as data: who may import whom. A new folder needs a line here first.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCycle, importGraph, importsOf, readSources, resolveImport } from "./support/imports.ts";

interface Layer {
  /** A folder with all below it, or a single file. Of several that hold a file, the longest counts. */
  readonly at: string;
  /** Besides itself. */
  readonly mayImport: readonly string[];
  /** What it runs in, and so may name of the outside. */
  readonly runsIn: "anywhere" | "window" | "node" | "electron";
}

const engine = "src/main/engine";
const rooms = ["formats", "connectors", "detectors", "resilience", "store"].map((room) => `${engine}/${room}`);
const meetings = ["ingest", "query", "analysis"].map((room) => `${engine}/${room}`);
// Pure thinking: no file, no table, no thread.
const pure = ["templates", "series", "traces", "correlation"].map((room) => `${engine}/${room}`);
const thoughts = [...pure, `${engine}/compare`, `${engine}/suspects`];
const base = ["src/shared", `${engine}/threads`];

const layers: readonly Layer[] = [
  { at: "src/shared", mayImport: [], runsIn: "anywhere" },
  { at: "src/renderer", mayImport: ["src/shared"], runsIn: "window" },
  { at: "src/preload", mayImport: ["src/shared"], runsIn: "electron" },

  { at: `${engine}/threads`, mayImport: ["src/shared"], runsIn: "node" },
  ...rooms.filter((at) => !at.endsWith("/detectors")).map((at): Layer => ({ at, mayImport: base, runsIn: "node" })),
  ...pure.map((at): Layer => ({ at, mayImport: ["src/shared"], runsIn: "anywhere" })),
  { at: `${engine}/detectors`, mayImport: [...base, `${engine}/series`, `${engine}/traces`], runsIn: "node" },
  { at: `${engine}/compare`, mayImport: ["src/shared", `${engine}/series`], runsIn: "anywhere" },
  { at: `${engine}/suspects`, mayImport: ["src/shared", `${engine}/series`, `${engine}/traces`], runsIn: "anywhere" },
  ...meetings.map((at): Layer => ({ at, mayImport: [...base, ...rooms, ...thoughts, ...meetings], runsIn: "node" })),
  { at: `${engine}/settings`, mayImport: ["src/shared"], runsIn: "node" },
  { at: `${engine}/tokens`, mayImport: ["src/shared", `${engine}/store`], runsIn: "node" },
  // The composition root and what stands beside it.
  { at: engine, mayImport: ["src/shared"], runsIn: "node" },

  { at: "src/main/cli", mayImport: ["src/shared", engine], runsIn: "node" },
  { at: "src/main/api", mayImport: ["src/shared", engine], runsIn: "node" },
  { at: "src/main/ipc", mayImport: ["src/shared", engine], runsIn: "electron" },
  { at: "src/main/app", mayImport: ["src/shared", engine, "src/main"], runsIn: "electron" },
  { at: "src/main/menu.ts", mayImport: ["src/shared", "src/main"], runsIn: "electron" },
  { at: "src/main/window.ts", mayImport: ["src/shared", "src/main"], runsIn: "electron" },
  { at: "src/main/index.ts", mayImport: ["src/shared", "src/main"], runsIn: "electron" },
  { at: "src/main", mayImport: ["src/shared", engine], runsIn: "node" },
];

const sources = readSources(join(import.meta.dirname, "..", ".."));
const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function layerOf(path: string): Layer | undefined {
  return layers.filter(({ at }) => isWithin(path, at)).toSorted((a, b) => b.at.length - a.at.length)[0];
}

/** What is wrong with one import, in words; undefined when it is allowed. */
function complaint(file: string, specifier: string): string | undefined {
  const layer = layerOf(file);
  if (!layer) return `${file}: no layer holds it`;
  const target = resolveImport(file, specifier);
  if (target !== undefined) {
    const allowed = [layer.at, ...layer.mayImport].some((at) => isWithin(target, at));
    return allowed ? undefined : `${file} imports ${target}: ${layer.at} may not`;
  }
  return outsideIsAllowed(layer, specifier) ? undefined : `${file} imports ${specifier}: ${layer.at} may not`;
}

function outsideIsAllowed(layer: Layer, specifier: string): boolean {
  if (/^electron(?:\/|$)/.test(specifier)) return layer.runsIn === "electron";
  const needsNode = specifier.startsWith("node:") || specifier === "better-sqlite3";
  return !needsNode || layer.runsIn === "node" || layer.runsIn === "electron";
}

describe("layers", () => {
  it("are imported one way only", () => {
    const complaints = [...sources].flatMap(([file, imports]) =>
      imports.flatMap((specifier) => complaint(file, specifier) ?? []),
    );
    expect(complaints).toEqual([]);
  });

  it("hold no cycle of files, of types neither", () => {
    expect(findCycle(importGraph(sources))).toBeUndefined();
  });

  it.each([
    ["a room that imports another", `${engine}/store/a.ts`, "../formats/b.ts"],
    ["an engine that imports Electron", `${engine}/store/a.ts`, "electron"],
    ["a window that imports the engine", "src/renderer/a.tsx", "../main/engine/workbench.ts"],
    ["a window that imports Node", "src/renderer/a.tsx", "node:fs"],
    ["an engine that imports the command line", `${engine}/workbench.ts`, "../cli/index.ts"],
    ["a folder that nobody placed", "src/other/a.ts", "../shared/units.ts"],
  ])("object to %s", (_, file, specifier) => {
    expect(complaint(file, specifier)).toBeDefined();
  });

  it.each([
    [`${engine}/ingest/a.ts`, "../store/b.ts"],
    [`${engine}/store/a.ts`, "../../../shared/units.ts"],
    [`${engine}/workbench.ts`, "./ingest/a.ts"],
    ["src/main/ipc/a.ts", "electron"],
  ])("let %s import %s", (file, specifier) => {
    expect(complaint(file, specifier)).toBeUndefined();
  });
});

describe("reading imports", () => {
  it("finds every form", () => {
    const source = `
import type { A } from "./a.ts";
import {
  b,
  type B,
} from "./b.ts";
export * from './c.ts';
import "./d.css";
const e = await import("./e.ts");
const files = import.meta.glob<{ default: F }>("./f/*.ts", { eager: true });
// import g from "./g.ts";
export const h = { from: "./h.ts" };
`;
    expect(importsOf(source)).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.css", "./e.ts", "./f/*.ts"]);
  });

  it("finds the files of a cycle, in order", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(findCycle(graph)).toEqual(["b", "c", "b"]);
    expect(findCycle(new Map([["a", ["b", "b"]]]))).toBeUndefined();
  });

  it("finds one that is of types alone", () => {
    const files = new Map([
      ["src/room/a.ts", importsOf(`import { b } from "./b.ts";`)],
      ["src/room/b.ts", importsOf(`import type { A } from "./a.ts";`)],
    ]);
    expect(findCycle(importGraph(files))).toEqual(["src/room/a.ts", "src/room/b.ts", "src/room/a.ts"]);
  });
});
