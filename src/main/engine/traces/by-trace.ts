/** The spans of each trace side by side: a counting sort over the trace of every span, linear whatever their order. */
export interface ByTrace {
  /** The spans of trace t are `span[from[t]] … span[from[t + 1] - 1]`, in the order of their index. */
  readonly from: Uint32Array;
  readonly span: Uint32Array;
}

/** `trace` holds a code below `traces` for each span; spans of other codes belong to none. */
export function byTrace(trace: Uint32Array, traces: number): ByTrace {
  const from = new Uint32Array(traces + 1);
  for (const code of trace) if (code < traces) from[code + 1] = (from[code + 1] ?? 0) + 1;
  for (let code = 0; code < traces; code += 1) from[code + 1] = (from[code + 1] ?? 0) + (from[code] ?? 0);
  const next = from.slice();
  const span = new Uint32Array(from[traces] ?? 0);
  for (let index = 0; index < trace.length; index += 1) {
    const code = trace[index] ?? traces;
    if (code >= traces) continue;
    const at = next[code] ?? 0;
    span[at] = index;
    next[code] = at + 1;
  }
  return { from, span };
}
