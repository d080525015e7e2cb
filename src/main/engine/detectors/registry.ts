/** Finds every detector of this folder by its default export. */
import type { Detector } from "./detector.ts";

const modules = import.meta.glob<{ default: Detector }>(["./*.ts", "!./detector.ts", "!./registry.ts"], {
  eager: true,
});

/** In the order of their ids. Throws on a file without a default export and on an id that two files share. */
export const detectors: readonly Detector[] = collect();

function collect(): Detector[] {
  const byId = new Map<string, Detector>();
  for (const [file, { default: detector }] of Object.entries(modules)) {
    if (detector === undefined) throw new Error(`${file} has no default export`);
    if (byId.has(detector.id)) throw new Error(`two detectors are named ${detector.id}`);
    byId.set(detector.id, detector);
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
