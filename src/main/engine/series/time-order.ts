/**
 * The order of time. Records come in it, or nearly: several threads write one file, several files make one list. Most
 * are in place after a step or two, which costs far less than to compare them anew.
 */

/** Steps that each time may take on the average until all are sorted from scratch: files that follow each other. */
const MOST_STEPS = 8;

/** Indices of the times, ascending, equal ones as they stand; null where all stand in order. None may be NaN. */
export function timeOrder(times: Float64Array): Uint32Array | null {
  if (isAscending(times)) return null;
  const order = Uint32Array.from(times, (_, index) => index);
  if (insertEach(order, times)) return order;
  // Of a plain array the sort finds the stretches that ascend already.
  return Uint32Array.from(
    Array.from(times, (_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b),
  );
}

function isAscending(times: Float64Array): boolean {
  for (let index = 1; index < times.length; index += 1) if ((times[index] ?? 0) < (times[index - 1] ?? 0)) return false;
  return true;
}

/** Whether it came to an end: `order` ascends then. */
function insertEach(order: Uint32Array, times: Float64Array): boolean {
  let steps = order.length * MOST_STEPS;
  for (let index = 1; index < order.length; index += 1) {
    const time = times[index] ?? 0;
    let at = index;
    for (let before = order[at - 1] ?? 0; at > 0 && (times[before] ?? 0) > time; before = order[at - 1] ?? 0) {
      order[at] = before;
      at -= 1;
      steps -= 1;
    }
    if (steps < 0) return false;
    order[at] = index;
  }
  return true;
}
