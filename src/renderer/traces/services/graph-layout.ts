/**
 * Places services in columns, callers left of what they call, after Sugiyama, Tagawa and Toda (1981): calls that go round
 * in a circle are turned, each service stands one column right of its last caller, calls over several columns get a bend in each,
 * and columns are ordered by the places of their neighbours until few lines cross. The same graph is always placed alike.
 */
export interface GraphCall {
  readonly from: string;
  readonly to: string;
}

export interface PlacedNode {
  readonly service: string;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

export interface PlacedCall {
  /** Index among the calls given. */
  readonly call: number;
  /** From the right edge of the caller to the left edge of the called; the other way for a call that goes back. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[];
  readonly calls: readonly PlacedCall[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 208, height: 44 } as const;
const GAP = { x: 64, y: 14 } as const;
const MARGIN = 16;
/** Room that a line takes between nodes. */
const BEND_HEIGHT = 12;
/** Ordering stops to improve long before; each sweep is linear. */
const SWEEPS = 12;

interface Vertex {
  /** Null for a bend. */
  readonly service: string | null;
  readonly column: number;
  readonly before: Vertex[];
  readonly after: Vertex[];
  place: number;
  y: number;
}

export function layoutGraph(services: readonly string[], calls: readonly GraphCall[]): PlacedGraph {
  const names = [...services].sort();
  const forward = acyclic(names, calls);
  const column = columnsOf(names, forward);
  const vertices = new Map(names.map((service) => [service, newVertex(service, column.get(service) ?? 0)]));
  const columns: Vertex[][] = [];
  for (const vertex of vertices.values()) (columns[vertex.column] ??= []).push(vertex);
  const chains = forward.map(({ from, to }) => chainOf(vertices.get(from), vertices.get(to), columns));
  order(columns);
  const height = placeAll(columns);
  return {
    nodes: [...vertices.values()].map((vertex) => ({
      service: vertex.service ?? "",
      column: vertex.column,
      x: xOf(vertex.column),
      y: vertex.y - NODE.height / 2,
    })),
    calls: chains.map((chain, call) => ({ call, points: pointsOf(chain) })),
    width: xOf(Math.max(0, columns.length - 1)) + NODE.width + MARGIN,
    height,
  };
}

const newVertex = (service: string | null, column: number): Vertex => ({
  service,
  column,
  before: [],
  after: [],
  place: 0,
  y: 0,
});

const xOf = (column: number): number => MARGIN + column * (NODE.width + GAP.x);

/** The calls with those that close a circle turned round, found depth first from the services that nobody calls. */
function acyclic(names: readonly string[], calls: readonly GraphCall[]): GraphCall[] {
  const called = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { from, to } of calls) if (from !== to) called.get(from)?.push(to);
  for (const list of called.values()) list.sort();
  const hasCaller = new Set(calls.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const state = new Map<string, "open" | "done">();
  const back = new Set<string>();
  const starts = [...names.filter((name) => !hasCaller.has(name)), ...names];
  for (const start of starts) {
    if (state.has(start)) continue;
    const path = [{ name: start, next: 0 }];
    state.set(start, "open");
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = called.get(top.name)?.[top.next];
      if (to === undefined) {
        state.set(top.name, "done");
        path.pop();
        continue;
      }
      top.next += 1;
      if (state.get(to) === "open") back.add(JSON.stringify([top.name, to]));
      else if (!state.has(to)) {
        state.set(to, "open");
        path.push({ name: to, next: 0 });
      }
    }
  }
  return calls.map(({ from, to }) => (back.has(JSON.stringify([from, to])) ? { from: to, to: from } : { from, to }));
}

/** Longest way from a service that nobody calls. */
function columnsOf(names: readonly string[], calls: readonly GraphCall[]): Map<string, number> {
  const column = new Map(names.map((name) => [name, 0]));
  const waiting = new Map(names.map((name) => [name, 0]));
  const called = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { from, to } of calls) {
    if (from === to || !column.has(from) || !column.has(to)) continue;
    called.get(from)?.push(to);
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const ready = names.filter((name) => waiting.get(name) === 0);
  for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
    for (const to of called.get(name) ?? []) {
      column.set(to, Math.max(column.get(to) ?? 0, (column.get(name) ?? 0) + 1));
      const left = (waiting.get(to) ?? 1) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return column;
}

/** From one end of a call to the other, with a bend in every column between. Empty for a service that calls itself. */
function chainOf(from: Vertex | undefined, to: Vertex | undefined, columns: Vertex[][]): Vertex[] {
  if (from === undefined || to === undefined || from === to) return [];
  const chain = [from];
  for (let column = from.column + 1; column < to.column; column += 1) {
    const bend = newVertex(null, column);
    (columns[column] ??= []).push(bend);
    chain.push(bend);
  }
  chain.push(to);
  for (let at = 0; at + 1 < chain.length; at += 1) {
    const [left, right] = [chain[at], chain[at + 1]];
    if (left === undefined || right === undefined) continue;
    left.after.push(right);
    right.before.push(left);
  }
  return chain;
}

/** Each vertex goes to the middle of its neighbours' places, column after column, to the right and back. */
function order(columns: readonly Vertex[][]): void {
  for (const column of columns) renumber(column);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? columns : columns.toReversed()) {
      const middle = new Map(
        column.map((vertex) => [vertex, middleOf(isForward ? vertex.before : vertex.after, vertex)] as const),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0) || a.place - b.place);
      renumber(column);
    }
  }
}

function renumber(column: readonly Vertex[]): void {
  for (const [place, vertex] of column.entries()) vertex.place = column.length > 1 ? place / (column.length - 1) : 0.5;
}

function middleOf(neighbours: readonly Vertex[], own: Vertex): number {
  if (neighbours.length === 0) return own.place;
  return neighbours.reduce((sum, { place }) => sum + place, 0) / neighbours.length;
}

const roomOf = ({ service }: Vertex): number => (service === null ? BEND_HEIGHT : NODE.height);

/** Stacks every column and centres it beside the tallest. */
function placeAll(columns: readonly Vertex[][]): number {
  const heights = columns.map((column) => column.reduce((sum, vertex) => sum + roomOf(vertex) + GAP.y, -GAP.y));
  const tallest = Math.max(NODE.height, ...heights);
  for (const [index, column] of columns.entries()) {
    let y = MARGIN + (tallest - (heights[index] ?? 0)) / 2;
    for (const vertex of column) {
      vertex.y = y + roomOf(vertex) / 2;
      y += roomOf(vertex) + GAP.y;
    }
  }
  return tallest + 2 * MARGIN;
}

function pointsOf(chain: readonly Vertex[]): (readonly [number, number])[] {
  return chain.flatMap((vertex, at): (readonly [number, number])[] => {
    const left = xOf(vertex.column);
    if (at === 0) return [[left + NODE.width, vertex.y]];
    if (at === chain.length - 1) return [[left, vertex.y]];
    return [
      [left, vertex.y],
      [left + NODE.width, vertex.y],
    ];
  });
}

/** A smooth line through the points of a call. */
export function pathOf(points: PlacedCall["points"]): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  let [x, y] = first;
  return others.reduce((path, [nextX, nextY]) => {
    const half = (x + nextX) / 2;
    const curve = `${path} C ${half} ${y}, ${half} ${nextY}, ${nextX} ${nextY}`;
    [x, y] = [nextX, nextY];
    return curve;
  }, `M ${x} ${y}`);
}

/** The node to go to with an arrow key: the nearest in the next column that way, or the next one up or down. */
export function neighbourOf(
  nodes: readonly PlacedNode[],
  from: PlacedNode,
  key: "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown",
): PlacedNode | null {
  const isSideways = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  const ahead = nodes.filter((node) =>
    isSideways ? (node.column - from.column) * sign > 0 : node.column === from.column && (node.y - from.y) * sign > 0,
  );
  const distance = (node: PlacedNode): number =>
    Math.abs(node.y - from.y) + (isSideways ? Math.abs(node.column - from.column) * 10_000 : 0);
  return ahead.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}
