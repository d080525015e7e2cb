// The conditions that only the text of a record answers, on one segment at a time: what it holds, and what its fields
// say once it is decoded. Everything else a filter asks stands in columns. Where it can be told which bytes a record
// must hold, the others are neither made a string nor decoded.
import { isAscii } from "node:buffer";
import type { Condition } from "../../../../shared/query/ast.ts";
import { regex } from "../../../../shared/query/regex.ts";
import { beginningOf } from "../../../../shared/query/regex-beginning.ts";
import { requiredTexts, type RequiredTexts } from "../../../../shared/query/regex-literal.ts";
import type { RegexProgram } from "../../../../shared/query/regex-program.ts";
import { fieldTest, promisedText, type FieldCondition } from "../field-test.ts";
import { decodeRecord, type FormatLookup } from "../record-text.ts";
import { textSearch } from "../text-search.ts";
import { AsciiAutomaton } from "./ascii-automaton.ts";
import { eitherCase, exactly, type Literal } from "./literal.ts";
import { OPENING_CHARACTERS, openingOf, rarity } from "./opening.ts";
import type { Target } from "./text-memory.ts";
import { keepRows, type RowTest, type ScanTools } from "./keep-rows.ts";

export type TextCondition = Extract<Condition, { type: "text" | "regex" }> | FieldCondition;

export interface ScannedSegment {
  readonly id: number;
  readonly sourceId: number;
  /** What its records are read with; null when nothing here can. */
  readonly format: string | null;
}

export interface ScanContext extends ScanTools {
  readonly formatById: FormatLookup;
}

/** Clears the rows of `mask` (one byte a row, 0 or 1) that do not fit. */
export type TextScan = (segment: ScannedSegment, mask: Uint8Array, checkpoint: () => void) => void;

export function textScan(condition: TextCondition, context: ScanContext): TextScan {
  switch (condition.type) {
    case "text":
      return termScan(condition.text, context);
    case "regex":
      return regexScan(condition, context);
    default:
      return fieldScan(condition, context);
  }
}

function termScan(term: string, context: ScanContext): TextScan {
  const { literal, decides, test } = textSearch(term);
  const anyOf = literal === null ? [] : [literal];
  // A term that its bytes do not decide has a letter beyond ASCII, and so has every text that holds it.
  const fits: RowTest["fits"] = decides
    ? null
    : (_row, text, start, end) => !isAscii(text.bytes(start, end)) && test(text.string(start, end));
  if (anyOf.length === 0 && fits === null) return () => {};
  return (segment, mask, checkpoint) => keepRows(context, segment, mask, checkpoint, { anyOf, fits });
}

function regexScan({ pattern, flags }: { pattern: string; flags: string }, context: ScanContext): TextScan {
  const { test, program } = regex(pattern, flags);
  const compiled = program();
  const anyOf = whatToLookFor(requiredTexts(pattern, flags), compiled);
  const automaton = compiled && new AsciiAutomaton(compiled);
  const inBytes = (bytes: Uint8Array, start: number, end: number): boolean | null =>
    automaton && automaton.test(bytes, start, end);
  const fits: RowTest["fits"] = (_row, text, start, end) =>
    text.look(start, end, inBytes) ?? test(text.string(start, end));
  return (segment, mask, checkpoint) => keepRows(context, segment, mask, checkpoint, { anyOf, fits });
}

/** Whichever is rarer, of texts of which one is required and the characters that a match begins with. */
function whatToLookFor({ texts, isFolded }: RequiredTexts, program: RegexProgram | null): readonly Target[] {
  const beginning = program === null ? [] : beginningOf(program, OPENING_CHARACTERS);
  const rarityOfTexts = texts.length === 0 ? 1 : texts.reduce((sum, text) => sum + 128 ** -text.length, 0);
  if (beginning.length > 0 && rarity(beginning) < rarityOfTexts) return [openingOf(beginning)];
  return texts.map(isFolded ? eitherCase : exactly);
}

/** What JSON, logfmt and XML escape with. */
const ESCAPES = ["\\", "&"].map(exactly);

const NOTHING: readonly Literal[] = [];

function fieldScan(condition: FieldCondition, context: ScanContext): TextScan {
  const matches = fieldTest(condition);
  const promised = promisedText(condition);
  const literal = promised === null ? null : textSearch(promised).literal;
  const promisedOrEscaped = literal === null ? [] : [literal, ...ESCAPES];
  return (segment, mask, checkpoint) => {
    const format = segment.format === null ? undefined : context.formatById(segment.format);
    if (format === undefined) {
      mask.fill(0);
      return;
    }
    const contexts = context.columns.get(segment.id, "context");
    // Where text may be escaped, or stands in the context, its absence from the bytes says nothing.
    const anyOf = contexts === null && format.unit === "line" ? promisedOrEscaped : NOTHING;
    const fits: RowTest["fits"] = (row, text, start, end) =>
      matches(decodeRecord(format, text.bytes(start, end), contexts, row).fields);
    keepRows(context, segment, mask, checkpoint, { anyOf, fits });
  };
}
