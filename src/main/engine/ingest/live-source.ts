/** A source as the import panel shows it while it is read: its stored row, kept up to date without asking the case. */
import { NOTHING_READ, type Source } from "../../../shared/model/source.ts";
import { micros, type Micros } from "../../../shared/units.ts";
import type { Batch, NewSource, SourceChange } from "../store/protocol.ts";

export const newLiveSource = (id: number, source: NewSource): Source => ({
  ...NOTHING_READ,
  id,
  path: source.path,
  connector: source.connector,
  format: null,
  confidence: 0,
  tried: [],
  state: "waiting",
  messages: [],
  bytes: source.bytes,
  bytesRead: 0,
  events: 0,
  from: null,
  to: null,
  tests: null,
  deadLettersDropped: 0,
  readAt: micros(Date.now() * 1_000),
  zone: source.zone,
});

export function withChange(source: Source, change: SourceChange): Source {
  const { accounting, formatVersion: _, ...rest } = change;
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...source, ...accounting, ...set };
}

export function withBatch(source: Source, batch: Batch): Source {
  let { from, to } = source;
  for (const { firstTime, lastTime } of batch.segments) {
    from = least(from, firstTime);
    to = most(to, lastTime);
  }
  const deadLettersDropped = source.deadLettersDropped + (batch.droppedLetters ?? 0);
  return { ...withChange(source, batch.change), from, to, deadLettersDropped };
}

const least = (a: Micros | null, b: number | null): Micros | null =>
  b === null || (a !== null && a <= b) ? a : micros(b);
const most = (a: Micros | null, b: number | null): Micros | null =>
  b === null || (a !== null && a >= b) ? a : micros(b);
