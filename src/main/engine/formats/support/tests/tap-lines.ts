/** Lines of the Test Anything Protocol, and the names of subtests around them. */
import type { Outcome } from "./dialect.ts";

const TEST = /^( *)(not )?ok\b(?: +(\d+))?(?: +-(?= |$))?(.*)$/s;
/** An escaped # is part of the description. */
const DIRECTIVE = /(?<!\\)# *(SKIP|TODO)\b\S*(?: +(.*))?$/is;
const SUBTEST = /^( *)# Subtest: (.*)$/s;

export interface TapTest {
  readonly indent: number;
  readonly name: string;
  readonly outcome: Outcome;
  /** Why it was skipped or is still to be done. */
  readonly why: string | null;
}

export function tapTest(line: string): TapTest | null {
  const [whole, indent = "", not, number, rest = ""] = TEST.exec(line) ?? [];
  if (whole === undefined) return null;
  const [directive, kind = "", why] = DIRECTIVE.exec(rest) ?? [];
  const description = (directive === undefined ? rest : rest.slice(0, -directive.length)).replace(/\{$/, "");
  const name = description.replaceAll(/\\([\\#])/g, "$1").trim();
  const isSkipped = kind.toUpperCase() === "SKIP" || (kind !== "" && not !== undefined);
  const outcome = isSkipped ? "skipped" : not === undefined ? "passed" : "failed";
  return { indent: indent.length, name: name || `test ${number ?? ""}`.trim(), outcome, why: why?.trim() || null };
}

interface Subtest {
  readonly indent: number;
  readonly name: string;
  tests: number;
  failed: number;
}

/** The subtests that a line stands in: comments name them, with the indentation of their tests or of what is around. */
export class TapSubtests {
  #open: Subtest[] = [];

  /** Whether the line opens a subtest. */
  take(line: string): boolean {
    const [, indent, name] = SUBTEST.exec(line) ?? [];
    if (indent === undefined || name === undefined) return false;
    this.#open.push({ indent: indent.length, name: name.trim(), tests: 0, failed: 0 });
    return true;
  }

  /** Names around a test; `sums` says that it only sums up its subtest, which told all of it. */
  around(test: TapTest): { readonly names: readonly string[]; readonly sums: boolean } {
    let closed: Subtest | undefined;
    for (let last = this.#open.at(-1); last !== undefined && closes(last, test); last = this.#open.at(-1)) {
      closed = this.#open.pop();
      if (closed?.name === test.name) break;
    }
    const sums = closed?.name === test.name && closed.tests > 0 && (test.outcome !== "failed" || closed.failed > 0);
    for (const subtest of this.#open) {
      subtest.tests += 1;
      if (test.outcome === "failed") subtest.failed += 1;
    }
    return { names: this.#open.map(({ name }) => name), sums };
  }
}

const closes = (subtest: Subtest, test: TapTest): boolean =>
  subtest.indent > test.indent || (subtest.indent === test.indent && subtest.name === test.name);
