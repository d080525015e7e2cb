/** Log records by service, level and template: what was said, and when. */
import { Level, LEVELS } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { fingerprint } from "../detectors/support/fingerprint.ts";
import { formatById } from "../formats/registry.ts";
import type { LogSignal, Place } from "../suspects/signals.ts";
import { skeletonOf } from "../templates/skeletons.ts";
import type { ServiceNames } from "./service-names.ts";
import { NO_SPAN, type SpanIndex } from "./span-index.ts";
import { placeOf, type SignalSegment, type SignalSegments } from "./signal-segments.ts";

const KINDS = ["log", "json", "text"] as const;
const KIND_CODES: ReadonlySet<number> = new Set(KINDS.map(kindCode));
/** Records without a stored template are read again up to this many; beyond, they would take longer than all else. */
const MOST_DECODED = 200_000;

interface Gathered {
  readonly service: string | null;
  readonly level: Level;
  readonly template: string;
  readonly times: number[];
  readonly spans: number[];
  readonly place: Place;
}

/** In the order of their first record. Records without a time or a text are left out. */
export function gatherLogs(segments: SignalSegments, names: ServiceNames, spans: SpanIndex): LogSignal[] {
  const gathered = new Map<string, Gathered>();
  const templates = new Templates(segments);
  for (const segment of segments.of(KINDS, [
    "kind",
    "time",
    "level",
    "service",
    "template",
    "offset",
    "length",
    "context",
    "traceId",
    "spanId",
  ])) {
    const { count, kind, time, level, service, template: stored, offset, traceId, spanId } = segment.columns;
    // Codes of template, service and level name a signal within its segment: one look-up by number a record.
    const codes = new Map<number, Gathered>();
    const width = (service?.dictionary.length ?? 0) + 1;
    for (let row = 0; row < count; row++) {
      const at = time[row] ?? Number.NaN;
      if (!KIND_CODES.has(kind[row] ?? 0) || Number.isNaN(at)) continue;
      const gravity = (level[row] ?? Level.none) as Level;
      const entry = stored?.index[row] ?? 0;
      const code = (entry * width + (service?.index[row] ?? 0)) * LEVELS.length + gravity;
      let known = entry === 0 ? undefined : codes.get(code);
      if (known === undefined) {
        const template = templates.of(segment, row);
        if (template === null) continue;
        const written = textAt(service, row);
        const owner = written === null ? null : names.of(written);
        const key = `${gravity} ${owner ?? ""} ${template}`;
        known = gathered.get(key);
        if (known === undefined) {
          const place = placeOf(segment, row, offset[row] ?? 0);
          known = { service: owner, level: gravity, template, times: [], spans: [], place };
          gathered.set(key, known);
        }
        if (entry !== 0) codes.set(code, known);
      }
      known.times.push(at);
      known.spans.push(spans.find(textAt(traceId, row), textAt(spanId, row), known.service, at));
    }
  }
  return [...gathered.values()].map(({ service, level, template, times, spans: rows, place }) => {
    const order = times.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    return {
      service,
      level,
      templateId: segments.templates.idOf(template) ?? fingerprint("template", template),
      template,
      times: Float64Array.from(order, (index) => times[index] ?? 0),
      spans: rows.some((row) => row !== NO_SPAN)
        ? Uint32Array.from(order, (index) => rows[index] ?? NO_SPAN)
        : undefined,
      place,
    };
  });
}

/** The stored template of a record, or one made of its text. */
class Templates {
  readonly #segments: SignalSegments;
  readonly #formats = new Map<number, string | null>();
  #decoded = 0;

  constructor(segments: SignalSegments) {
    this.#segments = segments;
    for (const { id, format } of segments.reader.sources()) this.#formats.set(id, format);
  }

  of(segment: SignalSegment, row: number): string | null {
    const stored = textAt(segment.columns.template, row);
    if (stored !== null || this.#decoded >= MOST_DECODED) return stored;
    this.#decoded++;
    const { offset, length, context } = segment.columns;
    const { sourceId, format } = segment.row;
    const raw = this.#segments.reader.raw(sourceId, offset[row] ?? 0, length[row] ?? 0);
    const id = format ?? this.#formats.get(sourceId) ?? null;
    const known = id === null ? undefined : formatById(id);
    if (known === undefined) return null;
    const { message } = known.decode(raw, textAt(context, row));
    return message === "" ? null : skeletonOf(message);
  }
}
