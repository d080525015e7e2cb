/** Every span of a case as flat arrays, one element a span: what all questions over many traces are answered from. */
import type { Children } from "./children.ts";
import type { SpanLinks } from "./span-links.ts";

/** Of a span that takes no part in a question. */
export const NONE = 0xffff_ffff;

export interface Operation {
  readonly service: string | null;
  readonly name: string;
}

export interface SpanColumns extends SpanLinks {
  readonly count: number;
  readonly traces: readonly string[];
  readonly services: readonly (string | null)[];
  readonly operations: readonly Operation[];
  /** Indexes into `traces`, `services` and `operations`; the operation of a copy is {@link NONE}. */
  readonly trace: Uint32Array;
  readonly service: Uint32Array;
  readonly operation: Uint32Array;
  /** Microseconds since the epoch, with nanoseconds as a fraction as far as a double holds them. */
  readonly start: Float64Array;
  /** Microseconds. */
  readonly duration: Float64Array;
  readonly self: Float64Array;
  readonly failed: Uint8Array;
  readonly children: Children;
}
