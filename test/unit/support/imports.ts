// Reads which files and packages a source file imports. A regular expression is enough: the formatter puts every import
// and re-export at the start of a line.
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix, join } from "node:path";

const STATIC = /^(?:import|export)\s[^"';=]*?from\s*["'](?<specifier>[^"']+)["']/gm;
const SIDE_EFFECT = /^import\s*["'](?<specifier>[^"']+)["']/gm;
const DYNAMIC = /\b(?:import|import\.meta\.glob)(?:<[^(]*>)?\(\s*\[?\s*["'](?<specifier>[^"']+)["']/g;

/** Specifiers as written ("./row.ts", "node:fs", "electron"), those of types too. */
export function importsOf(source: string): readonly string[] {
  return [STATIC, SIDE_EFFECT, DYNAMIC].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(({ groups }) => groups?.["specifier"] ?? ""),
  );
}

/** The path of a relative import from the root of the checkout, or undefined for a package or a part of Node. */
export function resolveImport(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ""));
}

/** Every source file below `src/` with its imports, by path from the root. */
export function readSources(root: string): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(join(root, "src"))) return new Map();
  const files = globSync("src/**/*.{ts,tsx}", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  return new Map(files.toSorted().map((file) => [file, importsOf(readFileSync(join(root, file), "utf8"))]));
}

/** Which files each file imports. */
export function importGraph(sources: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...sources].map(([file, imports]) => [file, imports.flatMap((specifier) => resolveImport(file, specifier) ?? [])]),
  );
}

/**
 * The first cycle in a graph of imports, as the files one passes on the way round; undefined when there is none.
 */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
