// The conditions that only the text of a record answers, on one segment at a time: what it holds, and what its fields
// say once it is decoded. Everything else a filter asks stands in columns.
import type { Condition } from "../../../../shared/query/ast.ts";
import { regex, type Regex } from "../../../../shared/query/regex.ts";
import type { CaseReader } from "../../store/protocol.ts";
import { fieldTest, promisedText, type FieldCondition } from "../field-test.ts";
import type { FormatLookup } from "../query-context.ts";
import { decodeRecord } from "../record-text.ts";
import type { ColumnCache } from "../segment-columns.ts";
import { visitText } from "../segment-text.ts";
import { textSearch } from "../text-search.ts";

export type TextCondition = Extract<Condition, { type: "text" | "regex" }> | FieldCondition;

export interface ScannedSegment {
  readonly id: number;
  readonly sourceId: number;
  /** What its records are read with; null when nothing here can. */
  readonly format: string | null;
}

export interface ScanContext {
  readonly reader: CaseReader;
  readonly columns: ColumnCache;
  readonly formatById: FormatLookup;
}

/** Clears the rows of `mask` (one byte a row, 0 or 1) that do not fit. */
export type TextScan = (segment: ScannedSegment, mask: Uint8Array, checkpoint: () => void) => void;

export function textScan(condition: TextCondition, context: ScanContext): TextScan {
  switch (condition.type) {
    case "text":
      return rawScan(condition.text, context);
    case "regex":
      return regexScan(regex(condition.pattern, condition.flags), context);
    default:
      return fieldScan(condition, context);
  }
}

function rawScan(term: string, { reader, columns }: ScanContext): TextScan {
  const search = textSearch(term);
  return (segment, mask, checkpoint) =>
    visitText(reader, columns, segment, mask, checkpoint, (bytes) => {
      const stands = search.in(bytes);
      return (row, start, end) => {
        if (!stands(start, end)) mask[row] = 0;
      };
    });
}

function regexScan({ test }: Regex, { reader, columns }: ScanContext): TextScan {
  return (segment, mask, checkpoint) =>
    visitText(reader, columns, segment, mask, checkpoint, (bytes) => (row, start, end) => {
      if (!test(bytes.toString("utf8", start, end))) mask[row] = 0;
    });
}

/** What JSON, logfmt and XML escape with. */
const ESCAPES = ["\\", "&"];

function fieldScan(condition: FieldCondition, { reader, columns, formatById }: ScanContext): TextScan {
  const fits = fieldTest(condition);
  const promised = promisedText(condition);
  const search = promised === null ? null : textSearch(promised);
  return (segment, mask, checkpoint) => {
    const format = segment.format === null ? undefined : formatById(segment.format);
    if (format === undefined) {
      mask.fill(0);
      return;
    }
    const contexts = columns.get(segment.id, "context");
    // Where text may be escaped, or stands in the context, its absence from the bytes says nothing.
    const mayPrefilter = search !== null && contexts === null && format.unit === "line";
    visitText(reader, columns, segment, mask, checkpoint, (bytes) => {
      const stands = mayPrefilter ? search.in(bytes) : null;
      const escaped = mayPrefilter ? ESCAPES.map((sign) => textSearch(sign).in(bytes)) : [];
      return (row, start, end) => {
        if (stands !== null && !stands(start, end) && !escaped.some((sign) => sign(start, end))) mask[row] = 0;
        else if (!fits(decodeRecord(format, bytes.subarray(start, end), contexts, row).fields)) mask[row] = 0;
      };
    });
  };
}
