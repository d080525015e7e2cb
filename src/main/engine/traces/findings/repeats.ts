/** The same operation called again and again by one span: one after the other, all at once, or after each failure. */
import { childrenOfSpan, endOf, inWords, nameOf, type Finding, type TraceView } from "./finding.ts";

/** So many calls one after the other could have been one: Sentry's "N+1" begins at the same number. */
const LEAST_IN_TURN = 5;
const LEAST_AT_ONCE = 10;
/** Share of calls that begin after the one before ended, from which they count as being in turn. */
const IN_TURN = 0.8;

export function repeatedCalls(view: TraceView): Finding[] {
  const found: Finding[] = [];
  for (let span = 0; span < view.spans.length; span += 1) {
    const children = childrenOfSpan(view, span);
    if (children.length < 2) continue;
    for (const calls of byOperation(view, children)) {
      const finding = retry(view, span, calls) ?? repetition(view, span, calls);
      if (finding !== null) found.push(finding);
    }
  }
  return found;
}

/** Only what was called more than once. Client spans are often all named alike: what they called tells them apart. */
function byOperation(view: TraceView, children: Uint32Array): number[][] {
  const { operation } = view;
  const groups = new Map<string, number[]>();
  for (const child of children) {
    const called = childrenOfSpan(view, child)[0];
    const key = `${operation[child]} ${called === undefined ? "" : operation[called]}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [child]);
    else known.push(child);
  }
  return [...groups.values()].filter((calls) => calls.length > 1);
}

/** A call that is made again after it failed. Where most calls went well, the failed ones are of a loop, not attempts. */
function retry(view: TraceView, parent: number, calls: readonly number[]): Finding | null {
  const attempts = calls.filter(
    (call, at) => isFailed(view, call) || (at > 0 && isFailed(view, calls[at - 1] ?? call)),
  );
  const failures = attempts.filter((call) => isFailed(view, call)).length;
  const isInTurn = calls.every((call, at) => at === 0 || startOf(view, call) >= endOf(view, calls[at - 1] ?? call));
  if (failures === 0 || attempts.length < 2 || !isInTurn || failures * 2 < calls.length - 1) return null;
  const [first = 0] = attempts;
  const last = attempts.at(-1) ?? first;
  const micros = endOf(view, last) - startOf(view, first);
  const outcome = isFailed(view, last) ? "none went well" : `attempt ${attempts.length} went well`;
  return {
    kind: "retry",
    spans: [...attempts, parent],
    micros,
    text: `${nameOf(view, parent)} called ${nameOf(view, first)} ${attempts.length} times over ${inWords(micros)}, each time after a failure; ${outcome}.`,
  };
}

function repetition(view: TraceView, parent: number, calls: readonly number[]): Finding | null {
  if (calls.length < LEAST_IN_TURN) return null;
  let inTurn = 0;
  let reached = -Infinity;
  let busy = 0;
  for (const call of calls) {
    if (startOf(view, call) >= reached) inTurn += 1;
    busy += Math.max(0, endOf(view, call) - Math.max(reached, startOf(view, call)));
    reached = Math.max(reached, endOf(view, call));
  }
  const [first = 0] = calls;
  const count = calls.length.toLocaleString("en-US");
  if (inTurn >= calls.length * IN_TURN) {
    return {
      kind: "n-plus-one",
      spans: [parent, ...calls],
      micros: busy,
      text: `${nameOf(view, parent)} called ${nameOf(view, first)} ${count} times one after the other, ${inWords(busy)} in all: one call for all of them may do.`,
    };
  }
  if (calls.length < LEAST_AT_ONCE) return null;
  const slowest = calls.reduce((most, call) => ((view.duration[call] ?? 0) > (view.duration[most] ?? 0) ? call : most));
  return {
    kind: "fan-out",
    spans: [parent, slowest, ...calls.filter((call) => call !== slowest)],
    micros: busy,
    text: `${nameOf(view, parent)} called ${nameOf(view, first)} ${count} times at once, ${inWords(busy)} until the last was done; the slowest took ${inWords(view.duration[slowest] ?? 0)}.`,
  };
}

const isFailed = ({ spans }: TraceView, span: number): boolean => spans[span]?.failed === true;
const startOf = ({ start }: TraceView, span: number): number => start[span] ?? 0;
