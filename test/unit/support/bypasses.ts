/**
 * Finds calls to the outside that no policy stands around. The rule: whatever comes from a module that reaches outside
 * (files, processes, sockets, HTTP) is named only within a function that is handed to `run`, within a private function
 * that is itself named only there, or within what a private function hands on to `run`.
 */
import { parseSync } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const OUTSIDE =
  /^(?:node:)?(?:fs|fs\/promises|child_process|net|tls|dgram|dns|dns\/promises|http|https|http2|worker_threads)$|^(?:undici|axios|got|ws)$/u;
/** What reaches outside without a declaration; a module that is loaded at run time is used where it is loaded. */
const IMPORT = "import()";
const GLOBALS: ReadonlySet<string> = new Set([IMPORT, "fetch", "WebSocket", "EventSource", "XMLHttpRequest"]);
/** Values of such modules that do nothing. */
const HARMLESS: ReadonlySet<string> = new Set(["constants"]);
/** Open files: what is done with them is outside too, but for letting go. */
const HANDLES: ReadonlySet<string> = new Set(["handle"]);
const LETTING_GO: ReadonlySet<string> = new Set(["close"]);

/** Sentences, one for each place. */
export function bypasses(source: string): readonly string[] {
  const { program, errors } = parseSync("source.ts", source);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return new File(program as unknown as Node).bypasses();
}

interface Reference {
  readonly name: string;
  readonly node: Node;
  /** Outermost first. */
  readonly ancestors: readonly Node[];
}

class File {
  readonly #references: Reference[] = [];
  readonly #outside = new Set(GLOBALS);
  readonly #gates = new Set(["run"]);
  readonly #exported = new Set<Node>();
  readonly #problems: string[] = [];

  constructor(program: Node) {
    this.#walk(program, []);
    for (const { node, ancestors } of this.#references) this.#learnGate(node, ancestors);
  }

  bypasses(): readonly string[] {
    for (const reference of this.#references) {
      const { name, node, ancestors } = reference;
      const isOutside = this.#outside.has(name) || isUseOfHandle(node, ancestors.at(-1));
      if (isOutside && !this.#isInside(reference, new Set())) this.#problems.push(`${name} at ${node.start}`);
    }
    return this.#problems;
  }

  #walk(node: Node, ancestors: readonly Node[]): void {
    if (node.type.startsWith("TS") && !/^TS(?:As|Satisfies|NonNull)/u.test(node.type)) return;
    if (node.type === "ImportDeclaration") return this.#learnImport(node);
    if (node.type === "ImportExpression" && OUTSIDE.test(String((node["source"] as Node)["value"]))) {
      this.#references.push({ name: IMPORT, node, ancestors });
    }
    if (/^Export(?:Named|Default)Declaration$/u.test(node.type)) this.#learnExport(node["declaration"] as Node | null);
    if (isReference(node, ancestors.at(-1))) {
      this.#references.push({ name: nameOf(node) ?? "", node, ancestors });
    }
    for (const child of childrenOf(node)) this.#walk(child, [...ancestors, node]);
  }

  #learnImport(node: Node): void {
    if (node["importKind"] === "type" || !OUTSIDE.test(String((node["source"] as Node)["value"]))) return;
    for (const specifier of node["specifiers"] as Node[]) {
      const local = nameOf(specifier["local"] as Node) ?? "";
      if (specifier["importKind"] !== "type" && !HARMLESS.has(local)) this.#outside.add(local);
    }
  }

  #learnExport(declaration: Node | null): void {
    if (declaration === null) return;
    this.#exported.add(declaration);
    for (const one of (declaration["declarations"] as Node[] | undefined) ?? []) this.#exported.add(one);
  }

  /** `run(call, action)` where `action` is a parameter: whoever calls that function hands its action to run. */
  #learnGate(node: Node, ancestors: readonly Node[]): void {
    const call = ancestors.at(-1);
    if (call?.type !== "CallExpression" || calledName(call) !== "run" || argumentsOf(call)[1] !== node) return;
    const holder = ancestors.findLast(
      (ancestor) =>
        isFunction(ancestor) && (ancestor["params"] as Node[]).some((param) => nameOf(param) === nameOf(node)),
    );
    const name = holder === undefined ? null : functionName(holder, ancestors);
    if (name !== null) this.#gates.add(name);
  }

  #isInside({ ancestors }: Reference, visiting: Set<string>): boolean {
    for (let index = ancestors.length - 1; index >= 0; index -= 1) {
      const ancestor = ancestors[index];
      if (ancestor === undefined || !isFunction(ancestor)) continue;
      const call = ancestors[index - 1];
      if (call?.type === "CallExpression" && this.#isAction(ancestor, call)) return true;
      if (this.#isHelper(ancestor, ancestors.slice(0, index), visiting)) return true;
    }
    return false;
  }

  #isAction(node: Node, call: Node): boolean {
    const name = calledName(call);
    if (name === "run") return argumentsOf(call)[1] === node;
    return name !== null && this.#gates.has(name) && argumentsOf(call).includes(node);
  }

  /** A private function that is named in actions alone. */
  #isHelper(node: Node, ancestors: readonly Node[], visiting: Set<string>): boolean {
    const name = functionName(node, [...ancestors, node]);
    if (name === null || this.#exported.has(node) || this.#exported.has(ancestors.at(-1) ?? node)) return false;
    // A function that calls itself is where its first call is.
    if (visiting.has(name)) return true;
    visiting.add(name);
    const uses = this.#references.filter((reference) => reference.name === name);
    return uses.length > 0 && uses.every((use) => this.#isInside(use, visiting));
  }
}

const isFunction = ({ type }: Node): boolean =>
  /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/u.test(type);

const nameOf = (node: Node | undefined): string | null => (typeof node?.["name"] === "string" ? node["name"] : null);

/** Of a declaration, or of the constant, property or method that the function is the value of. */
function functionName(node: Node, ancestors: readonly Node[]): string | null {
  if (node.type === "FunctionDeclaration") return nameOf(node["id"] as Node);
  const holder = ancestors[ancestors.indexOf(node) - 1];
  if (holder?.type === "VariableDeclarator") return nameOf(holder["id"] as Node);
  return holder?.type === "MethodDefinition" ? nameOf(holder["key"] as Node) : null;
}

/** "run" of `run()`, `context.run()`, `this.#run()`. */
function calledName(call: Node): string | null {
  const callee = call["callee"] as Node;
  return nameOf(callee.type === "MemberExpression" ? (callee["property"] as Node) : callee);
}

const argumentsOf = (call: Node): readonly Node[] => call["arguments"] as Node[];

/** A name that stands for a value here: no declaration, no key. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (node.type !== "Identifier" && node.type !== "PrivateIdentifier") return false;
  if (parent === undefined) return false;
  if (parent.type === "MemberExpression")
    return parent["object"] === node || parent["computed"] === true || node.type === "PrivateIdentifier";
  if (parent.type === "Property") return parent["value"] === node || parent["computed"] === true;
  if (parent.type === "VariableDeclarator") return parent["init"] === node;
  if (parent.type === "MethodDefinition" || parent.type === "PropertyDefinition") return parent["value"] === node;
  if (isFunction(parent)) return parent["body"] === node;
  return !/^(?:ImportSpecifier|CatchClause|ClassDeclaration|LabeledStatement)$/u.test(parent.type);
}

function isUseOfHandle(node: Node, parent: Node | undefined): boolean {
  if (!HANDLES.has(nameOf(node) ?? "") || parent?.type !== "MemberExpression" || parent["object"] !== node)
    return false;
  return !LETTING_GO.has(nameOf(parent["property"] as Node) ?? "");
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === "object" && child !== null && "type" in child) yield child as Node;
    }
  }
}
