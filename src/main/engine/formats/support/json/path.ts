/** Paths such as `data[*].spans[*]` as a tree, so that a scanner walks all of them at once. */
export interface PathNode {
  /** The path itself where it is asked for; null where it only leads to others. */
  readonly path: string | null;
  readonly elements: PathNode | null;
  readonly members: ReadonlyMap<string, PathNode> | null;
}

interface Growing {
  path: string | null;
  elements: Growing | null;
  members: Map<string, Growing> | null;
}

const STEP = /\[\*\]|[^.[\]]+/g;
const newNode = (): Growing => ({ path: null, elements: null, members: null });

/** `""` is the document itself, `[*]` every element of an array, `a.b` a member of a member, `a.*` any member of one. */
export function compilePaths(paths: readonly string[]): PathNode {
  const root = newNode();
  for (const path of paths) {
    let node = root;
    for (const [step] of path.matchAll(STEP)) {
      if (step === "[*]") node = node.elements ??= newNode();
      else {
        node.members ??= new Map();
        const member = node.members.get(step) ?? newNode();
        node.members.set(step, member);
        node = member;
      }
    }
    node.path = path;
  }
  return root;
}

/** What is asked of a member; where none is asked for by its name, what is asked of any. */
export const memberOf = (node: PathNode | undefined, key: string): PathNode | null =>
  node?.members?.get(key) ?? node?.members?.get("*") ?? null;
