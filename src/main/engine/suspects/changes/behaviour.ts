/**
 * Whether a change can alter what a system does, judged by its diff and its paths: documentation, tests, moved lines and
 * new spacing cannot; a limit, a default, a name that is read elsewhere, or a guard that is gone can. Where there is no
 * diff, the words that engineers use for both kinds of work stand in, and weigh less.
 */
import { deltaOf, parseDiff, tokensOf, type Delta, type Pair } from "./diff.ts";
import { isInert, isManifest, isPresentation } from "./paths.ts";
import { reordered } from "./reordered.ts";

/** A number that a diff turns into another. */
export interface ChangedValue {
  readonly before: number;
  readonly after: number;
  /** The line as it is now. */
  readonly line: string;
}

export interface Behaviour {
  /** Log-odds that it is of those that break things, from −4 (cannot) to 2. */
  readonly logOdds: number;
  /** What the diff does, in words. */
  readonly what: string;
  readonly values: readonly ChangedValue[];
}

const ORDERLY =
  /\b(?:tid(?:y|ies|ied)|extract|rename|reformat|format|typos?|comments?|docs?|document|readme|reorder|re-?group|split|move|helper|cosmetic|clean-?up|cleanup|lint|gofmt|prettier|restyle|style|imports?|dedupe|collapse|snapshot|golden|coverage|changelog|codeowners)\b/iu;
const RISKY =
  /\b(?:tune|lower|raise|reduce|increase|shrink|bump limit|default|right-?size|switch|enable|disable|replace|drop|remove|delete|migrat\w+|optimi[sz]e|cache|batch|parallel|async|concurren\w+|retr(?:y|ies)|timeout|simplify|align|tighten|relax|limit|rewrite|upgrade|rotate|expire|inline|lazy|eager|strict|config\w*|policy|schedule|cron)\b/iu;
const GUARD =
  /\b(?:if|unless|defer|close|release|unlock|lock|limit|max|min|timeout|deadline|valid\w*|check|verify|recover|catch|retry|backoff|jitter|evict|expire|ttl|leeway|tolerance|default|fallback|or|index|null|nil|none|undefined|guard|assert|require|sanitize|escape|rollback|commit|ack|cancel|wait|await|limiter|semaphore|breaker)\b|\?\?|\|\|/iu;
const OBSERVING =
  /(?:=|\breturn)\s*(?:new\s+)?[\w.]*(?:gauge|counter|histogram|summary|meter|timer|logger|tracer)\w*\(|^(?:log\w*|logger|console|slog|zap|metrics?|counter|histogram|span|tracer|prometheus|statsd|print\w*|fmt\.print\w*)\b|\.(?:setattributes?|observe|inc|info|debug|warn|with)\(/iu;
const VERSION = /\bv?\d+\.\d+(?:\.\d+)?[\w.+-]*/u;
/** Work that is done once an item, or held without end. */
const HEAVY =
  /\bfor\b|\bwhile\b|\.(?:map|forEach|each)\(|\bselect\b|\.(?:query|find|get|fetch|exec)\w*\(|append\(|\.(?:push|add|put|set)\(|go func|sleep|regexp?\b|drop index|alter table|lock table|synchronized|mutex/iu;

export function behaviourOf(message: string, files: readonly string[], diffText: string | null): Behaviour {
  if (files.length > 0 && files.every((file) => isInert(file)))
    return { logOdds: -4, what: "touches only documentation, tests or build files", values: [] };
  if (diffText === null || diffText.trim() === "") return bySaying(message, files);
  const delta = deltaOf(parseDiff(diffText));
  if (files.length > 0 && files.every((file) => isManifest(file))) return versions(delta);
  const byDiff = byDelta(delta, diffText);
  const presented = files.length > 0 && files.every((file) => isPresentation(file));
  return presented ? { ...byDiff, logOdds: Math.min(byDiff.logOdds, -1.5), what: "restyles what is shown" } : byDiff;
}

function bySaying(message: string, files: readonly string[]): Behaviour {
  const values: ChangedValue[] = [];
  if (files.length > 0 && files.every((file) => isManifest(file)))
    return { logOdds: -0.8, what: "changes versions of libraries", values };
  if (ORDERLY.test(message))
    return { logOdds: -1.5, what: "says that it only tidies up; its diff is not here", values };
  if (RISKY.test(message))
    return { logOdds: 0.2, what: "says that it changes how things work; its diff is not here", values };
  return { logOdds: -0.6, what: "shows no diff here", values };
}

function versions({ pairs, added, removed }: Delta): Behaviour {
  const steps = pairs.map(({ before, after }) => stepOf(before, after));
  const major = steps.some((step) => step === "major") || removed.length > pairs.length || added.length > pairs.length;
  return major
    ? { logOdds: 0, what: "changes which libraries are used", values: [] }
    : { logOdds: steps.includes("minor") ? -1 : -2.2, what: "raises versions of libraries a little", values: [] };
}

function stepOf(before: string, after: string): "major" | "minor" | "patch" {
  const numbers = (line: string): string[] => (VERSION.exec(line)?.[0] ?? "").replace(/^v/u, "").split(/[.+-]/u);
  const [a, b] = [numbers(before), numbers(after)];
  if (a[0] !== b[0]) return "major";
  return a[1] === b[1] ? "patch" : "minor";
}

function byDelta(delta: Delta, diffText: string): Behaviour {
  const { added, removed, pairs, moved } = delta;
  if (added.length + removed.length === 0) return withoutLines(moved, diffText);
  if ([...added, ...removed].every((line) => OBSERVING.test(line)))
    return { logOdds: -1.8, what: "changes logs or measurements alone", values: [] };
  const values = pairs.flatMap(changedNumbers);
  if (values.length > 0) {
    const shown = values
      .slice(0, 2)
      .map(({ before, after }) => `${before} → ${after}`)
      .join(", ");
    return { logOdds: 1.4, what: `changes ${values.length === 1 ? "a value" : "values"}: ${shown}`, values };
  }
  const setting = pairs.find(isSetting);
  if (setting !== undefined)
    return { logOdds: 1.2, what: `changes a setting: ${cut(setting.before)} → ${cut(setting.after)}`, values };
  if (isRename(delta)) return { logOdds: -2.2, what: "renames within the code", values };
  const literals = pairs.filter(({ before, after }) => strings(before) !== strings(after));
  const literal = literals.find((pair) => !isProse(pair)) ?? literals[0];
  if (literal !== undefined && pairs.length >= removed.length)
    return isProse(literal)
      ? { logOdds: -1.2, what: `changes what people read: ${cut(literal.before)} → ${cut(literal.after)}`, values }
      : { logOdds: 0.7, what: `changes a name or text: ${cut(literal.before)} → ${cut(literal.after)}`, values };
  if (isExtraction(delta)) return { logOdds: -1.4, what: "puts lines behind a helper", values };
  if (moved > 0 && removed.length <= 2 && added.some((line) => DEFINITION.test(line)))
    return { logOdds: -2, what: "moves code into a place of its own", values };
  const shortened = pairs.find(leavesOut);
  if (shortened !== undefined) return { logOdds: 0.9, what: `leaves out part of ${cut(shortened.before)}`, values };
  const condition = pairs.find(({ before, after }) => CONDITION.test(before) && CONDITION.test(after));
  if (condition !== undefined)
    return { logOdds: 1, what: `changes a condition: ${cut(condition.before)} → ${cut(condition.after)}`, values };
  return byRest(delta);
}

function withoutLines(moved: number, diffText: string): Behaviour {
  if (moved === 0) return { logOdds: -3, what: "changes comments, imports or spacing alone", values: [] };
  const past = reordered(diffText);
  return past === null
    ? { logOdds: -3, what: "only moves lines", values: [] }
    : { logOdds: 0.7, what: `moves ${cut(past.line)} past ${cut(past.passed)}`, values: [] };
}

/** Texts of several plain words are for people; queries have such words too, and are for machines. */
const isProse = ({ before, after }: Pair): boolean =>
  [strings(before), strings(after)].some((text) => PROSE.test(text)) &&
  ![before, after].some((line) => QUERY.test(line));
const PROSE = /\p{Ll}{3,} \p{Ll}{2,}/u;
const QUERY =
  /\bselect\b.*\bfrom\b|\bwhere\b|\binsert into\b|\bupdate\b.*\bset\b|\bdelete from\b|\border by\b|\bmatch\b/iu;

/** Every token of the new line stands in the old one, which had more. */
function leavesOut({ before, after }: Pair): boolean {
  const left = tokensOf(before);
  const kept = tokensOf(after);
  for (const token of kept) {
    const at = left.indexOf(token);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.some((token) => /[\p{L}\p{N}]/u.test(token));
}

const CONDITION =
  /^(?:\} )?(?:if|else if|elif|while|unless|when|case|until|assert|where|for)\b|&&|\|\||[<>]=?|[!=]==?/u;
const DEFINITION =
  /^(?:export |public |private |protected |static |async |pub )*(?:func|function|def|fn|fun|void|sub|proc)\b|=> ?\{$/u;

/** A call of a function with the name of a deed: `decodeRequest(r)`, `write_error(w, err)`. */
const HELPER =
  /\b(?:decode|parse|write|read|build|make|new|handle|validate|extract|render|create|convert|map|to|load|init|process|split|format)(?:[A-Z]|_[a-z])\w*\(/u;

/** Several lines went, no more came, and a helper is called that was not there. */
const isExtraction = ({ added, removed, moved }: Delta): boolean =>
  removed.length >= 2 &&
  added.length <= removed.length + moved &&
  added.some((line) => HELPER.test(line)) &&
  !removed.some((line) => HELPER.test(line));

function byRest({ added, removed, pairs }: Delta): Behaviour {
  const paired = new Set(pairs.map(({ before }) => before));
  const guard = removed.find(
    (line) => !paired.has(line) && GUARD.test(line) && !added.some((other) => sharesCall(line, other)),
  );
  if (guard !== undefined) return { logOdds: 1, what: `takes out ${cut(guard)}`, values: [] };
  const heavy = added.find((line) => HEAVY.test(line) && !removed.includes(line));
  if (removed.length === 0) {
    return heavy === undefined
      ? { logOdds: -0.7, what: "only adds lines", values: [] }
      : { logOdds: 0.5, what: `adds ${cut(heavy)}`, values: [] };
  }
  if (heavy !== undefined) return { logOdds: 0.9, what: `now does ${cut(heavy)}`, values: [] };
  return { logOdds: 0.4, what: "changes code", values: [] };
}

/** `validate(input)` stands for the two checks that it took the place of. */
const sharesCall = (line: string, other: string): boolean => {
  const words = new Set(tokensOf(line).filter((token) => token.length > 3));
  return words.size > 0 && tokensOf(other).filter((token) => words.has(token)).length >= Math.ceil(words.size * 0.7);
};

const NUMBER = /(?<![\p{L}\p{N}_.])-?\d+(?:_\d{3})*(?:\.\d+)?(?![\d.])/gu;

/** Pairs that are the same but for their numbers; versions are none. */
function changedNumbers({ before, after }: Pair): ChangedValue[] {
  if (before.replaceAll(NUMBER, "#") !== after.replaceAll(NUMBER, "#")) return [];
  const numbers = (line: string): number[] =>
    [...line.matchAll(NUMBER)].map(([text]) => Number(text.replaceAll("_", "")));
  const old = numbers(before);
  return numbers(after).flatMap((value, at) => {
    const former = old[at];
    return former === undefined || former === value ? [] : [{ before: former, after: value, line: after }];
  });
}

const KEYED = /^["']?(?<key>[\p{L}_][\p{L}\p{N}_.\- ]*?)["']?\s*(?::=|[:=])\s*(?<value>.+)$/u;

/** The same key with another plain value: `level: info` → `level: debug`. */
function isSetting({ before, after }: Pair): boolean {
  const [old, now] = [KEYED.exec(before)?.groups, KEYED.exec(after)?.groups];
  if (old === undefined || now === undefined || old["key"] !== now["key"] || old["value"] === now["value"])
    return false;
  return [old["value"], now["value"]].every((value) =>
    /^(?:["'][^"']*["']|[\w.:/+%*-]+(?:\s*\*\s*[\w.]+)?)$/u.test(value ?? ""),
  );
}

/**
 * Every pair becomes the same by one consistent change of identifiers, none of which stands in quotes, and each of which
 * is defined here or used more than once: to use another name in one place is to use another thing.
 */
function isRename({ added, removed, pairs }: Delta): boolean {
  if (pairs.length === 0 || pairs.length !== removed.length || pairs.length !== added.length) return false;
  const names = new Map<string, { readonly to: string; times: number }>();
  const isConsistent = pairs.every(({ before, after }) => {
    const [a, b] = [tokensOf(before), tokensOf(after)];
    if (a.length !== b.length || strings(before) !== strings(after)) return false;
    return a.every((token, at) => {
      const other = b[at] ?? "";
      if (token === other) return !names.has(token);
      if (!/^[\p{L}_$]/u.test(token) || !/^[\p{L}_$]/u.test(other) || FIXED.test(token)) return false;
      const known = names.get(token);
      if (known === undefined) names.set(token, { to: other, times: 1 });
      else known.times++;
      return known === undefined || known.to === other;
    });
  });
  return (
    isConsistent && [...names].every(([name, { times }]) => times > 1 || removed.some((line) => defines(line, name)))
  );
}

const FIXED = /^(?:true|false|null|nil|none|and|or|not)$/iu;
const DEFINING = "(?:let|const|var|val|def|func|function|fn|type|class|struct)";
function defines(line: string, name: string): boolean {
  const plain = name.replaceAll("$", String.raw`\$`);
  return new RegExp(String.raw`\b${DEFINING}\s+${plain}\b|^${plain}\s*:=`, "u").test(line);
}

const strings = (line: string): string => (line.match(/"[^"]*"|'[^']*'|`[^`]*`/gu) ?? []).join(" ");
const cut = (line: string): string => `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
