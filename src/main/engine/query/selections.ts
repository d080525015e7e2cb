// Filter and range become rows. What a filter said of a segment is remembered, for segments never change: a case that
// grows, another range and a query that was abandoned half way cost only the segments not yet looked at.
import type { Selection } from "../../../shared/contract.ts";
import { FailureError } from "../../../shared/failure.ts";
import { KINDS_OF_ONE_RECORD } from "../../../shared/model/event.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { conditionsOf, namesKind, type Filter } from "../../../shared/query/ast.ts";
import { parseFilter } from "../../../shared/query/parse.ts";
import { printFilter } from "../../../shared/query/print.ts";
import { eventTest } from "./event-filter.ts";
import { Fits } from "./fits.ts";
import { isNarrower } from "./narrower.ts";
import { Ordinals } from "./ordinals.ts";
import { compile, type Predicate } from "./predicate.ts";
import type { QueryContext } from "./query-context.ts";
import { endOf, type IndexedSegment, type RecordIndex } from "./record-index.ts";
import { Selected } from "./selected.ts";
import { SelectedRecords } from "./selected-records.ts";
import { lowerBound, sortOrdinals } from "./time-order.ts";

/** Filters whose answers are kept: one bit a record each. */
const FILTERS_KEPT = 6;
/** Segments between two of which a question can be abandoned without losing what was found: enough to share among threads. */
const SCANNED_TOGETHER = 32;
/** Below this share of the list, the rows that fit are put in order by themselves; above, the list is gone through. */
const FEW = 1 / 16;
const SAMPLE = kindCode("sample");
const ANSWERS_KEPT = 12;
const ANSWER_BYTES_KEPT = 32 * 2 ** 20;

/** Whether an early answer is due. */
export type IsLate = () => boolean;

interface Answers {
  readonly filter: Filter;
  readonly predicate: Predicate;
  /** Key of a filter: what does not fit that one does not fit this. */
  readonly wider: string | null;
  /** Meaningful for `scanned` segments. */
  readonly fits: Fits;
  readonly scanned: Set<number>;
  /** How many fit. */
  found: number;
}

export class Selections {
  readonly #context: QueryContext;
  readonly #answers = new Map<string, Answers>();
  readonly #selected = new Map<string, Selected>();
  #epoch = -1;
  #version = -1;
  #revision = -1;

  constructor(context: QueryContext) {
    this.#context = context;
  }

  /**
   * Fails with "bad-filter". `checkpoint` throws when the caller has lost interest; what was scanned is kept. Once
   * `isLate` no further segment is begun, and what was found so far is the answer, as are the first rows that are found.
   */
  select(selection: Selection, checkpoint: () => void, isLate?: IsLate): Selected {
    this.#forgetStale();
    const filter = readFilter(selection.filter);
    const key = JSON.stringify([printFilter(filter), selection.from, selection.to, selection.samples]);
    const known = this.#selected.get(key);
    const selected = known ?? this.#find(filter, selection, checkpoint, isLate);
    // What the index took in meanwhile changes no answer that was whole.
    this.#version = this.#context.index.version;
    if (selected.searched < 1) return selected;
    this.#selected.delete(key);
    this.#selected.set(key, selected);
    if (known === undefined) this.#dropOldest();
    return selected;
  }

  #find(
    filter: Filter,
    { from, to, samples }: Selection,
    checkpoint: () => void,
    isLate: IsLate | undefined,
  ): Selected {
    const { index, reader, events } = this.#context;
    const isOpen = from === null && to === null;
    const first = from ?? -Infinity;
    // An order ends with the records without a time, which only an open range holds.
    const end = to ?? (isOpen ? Number.NaN : Infinity);
    const within = (order: Ordinals): Ordinals =>
      isOpen ? order : order.slice(lowerBound(index.time, order, first), lowerBound(index.time, order, end));
    const isEvent = eventTest(filter, (id) => this.#context.source(id)?.path);
    const chosenEvents = events.filter(
      (event) =>
        !KINDS_OF_ONE_RECORD.has(event.kind) && (isOpen || (event.time >= first && event.time < end)) && isEvent(event),
    );
    if (filter.type === "and" && filter.parts.length === 0) {
      if (isLate === undefined) index.fill(reader, checkpoint);
      const searched = shareOf(index.count, index.knownCount);
      if (isOpen) {
        const hiddenSamples = samples ? 0 : index.samples;
        const extent = { hiddenSamples, searched, isWhole: true };
        return new Selected(index, allRecords(index, hiddenSamples), chosenEvents, extent);
      }
      const whole = within(index.order);
      const listed = samples ? whole : within(index.orderWithoutSamples);
      const hiddenSamples = whole.length - listed.length;
      return new Selected(index, SelectedRecords.of(listed), chosenEvents, { hiddenSamples, searched });
    }
    const { fits, found, searched } = this.#scan(filter, isOpen ? null : { first, end }, checkpoint, isLate);
    const hidesSamples = !samples && !namesKind(filter) && index.samples > 0;
    const isListed = (ordinal: number): boolean => !hidesSamples || index.kind.at(ordinal) !== SAMPLE;
    const listedOf = (ordinals: Ordinals): Ordinals => (hidesSamples ? ordinals.filter(isListed) : ordinals);
    const fitting = (): Ordinals =>
      found < index.count * FEW
        ? within(Ordinals.of(sortOrdinals(index, fits.places(found))))
        : fits.pick(within(index.order));
    if (isOpen) {
      const hiddenSamples = hidesSamples ? fits.ordinals().filter((ordinal) => !isListed(ordinal)).length : 0;
      const records = new SelectedRecords(found - hiddenSamples, fits.bytes, {
        inOrder: () => listedOf(fitting()),
        inAnyOrder: () => listedOf(fits.ordinals()),
      });
      return new Selected(index, records, chosenEvents, { hiddenSamples, searched });
    }
    const all = fitting();
    const listed = listedOf(all);
    return new Selected(index, SelectedRecords.of(listed), chosenEvents, {
      hiddenSamples: all.length - listed.length,
      searched,
    });
  }

  #scan(
    filter: Filter,
    range: { first: number; end: number } | null,
    checkpoint: () => void,
    isLate: IsLate | undefined,
  ): { readonly fits: Fits; readonly found: number; readonly searched: number } {
    const { index, crew, reader } = this.#context;
    const isWhole = isLate === undefined;
    const takeIn = (): void => {
      checkpoint();
      if (isWhole) index.fill(reader, checkpoint);
    };
    if (!asksOnlyText(filter)) takeIn();
    const answers = this.#answersOf(filter, checkpoint);
    const { predicate, fits, scanned } = answers;
    const wider = answers.wider === null ? undefined : this.#answers.get(answers.wider);
    const searchable = isWhole ? index.known : index.segments;
    fits.reserve(endOf(searchable.at(-1)));
    const asked = searchable.filter((segment) => range === null || overlaps(segment, range));
    const open = asked.filter(({ number }) => !scanned.has(number)).toSorted(byFirstTime);
    const isFirst = answers.found === 0;
    // Whoever waits for the first answer waits for one segment a thread.
    let step = isLate === undefined ? SCANNED_TOGETHER : crew.size;
    for (let at = 0; at < open.length; step = Math.min(step * 2, SCANNED_TOGETHER)) {
      if (isLate !== undefined && (isLate() || (isFirst && answers.found > 0))) break;
      checkpoint();
      const parts = open.slice(at, at + step).map((segment) => ({ segment, mask: maskOf(segment, wider) }));
      // Text is searched without the index, which this thread takes in while the others search already.
      predicate.keep(parts, takeIn);
      takeIn();
      for (const { segment, mask } of parts) {
        answers.found += fits.put(mask, segment.first);
        scanned.add(segment.number);
      }
      at += parts.length;
    }
    takeIn();
    return { fits, found: answers.found, searched: searchedOf(asked, scanned, index.pending) };
  }

  #answersOf(filter: Filter, checkpoint: () => void): Answers {
    const key = this.#keyOf(filter, checkpoint);
    const answers = this.#answers.get(key) ?? this.#newAnswers(filter);
    this.#answers.delete(key);
    this.#answers.set(key, answers);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= FILTERS_KEPT) break;
      this.#answers.delete(oldest);
    }
    return answers;
  }

  #newAnswers(filter: Filter): Answers {
    const [wider = null] = [...this.#answers]
      .filter(([, known]) => isNarrower(filter, known.filter))
      .toSorted(([, a], [, b]) => b.scanned.size - a.scanned.size || a.found - b.found);
    return {
      filter,
      predicate: compile(filter, this.#context),
      wider: wider && wider[0],
      fits: new Fits(),
      scanned: new Set<number>(),
      found: 0,
    };
  }

  /** A record's template can change as others come: what was found holds for the templates of then. */
  #keyOf(filter: Filter, checkpoint: () => void): string {
    const asksTemplates = conditionsOf(filter).some((part) => part.type === "word" && part.field === "template");
    const key = printFilter(filter);
    return asksTemplates ? `${key}\n${this.#context.templates.version(checkpoint)}` : key;
  }

  #forgetStale(): void {
    const { index, revision } = this.#context;
    if (this.#epoch !== index.epoch) this.#answers.clear();
    if (this.#version !== index.version || this.#revision !== revision) this.#selected.clear();
    this.#epoch = index.epoch;
    this.#version = index.version;
    this.#revision = revision;
  }

  #dropOldest(): void {
    let left = [...this.#selected.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { bytes }] of this.#selected) {
      if (this.#selected.size <= 1 || (this.#selected.size <= ANSWERS_KEPT && left <= ANSWER_BYTES_KEPT)) break;
      this.#selected.delete(key);
      left -= bytes;
    }
  }
}

/** All of the case, or all but its samples, which are `hidden`. */
function allRecords(index: RecordIndex, hidden: number): SelectedRecords {
  return new SelectedRecords(index.count - hidden, 0, {
    inOrder: () => (hidden === 0 ? index.order : index.orderWithoutSamples),
    inAnyOrder() {
      const all = Ordinals.between(0, index.count);
      return hidden === 0 ? all : all.filter((ordinal) => index.kind.at(ordinal) !== SAMPLE);
    },
  });
}

export function readFilter(text: string): Filter {
  const parsed = parseFilter(text);
  if (parsed.ok) return parsed.filter;
  throw new FailureError("bad-filter", `Filter, character ${parsed.error.from + 1}: ${parsed.error.message}`);
}

/** Share of the records that was scanned, of the segments in question and of those that are not in the index yet. */
function searchedOf(segments: readonly IndexedSegment[], scanned: ReadonlySet<number>, pending: number): number {
  let records = pending;
  let done = 0;
  for (const { number, count } of segments) {
    records += count;
    if (scanned.has(number)) done += count;
  }
  return shareOf(done, records);
}

/** Of nothing, all. */
const shareOf = (done: number, all: number): number => (done === all ? 1 : done / all);

const overlaps = ({ firstTime, lastTime }: IndexedSegment, { first, end }: { first: number; end: number }): boolean =>
  firstTime !== null && lastTime !== null && firstTime < end && lastTime >= first;

const asksOnlyText = (filter: Filter): boolean =>
  conditionsOf(filter).every(({ type }) => type === "text" || type === "regex" || type === "field");

/** As the list is read, so that what is seen first is found first. */
const byFirstTime = (a: IndexedSegment, b: IndexedSegment): number =>
  (a.firstTime ?? Infinity) < (b.firstTime ?? Infinity) ? -1 : a.firstTime === b.firstTime ? a.number - b.number : 1;

function maskOf({ number, first, count }: IndexedSegment, wider: Answers | undefined): Uint8Array {
  if (wider?.scanned.has(number) === true) return wider.fits.mask(first, count);
  return new Uint8Array(count).fill(1);
}
