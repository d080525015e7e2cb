/** Several signals as one. */

/** Aborts once all of them have. */
export function allAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.filter(({ aborted }) => !aborted).length;
  if (left === 0) all.abort();
  for (const signal of signals) {
    signal.addEventListener("abort", () => (left -= 1) === 0 && all.abort(), { once: true });
  }
  return all.signal;
}
