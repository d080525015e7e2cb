/** A parser thread: reads one source after the other, chunk by chunk, and hands over what is to be stored. */
import { parentPort, workerData } from "node:worker_threads";
import { SegmentBuilder } from "../store/segment/builder.ts";
import { LikeBefore } from "./like-before.ts";
import { LEARNS_FROM, LineShapes } from "../formats/support/log-object/line-shapes.ts";
import { letGo } from "../threads/let-go.ts";
import { yieldToWindow } from "../threads/priority.ts";
import { serve, Transferred } from "../threads/rpc.ts";
import type { LotAnswer, ParsedPart, ParserStart, ParserThreadStart, WholeSource } from "./protocol.ts";
import { preview } from "./replay/preview.ts";
import type { LettersToRead, PreviewRequest } from "./replay/protocol.ts";
import { RecordTemplates } from "./record-templates.ts";
import { readLetters } from "./replay/read-letters.ts";
import { SharedTrials } from "./shared-trials.ts";
import { SourceParser } from "./source-parser.ts";
import { SharedLot } from "./shared-lot.ts";
import { buffersOf, buffersOfPacks } from "./transfer.ts";

const builder = new SegmentBuilder();
const shapes = new LineShapes(LEARNS_FROM);
let templates = new RecordTemplates();
let templatesOf = "";
const sharing = new SharedTrials();
const likeBefore = new LikeBefore(begin);
let current: SourceParser | null = null;
/** Whose sources are read at the moment, several of them. */
let lot: SharedLot | null = null;

function begin(input: ParserStart): SourceParser {
  // Stretches of one source share what bounds its templates.
  if (input.from === undefined || input.name !== templatesOf) templates = new RecordTemplates();
  templatesOf = input.name;
  if (lot === null) current = new SourceParser(input, { builder, templates, shapes });
  else {
    lot.rewind();
    current = new SourceParser(input, { builder: lot.builder, cutter: lot.cutter, templates, shapes });
  }
  return current;
}

function parser(): SourceParser {
  if (current === null) throw new Error("push and end come after start");
  return current;
}

/** What one source cannot be read for must not be the others' end: it says so once it is read by itself. */
function onlyPart(source: WholeSource): ParsedPart | null {
  try {
    const [part, ...more] = likeBefore.read(source);
    return part === undefined || more.length > 0 || part.failure !== null ? null : sharing.part(part);
  } catch {
    return null;
  }
}

const buffersOfLot = ({ parts, packs }: LotAnswer): ArrayBuffer[] => [
  ...parts.flatMap((part) => (part === null ? [] : buffersOf(part))),
  ...buffersOfPacks(packs),
];

const handOver = (part: ParsedPart): Transferred<ParsedPart> => new Transferred(part, buffersOf(part));

if (parentPort === null) throw new Error("parser.worker runs as a worker thread");
if ((workerData as ParserThreadStart).yields) yieldToWindow();
serve(parentPort, {
  start(input: ParserStart) {
    begin(input);
    return null;
  },
  readWhole({ start, chunks, cut, keepsLetters }: WholeSource) {
    const parts = begin(start).readWhole(chunks, cut, keepsLetters);
    current = null;
    return new Transferred(parts, parts.flatMap(buffersOf));
  },
  readLot(sources: readonly WholeSource[]) {
    const shared = new SharedLot(builder);
    lot = shared;
    try {
      for (const source of sources) shared.put(onlyPart(source));
    } finally {
      lot = null;
      current = null;
    }
    letGo(sources.flatMap(({ chunks }) => chunks));
    const answer = shared.take();
    return new Transferred(answer, buffersOfLot(answer));
  },
  push({ chunk, keepsLetters }: { chunk: Uint8Array; keepsLetters: boolean }) {
    const source = parser();
    source.keepsLetters = keepsLetters;
    const part = source.push(chunk);
    if (!source.holdsChunk) letGo([chunk]);
    return part === null ? null : handOver(part);
  },
  readOn({ keepsLetters }: { keepsLetters: boolean }) {
    parser().keepsLetters = keepsLetters;
    const part = parser().readOn();
    return part === null ? null : handOver(part);
  },
  end({ cut }: { cut: boolean }) {
    const part = parser().end(cut);
    current = null;
    return handOver(part);
  },
  readLetters(input: LettersToRead) {
    const batch = readLetters(input);
    return new Transferred(batch, buffersOf(batch));
  },
  preview: (input: PreviewRequest) => preview(input),
});
