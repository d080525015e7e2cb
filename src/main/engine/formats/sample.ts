/** Prepares a source's first bytes once for all formats that are asked about them. */
import { withoutSeparator } from "./support/json/line.ts";
import { lineText } from "./support/lines.ts";
import { parseJsonPrefix } from "./support/json/prefix.ts";
import type { Sample } from "./format.ts";

/** Enough to tell formats apart; more lines make detection slower and no surer. */
export const MOST_LINES = 1_000;

export function makeSample(name: string, bytes: Uint8Array, complete: boolean): Sample {
  const text = textOf(bytes);
  const lines = wholeLines(text, complete || isOneLine(text));
  const lineObjects = lines.map(objectOf);
  const objects = jsonLines(lines, lineObjects);
  return {
    name,
    bytes,
    text,
    lines,
    complete,
    json: jsonOf(text),
    lineObjects,
    jsonLines: objects,
    jsonKeys: keysOf(objects),
  };
}

function textOf(bytes: Uint8Array): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return lineText(marked ? bytes.subarray(3) : bytes);
}

function wholeLines(text: string, complete: boolean): string[] {
  const lines: string[] = [];
  let from = 0;
  while (lines.length < MOST_LINES) {
    const at = text.indexOf("\n", from);
    if (at < 0) {
      if (complete && from < text.length) lines.push(withoutReturn(text.slice(from)));
      break;
    }
    lines.push(withoutReturn(text.slice(from, at)));
    from = at + 1;
  }
  return lines;
}

/** One line may be longer than any sample: its beginning tells what it is. A cut document of JSON or XML is none. */
const isOneLine = (text: string): boolean => !text.includes("\n") && !/^\s*[[{<]/.test(text);

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

function jsonOf(text: string): unknown {
  const first = text.trimStart().charAt(0);
  return first === "{" || first === "[" ? parseJsonPrefix(text) : undefined;
}

type JsonObject = Record<string, unknown>;

/** Null for a line that is no JSON object. */
function objectOf(line: string): JsonObject | null {
  const text = withoutSeparator(line).trim();
  const value = text.startsWith("{") ? parsed(text) : undefined;
  return typeof value === "object" && value !== null ? (value as JsonObject) : null;
}

/** None where prose stands first; a first line that is damaged still looks like an object. */
function jsonLines(lines: readonly string[], objects: readonly (JsonObject | null)[]): JsonObject[] {
  const first = lines.find(isFilled);
  return first !== undefined && withoutSeparator(first).trimStart().startsWith("{") ? objects.filter(isThere) : [];
}

const isFilled = (line: string): boolean => line.trim().length > 0;
const isThere = (object: JsonObject | null): object is JsonObject => object !== null;

function keysOf(objects: readonly JsonObject[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const object of objects) for (const key of Object.keys(object)) keys.add(key);
  return keys;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
