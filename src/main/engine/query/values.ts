// Values that the case holds for a field of the filter language, for completion: most frequent first.
import { KINDS_OF_ONE_RECORD } from "../../../shared/model/event.ts";
import { levelName } from "../../../shared/model/level.ts";
import { kindName } from "../../../shared/model/record.ts";
import { KIND_WORDS } from "../../../shared/query/fields.ts";
import type { QueryContext } from "./query-context.ts";
import { decodeAll } from "./rows.ts";

export interface FieldValueCount {
  readonly value: string;
  readonly count: number;
}

/** Records that are decoded to learn which values a field of theirs has. */
const DECODED_SAMPLE = 2_000;
const COLUMN_OF = new Map([
  ["name", "name"],
  ["trace", "traceId"],
  ["span", "spanId"],
  ["request", "requestId"],
  ["correlation", "correlationId"],
] as const);

export function values(
  context: QueryContext,
  field: string,
  prefix: string,
  limit: number,
  checkpoint: () => void,
): FieldValueCount[] {
  const counts = new Map<string, number>();
  const wanted = prefix.toLowerCase();
  const add = (value: string, count: number): void => {
    if (value.toLowerCase().startsWith(wanted)) counts.set(value, (counts.get(value) ?? 0) + count);
  };
  collect(context, field, add, checkpoint);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

function collect(
  context: QueryContext,
  field: string,
  add: (value: string, count: number) => void,
  checkpoint: () => void,
): void {
  const { index, columns } = context;
  if (field === "service") return tally(index.service, index.count, (code) => index.services[code] ?? null, add);
  if (field === "level") return tally(index.level, index.count, levelName, add);
  if (field === "kind") {
    tally(index.kind, index.count, kindName, add);
    const listed = context.events.filter(({ kind }) => !KINDS_OF_ONE_RECORD.has(kind));
    for (const { kind } of listed) if (KIND_WORDS.includes(kind)) add(kind, 1);
    add("event", listed.length);
    return;
  }
  if (field === "template") {
    for (const { id, count } of context.templates.templates(checkpoint)) add(id, count);
    return;
  }
  if (field === "source") {
    for (const { sourceId, count } of index.segments) add(context.source(sourceId)?.path ?? "", count);
    return;
  }
  for (const [name, column] of COLUMN_OF) {
    if (name !== field) continue;
    for (const segment of index.segments) {
      checkpoint();
      const words = columns.get(segment.id, column);
      if (words !== null)
        tally(words.index, segment.count, (code) => (code === 0 ? null : (words.dictionary[code - 1] ?? null)), add);
    }
    return;
  }
  // Any other field is known only to those who decode: a sample from all over the case says what is usual.
  const step = Math.max(1, Math.floor(index.count / DECODED_SAMPLE));
  const sample = Array.from({ length: Math.min(DECODED_SAMPLE, index.count) }, (_, i) => i * step);
  for (const { fields } of decodeAll(context, sample, checkpoint).values())
    for (const [key, value] of fields) if (key === field && value !== null) add(String(value), 1);
}

function tally(
  codes: { at(place: number): number | undefined },
  length: number,
  nameOf: (code: number) => string | null,
  add: (value: string, count: number) => void,
): void {
  const counts = new Map<number, number>();
  for (let i = 0; i < length; i += 1) {
    const code = codes.at(i) ?? 0;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  for (const [code, count] of counts) {
    const name = nameOf(code);
    if (name !== null) add(name, count);
  }
}
