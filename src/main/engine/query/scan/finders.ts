// The code that searches a memory: in WebAssembly, or in plain words where a runtime or a processor has no such
// instructions.
import { findBytes, plainFinder, type FindBytes } from "./find-bytes.ts";
import { findOpening, plainFindOpening, type FindOpening } from "./find-opening.ts";

/** How far beyond the end of a text the memory is read. */
export const LOOKAHEAD = 32;

export interface Finders {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly findBytes: FindBytes;
  readonly findOpening: FindOpening;
}

/** As much of the global of this name as is used here: its types come with those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly run: unknown } };
};

export const PAGE_BYTES = 64 * 1024;
/** Two gibibytes: places come back as signed numbers. */
const MOST_PAGES = 2 ** 31 / PAGE_BYTES;

let compiled: { readonly findBytes: object; readonly findOpening: object } | null = null;

/** New memory, and what searches it; null on a processor or a runtime without these instructions, or too much. */
export function fastFinders(pages: number): Finders | null {
  if (pages > MOST_PAGES) return null;
  try {
    compiled ??= {
      findBytes: new WebAssembly.Module(findBytes),
      findOpening: new WebAssembly.Module(findOpening),
    };
    const memory = new WebAssembly.Memory({ initial: pages });
    const run = (module: object): unknown => new WebAssembly.Instance(module, { env: { memory } }).exports.run;
    return {
      bytes: Buffer.from(memory.buffer),
      findBytes: run(compiled.findBytes) as FindBytes,
      findOpening: run(compiled.findOpening) as FindOpening,
    };
  } catch {
    return null;
  }
}

export function plainFinders(pages: number): Finders {
  const bytes = Buffer.alloc(pages * PAGE_BYTES);
  return { bytes, findBytes: plainFinder(bytes), findOpening: plainFindOpening(bytes) };
}
