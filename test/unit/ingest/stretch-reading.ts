/** Reads a source in stretches with parsers of this thread, for the tests that compare it with one piece. */
import { expect } from "vitest";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import { textAt } from "../../../src/shared/model/segment.ts";
import { micros } from "../../../src/shared/units.ts";
import type { ParsedPart, ParserStart } from "../../../src/main/engine/ingest/protocol.ts";
import { LineShapes } from "../../../src/main/engine/formats/support/log-object/line-shapes.ts";
import { RecordTemplates } from "../../../src/main/engine/ingest/record-templates.ts";
import { SourceLedger } from "../../../src/main/engine/ingest/source-ledger.ts";
import { SourceParser } from "../../../src/main/engine/ingest/source-parser.ts";
import type { Stretch } from "../../../src/main/engine/ingest/stretch.ts";
import type { Divisible } from "../../../src/main/engine/ingest/stretch-cut.ts";
import { Stretches, type StretchReader } from "../../../src/main/engine/ingest/stretches.ts";
import { decompressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { decodeColumns } from "../../../src/main/engine/store/segment/codec.ts";

const startOf = (format: string): ParserStart => ({ name: "app.log", format, zone: "UTC", now: micros(0) });
export const JSON_LINES: Divisible = { format: "json-lines", linesStandAlone: true, timePlace: null };

/** Each takes megabytes. */
const idle: SegmentBuilder[] = [];

/** Reads stretches with parsers of this thread; those after the first take their time, so that they overlap. */
export class Reader implements StretchReader {
  readonly ledger = new SourceLedger();
  readonly parts: ParsedPart[] = [];
  readonly stretches: Stretch[] = [];
  readonly #start: ParserStart;

  constructor(format: string) {
    this.#start = startOf(format);
  }

  async read(stretch: Stretch, turn: Promise<void>, taken: (bytes: number) => void): Promise<void> {
    this.stretches.push(stretch);
    const builder = idle.pop() ?? new SegmentBuilder();
    const start = stretch.number === 0 ? this.#start : { ...this.#start, from: stretch.from };
    const parser = new SourceParser(start, { builder, templates: new RecordTemplates(), shapes: new LineShapes() });
    for (let chunk = await stretch.next(); chunk !== null; chunk = await stretch.next()) {
      const part = parser.push(chunk.bytes);
      taken(chunk.bytes.byteLength);
      if (part !== null) await this.#take(stretch, part, turn);
    }
    await this.#take(stretch, parser.end(stretch.end === "cut"), turn);
    idle.push(builder);
  }

  async #take(stretch: Stretch, part: ParsedPart, turn: Promise<void>): Promise<void> {
    await turn;
    this.ledger.take(stretch.number, part);
    this.parts.push(part);
  }
}

export async function readIn(
  sizes: number,
  content: Uint8Array,
  chunk: number,
  how: "source" | "cut",
  found = JSON_LINES,
): Promise<Reader> {
  const reader = new Reader(found.format ?? "");
  const stretches = new Stretches(reader, true, { first: sizes, others: sizes });
  stretches.split(found);
  for (let at = 0; at < content.length; at += chunk) {
    const bytes = content.slice(at, at + chunk);
    await stretches.put({ bytes, bytesRead: at + bytes.length });
  }
  await stretches.end(how);
  return reader;
}

export function contents({ parts, ledger }: Reader): unknown {
  const rows = parts.flatMap(({ segments }) =>
    segments.flatMap(({ count, columns }) => {
      const read = decodeColumns(count, columns);
      return Array.from({ length: count }, (_, row) => ({
        time: read.time[row],
        level: read.level[row],
        offset: read.offset[row],
        length: read.length[row],
        line: read.line[row],
        service: textAt(read.service, row),
        template: textAt(read.template, row),
        traceId: textAt(read.traceId, row),
      }));
    }),
  );
  const letters: DeadLetterInput[] = parts.flatMap(({ deadLetters }) => deadLetters);
  let end = 0;
  const text = parts.flatMap(({ blocks }) =>
    blocks.map((block) => {
      expect(block.offset).toBe(end);
      end += block.length;
      return Buffer.from(decompressBlock(block));
    }),
  );
  const { accounting, messages, bytes } = ledger;
  return { rows, letters, accounting, messages, bytes, text: Buffer.concat(text).toString("hex") };
}
