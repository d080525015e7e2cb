// How well lines were grouped into templates, as the papers on log parsing measure it.

/**
 * Grouping accuracy (Zhu et al., "Tools and Benchmarks for Automated Log Parsing", 2019): the share of lines whose group
 * holds exactly the lines of their true group. F1 of grouping accuracy (Jiang et al., "A Large-Scale Evaluation for Log
 * Parsing Techniques", 2024): the same over groups instead of lines. Pairwise F1: over pairs of lines of one group.
 * @param {Map<number, string>} predicted template by line; a line without one is a group of its own
 * @param {Map<number, string>} truth
 * @returns {{ lines: number, groups: number, trueGroups: number, accuracy: number, groupF1: number, pairF1: number }}
 */
export function scoreGrouping(predicted, truth) {
  const found = new Map();
  const wanted = new Map();
  for (const [line, event] of truth) {
    add(found, predicted.get(line) ?? `line ${line}`, line);
    add(wanted, event, line);
  }
  let exactLines = 0;
  let exactGroups = 0;
  let pairsInBoth = 0;
  for (const lines of found.values()) {
    const events = new Map();
    for (const line of lines) events.set(truth.get(line), (events.get(truth.get(line)) ?? 0) + 1);
    for (const count of events.values()) pairsInBoth += pairs(count);
    const [event] = events.keys();
    if (events.size > 1 || wanted.get(event).length !== lines.length) continue;
    exactLines += lines.length;
    exactGroups += 1;
  }
  const sum = (groups) => [...groups.values()].reduce((all, { length }) => all + pairs(length), 0);
  return {
    lines: truth.size,
    groups: found.size,
    trueGroups: wanted.size,
    accuracy: exactLines / Math.max(truth.size, 1),
    groupF1: (2 * exactGroups) / Math.max(found.size + wanted.size, 1),
    pairF1: (2 * pairsInBoth) / Math.max(sum(found) + sum(wanted), 1),
  };
}

const pairs = (count) => (count * (count - 1)) / 2;

function add(groups, key, line) {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [line]);
  else known.push(line);
}
