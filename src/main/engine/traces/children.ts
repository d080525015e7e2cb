/** The children of every span, from the parents alone: two flat arrays, whatever the number of spans. */

import { NO_PARENT } from "../../../shared/model/trace-columns.ts";

export { NO_PARENT };

/** The children of span i are `child[from[i]] … child[from[i + 1] - 1]`. */
export interface Children {
  readonly from: Uint32Array;
  readonly child: Uint32Array;
}

/** Children come in the order of their index, or of `start` where that is given. A span is no child of its own. */
export function childrenOf(parent: Uint32Array, start?: Float64Array): Children {
  const count = parent.length;
  const from = new Uint32Array(count + 1);
  for (let span = 0; span < count; span += 1) {
    const above = parent[span] ?? NO_PARENT;
    if (above < count && above !== span) from[above + 1] = (from[above + 1] ?? 0) + 1;
  }
  for (let span = 0; span < count; span += 1) from[span + 1] = (from[span + 1] ?? 0) + (from[span] ?? 0);
  const next = from.slice();
  const child = new Uint32Array(from[count] ?? 0);
  for (let span = 0; span < count; span += 1) {
    const above = parent[span] ?? NO_PARENT;
    if (above >= count || above === span) continue;
    const at = next[above] ?? 0;
    child[at] = span;
    next[above] = at + 1;
  }
  if (start !== undefined) sortSiblings({ from, child }, start);
  return { from, child };
}

/** Most spans have few children and have them in order, so that one look at each is nearly all the work. */
function sortSiblings({ from, child }: Children, start: Float64Array): void {
  for (let span = 0; span + 1 < from.length; span += 1) {
    const first = from[span] ?? 0;
    const end = from[span + 1] ?? 0;
    for (let at = first + 1; at < end; at += 1) {
      if ((start[child[at] ?? 0] ?? 0) >= (start[child[at - 1] ?? 0] ?? 0)) continue;
      child.subarray(first, end).sort((a, b) => (start[a] ?? 0) - (start[b] ?? 0) || a - b);
      break;
    }
  }
}
