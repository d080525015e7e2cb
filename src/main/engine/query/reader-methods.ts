// The calls of the reader thread: each finds the open case up to date, asks one question of it, and answers in the
// contract's words.
import { FailureError } from "../../../shared/failure.ts";
import type { Selection } from "../../../shared/contract.ts";
import { MOST_BUCKETS } from "../../../shared/model/histogram.ts";
import { Transferred, type CallContext } from "../threads/rpc.ts";
import { letterLine, placeOf } from "./dead-letters.ts";
import { compareSides } from "./compare/compare.ts";
import { listClocks } from "./correlation/clocks.ts";
import { recordsOfId, relatedTo } from "./correlation/related.ts";
import { detail, detailOf } from "./detail.ts";
import { eventTest } from "./event-filter.ts";
import { earlyBars } from "./early-bars.ts";
import { facets } from "./facets.ts";
import { histogram } from "./histogram.ts";
import { lanes } from "./lanes.ts";
import type { OpenCase } from "./open-case.ts";
import { overviewOf } from "./overview.ts";
import type { ExportRow, ReaderMethods } from "./protocol.ts";
import { eventIdOf, noSuchRecord, ordinalOf } from "./record-ref.ts";
import { searchedIn } from "../../../shared/query/searched.ts";
import { rows } from "./rows.ts";
import type { Selected } from "./selected.ts";
import { readFilter, type IsLate } from "./selections.ts";
import { listSeries, readSeries } from "./series.ts";
import { templateMethods } from "./template-methods.ts";
import { traceMethods } from "./trace-methods.ts";
import { values } from "./values.ts";

/** Rows with all their fields that cross threads at once. */
const EXPORT_LIMIT = 5_000;

export type OpenFile = (file: string) => OpenCase;

export function readerMethods(openFile: OpenFile): ReaderMethods {
  let opened: OpenCase | null = null;
  /** Of the case when it was opened: while a new one is read, its parsers need the processor. */
  let savedSegments = 0;

  const current = (context: CallContext, isLate?: IsLate): OpenCase => {
    if (opened === null) throw new FailureError("no-case", "No case is open. Open one first.");
    opened.refresh(check(context), isLate);
    return opened;
  };
  /** For questions that no record answers: the index may be behind. */
  const withoutIndex = (context: CallContext): OpenCase => current(context, always);
  const selectedOf = (
    selection: Selection,
    context: CallContext,
    isLate?: IsLate,
  ): { open: OpenCase; selected: Selected } => {
    const open = current(context, indexLate(selection, isLate));
    return { open, selected: open.selections.select(selection, check(context), isLate) };
  };
  const close = (): void => {
    opened?.[Symbol.dispose]();
    opened = null;
  };

  return {
    open({ file }, context) {
      const next = openFile(file);
      close();
      opened = next;
      const info = withoutIndex(context).info(check(context));
      savedSegments = next.index.known.length;
      return info;
    },
    close() {
      close();
      return null;
    },
    refresh: (_input, context) => current(context, soon(true)).info(check(context)),
    caseInfo: (_input, context) => withoutIndex(context).info(check(context)),
    overview: (_input, context) => overviewOf(withoutIndex(context)),
    "sources.list": (_input, context) => withoutIndex(context).sources(),

    "timeline.histogram"({ selection, buckets, partial }, context) {
      checkBuckets(buckets);
      const known = withoutIndex(context);
      const bars = earlyBars(known, selection, buckets);
      if (bars !== null) return { revision: known.revision, ...bars };
      const { open, selected } = selectedOf(selection, context, soon(partial));
      return histogram(open, selected, selection, buckets);
    },
    "timeline.lanes"({ selection, limit }, context) {
      const open = withoutIndex(context);
      const fits = eventTest(readFilter(selection.filter), (id) => open.source(id)?.path);
      return lanes(open.events, fits, selection, limit);
    },

    "records.count"({ selection, partial }, context) {
      // Asked when the bars are there: threads that load take no processor time from whoever waits for these.
      opened?.crew.warm(savedSegments);
      const { open, selected } = selectedOf(selection, context, soon(partial));
      const { count, searched, records, events, hiddenSamples } = selected;
      return {
        revision: open.revision,
        searched,
        count,
        records,
        events: events.length,
        hiddenSamples,
      };
    },
    "records.rows"({ selection, start, count, partial }, context) {
      const { open, selected } = selectedOf(selection, context, atOnce(partial));
      const wanted = { start, count, searched: searchedIn(selection.filter) };
      return { revision: open.revision, start, rows: rows(open, selected, wanted, check(context)) };
    },
    "records.locate"({ selection, time, ref, partial }, context) {
      const { open, selected } = selectedOf(selection, context, atOnce(partial));
      if (ref !== undefined) {
        const eventId = eventIdOf(ref);
        const ownRow = eventId === null ? null : selected.rowOfEvent(eventId);
        if (ownRow !== null) return ownRow;
        const record = eventId === null ? ref : open.events.find(({ id }) => id === eventId)?.reference?.record;
        const ordinal = record === undefined || record === null ? null : ordinalOf(open.index, record);
        return ordinal === null ? null : selected.rowOfRecord(ordinal);
      }
      return time === undefined ? null : selected.rowAtTime(time);
    },
    "records.nextError": ({ selection, index, direction }, context) =>
      selectedOf(selection, context).selected.nextError(index, direction),
    "records.detail"({ ref }, context) {
      const open = current(context);
      try {
        return detail(open, ref);
      } catch (thrown) {
        // The source may have been cleared between the refresh and the read.
        if (thrown instanceof FailureError && thrown.failure.reason === "not-found") throw noSuchRecord(ref);
        throw thrown;
      }
    },

    "facets.list"({ selection, limit, partial }, context) {
      const { open, selected } = selectedOf(selection, context, soon(partial));
      return { searched: selected.searched, facets: facets(open, selected, limit) };
    },
    "filter.values": ({ field, prefix, limit }, context) =>
      values(current(context), field, prefix, limit, check(context)),

    "events.list": (input, context) => withoutIndex(context).tables.listEvents(input),
    "events.get": ({ id }, context) => withoutIndex(context).tables.event(id),
    "anomalies.list": (input, context) => withoutIndex(context).tables.anomalies(input),
    "series.list"(_input, context) {
      const open = current(context);
      return listSeries(open, open.tables.anomalies({ from: null, to: null }), check(context));
    },
    "series.read"({ key, from, to, points }, context) {
      const data = readSeries(current(context), key, { from, to }, points, check(context));
      return transferred(data, [data.times.buffer, data.values.buffer]);
    },
    "compare.find": (input, context) => compareSides(current(context), input, check(context)),
    "related.find": (input, context) => relatedTo(current(context), input, check(context), soon(input.partial)),
    "related.ofId": (input, context) => recordsOfId(current(context), input, check(context), soon(input.partial)),
    "clocks.list"(_input, context) {
      const known = withoutIndex(context);
      // A clock is held against another.
      if (known.sources().filter(({ records }) => records > 0).length < 2)
        return { revision: known.revision, clocks: [] };
      return listClocks(known, check(context));
    },
    ...traceMethods(current, withoutIndex, selectedOf),
    ...templateMethods(current, withoutIndex, selectedOf),
    "deadLetters.list": (input, context) =>
      withoutIndex(context).tables.listDeadLetters(input, { isLate: soon(input.partial), check: check(context) }),

    "deadLetters.groups": (input, context) => withoutIndex(context).tables.deadLetterGroups(input),
    "deadLetters.get"({ id }, context) {
      const found = current(context).tables.deadLetter(id);
      return { ...found, place: placeOf(found.letter) } as ReturnType<ReaderMethods["deadLetters.get"]>;
    },
    deadLetterSize: ({ choice }, context) => current(context).tables.deadLetterSize(choice),
    deadLetterPage(input, context) {
      const open = current(context);
      return open.tables.deadLetterPage(open.reader, input);
    },
    deadLetterLines(input, context) {
      const open = current(context);
      const { letters, next } = open.tables.deadLetterPage(open.reader, input);
      return {
        lines: letters.map((letter) => letterLine(letter, open.tables.deadLetterHistory(letter.letter), open)),
        next,
      };
    },

    export({ selection, cursor, limit }, context) {
      const { open, selected } = selectedOf(selection, context);
      const end = Math.min(selected.count, cursor + Math.min(limit, EXPORT_LIMIT));
      const batch: ExportRow[] = [];
      for (let at = cursor; at < end; at += 1) {
        context.checkpoint();
        const row = selected.row(at);
        if (row?.type === "event") batch.push(row);
        else if (row !== null) batch.push({ type: "record", record: detailOf(open, row.ordinal) });
      }
      return { revision: open.revision, total: selected.count, rows: batch, next: end < selected.count ? end : null };
    },
  };
}

/** The thread is asked without the contract's schemas too, by tools: memory for a number of bars that is wrong is not asked for. */
function checkBuckets(buckets: number): void {
  if (Number.isInteger(buckets) && buckets >= 1 && buckets <= MOST_BUCKETS) return;
  throw new FailureError(
    "too-many-buckets",
    `A histogram has 1 to ${MOST_BUCKETS} bars, not ${buckets}. Ask for wider ones or for a shorter time.`,
  );
}

/** How long a question that takes an early answer is searched for: a person does not feel it as a wait. */
const EARLY_MS = 60;
/** A third of it for the index of records, while that is behind. */
const INDEX_MS = 20;
const after = (ms: number): IsLate => {
  const deadline = performance.now() + ms;
  return () => performance.now() > deadline;
};
/**
 * Of the time until an early answer, some is left to search what the index holds by then. For a whole answer the
 * selection takes in what is missing, while other threads search.
 */
const indexLate = ({ filter }: Selection, isLate: IsLate | undefined): IsLate => {
  if (isLate === undefined || isLate === always) return always;
  return filter.trim() === "" ? isLate : after(INDEX_MS);
};
const soon = (partial = false): IsLate | undefined => (partial ? after(EARLY_MS) : undefined);
/** Takes what other questions have found so far. */
const always: IsLate = () => true;
const atOnce = (partial = false): IsLate | undefined => (partial ? always : undefined);

const check =
  (context: CallContext): (() => void) =>
  () =>
    context.checkpoint();

/** `serve` unwraps it: to callers the answer is the value. */
const transferred = <T>(value: T, buffers: readonly ArrayBuffer[]): T =>
  new Transferred(value, buffers) as unknown as T;
