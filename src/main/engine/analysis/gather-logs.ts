/** Log records by service, level and template: what was said, and when. */
import { Level, LEVELS } from "../../../shared/model/level.ts";
import { kindTable } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { fingerprint } from "../detectors/support/fingerprint.ts";
import { TimeList, toArray } from "../series/time-list.ts";
import { mergeRuns } from "../series/merge-runs.ts";
import { timeOrder } from "../series/time-order.ts";
import type { LogSignal, Place } from "../suspects/signals.ts";
import { skeletonOf } from "../templates/skeletons.ts";
import type { RecordTexts } from "./record-texts.ts";
import type { ServiceNames } from "./service-names.ts";
import { NO_SPAN, type SpanIndex } from "./span-index.ts";
import { placeOf, type StoredSegment } from "./stored-segments.ts";
import type { TemplateTexts } from "./template-texts.ts";

const IS_GATHERED = kindTable(["log", "json", "text"]);
/** Records without a stored template are read again up to this many; beyond, they would take longer than all else. */
const MOST_DECODED = 200_000;
const FIRST_ROOM = 8;

/** A million records are two lists of numbers a signal and not a million objects. */
class Gathered {
  readonly service: string | null;
  readonly level: Level;
  readonly template: string;
  readonly place: Place;
  #times = new TimeList();
  /** Made with the first record that was written in a span. */
  #spans: Uint32Array<ArrayBuffer> | null = null;

  constructor(service: string | null, level: Level, template: string, place: Place) {
    this.service = service;
    this.level = level;
    this.template = template;
    this.place = place;
  }

  add(time: number, span: number): void {
    const at = this.#times.length;
    this.#times.push(time);
    if (span !== NO_SPAN) this.#spans ??= new Uint32Array(2 * at + FIRST_ROOM).fill(NO_SPAN);
    if (this.#spans === null) return;
    if (at === this.#spans.length) this.#grow(this.#spans);
    this.#spans[at] = span;
  }

  inOrder(): Pick<LogSignal, "times" | "spans"> {
    const spans = this.#spans?.subarray(0, this.#times.length);
    if (this.#times.isAscending) return { times: this.#times, spans };
    const ordered = new TimeList();
    const orderedSpans = spans && new Uint32Array(spans.length);
    const isMerged = mergeRuns(this.#times, (time, index) => {
      if (orderedSpans !== undefined) orderedSpans[ordered.length] = spans?.[index] ?? NO_SPAN;
      ordered.push(time);
    });
    if (isMerged) {
      this.#times = ordered;
      return { times: ordered, spans: orderedSpans };
    }
    const times = toArray(this.#times);
    const order = timeOrder(times);
    if (order === null) return { times: this.#times, spans };
    return {
      times: TimeList.of(Float64Array.from(order, (index) => times[index] ?? 0)),
      spans: spans && Uint32Array.from(order, (index) => spans[index] ?? NO_SPAN),
    };
  }

  #grow(known: Uint32Array): void {
    this.#spans = new Uint32Array(known.length * 2).fill(NO_SPAN);
    this.#spans.set(known);
  }
}

export class LogGathering {
  readonly #names: ServiceNames;
  readonly #spans: SpanIndex;
  readonly #texts: RecordTexts;
  readonly #gathered = new Map<string, Gathered>();
  #decoded = 0;

  constructor(names: ServiceNames, spans: SpanIndex, texts: RecordTexts) {
    this.#names = names;
    this.#spans = spans;
    this.#texts = texts;
  }

  /** Records without a time or a text are left out. */
  add(segment: StoredSegment): void {
    const { count, kind, time, level, service, template } = segment.columns;
    const spanOf = this.#spans.finderFor(segment.columns);
    // Codes of template, service and level name a signal within its segment: one look-up by number a record.
    const codes = new Map<number, Gathered>();
    const width = (service?.dictionary.length ?? 0) + 1;
    for (let row = 0; row < count; row++) {
      const at = time[row] ?? Number.NaN;
      if (IS_GATHERED[kind[row] ?? 0] !== 1 || Number.isNaN(at)) continue;
      const gravity = (level[row] ?? Level.none) as Level;
      const entry = template?.index[row] ?? 0;
      const code = (entry * width + (service?.index[row] ?? 0)) * LEVELS.length + gravity;
      let known = entry === 0 ? undefined : codes.get(code);
      if (known === undefined) {
        const text = textAt(template, row) ?? this.#skeletonOf(segment, row);
        if (text === null) continue;
        known = this.#signalOf(segment, row, textAt(service, row), gravity, text);
        if (entry !== 0) codes.set(code, known);
      }
      known.add(at, spanOf(row, known.service, at));
    }
  }

  /** In the order of their first record. */
  signals(templates: TemplateTexts): LogSignal[] {
    return Array.from(this.#gathered.values(), (gathered) => {
      const { service, level, template, place } = gathered;
      const templateId = templates.idOf(template) ?? fingerprint("template", template);
      return { service, level, templateId, template, ...gathered.inOrder(), place };
    });
  }

  #signalOf(segment: StoredSegment, row: number, written: string | null, level: Level, template: string): Gathered {
    const service = written === null ? null : this.#names.of(written);
    const key = `${level} ${service ?? ""} ${template}`;
    let gathered = this.#gathered.get(key);
    if (gathered === undefined) {
      gathered = new Gathered(service, level, template, placeOf(segment, row));
      this.#gathered.set(key, gathered);
    }
    return gathered;
  }

  /** What takes the place of a template that is not stored, made of the record's text. */
  #skeletonOf(segment: StoredSegment, row: number): string | null {
    if (this.#decoded >= MOST_DECODED) return null;
    this.#decoded++;
    const message = this.#texts.messageOf(segment, row);
    return message === null || message === "" ? null : skeletonOf(message);
  }
}
