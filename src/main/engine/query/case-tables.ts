// The small tables of a case as the questions need them, over the store's typed functions.
import type { CallInput, CallOutput } from "../../../shared/contract.ts";
import type { Anomaly } from "../../../shared/model/anomaly.ts";
import type { IncidentEvent } from "../../../shared/model/event.ts";
import type { TemplateDecision } from "../../../shared/model/template.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import { DEFAULT_SETTINGS } from "../../../shared/settings.ts";
import { durationMicros, MICROS_PER_MILLISECOND, type DurationMicros } from "../../../shared/units.ts";
import { listAnomalies } from "../store/anomalies.ts";
import { sizeOf, type ChoiceSize } from "../store/dead-letters/choice.ts";
import { LetterSearch, type SearchPace } from "../store/dead-letters/letter-search.ts";
import { listDeadLetters } from "../store/dead-letters/list.ts";
import { letterPage, type LetterPage, type LetterPageRequest } from "../store/dead-letters/page.ts";
import { getDeadLetter, groupDeadLetters, historyOf, type LetterWithHistory } from "../store/dead-letters/queries.ts";
import { checkIds } from "../store/dead-letters/settle.ts";
import { allGuarded } from "../store/failures.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { DeadLetter, DeadLetterChoice, DeadLetterStep } from "../../../shared/model/dead-letter.ts";
import { getEvent, listEvents } from "../store/events.ts";
import type { Connection } from "../store/sqlite.ts";
import { listDecisions } from "../store/template-decisions.ts";
import { countTraces, getTrace, listTraces } from "../store/traces.ts";

/** `slowFrom` is a setting, which the engine knows and the case does not. */
export type TraceRequest = CallInput<"traces.list"> & { readonly slowFrom?: DurationMicros | undefined };
/** What is left of the question once its filter has become ids. */
type TraceQuestion = Omit<TraceRequest, "filter"> & { readonly among?: readonly string[] };

export interface CaseTables {
  /** What people decided about templates, in the order in which they did. */
  templateDecisions(): readonly TemplateDecision[];
  /** All of them, in the order of time, then id. */
  events(): readonly IncidentEvent[];
  listEvents(input: CallInput<"events.list">): CallOutput<"events.list">;
  event(id: number): IncidentEvent | null;
  /** Gravest first. */
  anomalies(range: CallInput<"anomalies.list">): readonly Anomaly[];
  listTraces(input: TraceQuestion): CallOutput<"traces.list">;
  trace(traceId: string): TraceSummary | null;
  traceCount(): number;
  listDeadLetters(input: CallInput<"deadLetters.list">, pace?: SearchPace): CallOutput<"deadLetters.list">;
  deadLetterGroups(input: CallInput<"deadLetters.groups">): CallOutput<"deadLetters.groups">;
  /** Fails with "not-found". */
  deadLetter(id: number): LetterWithHistory;
  deadLetterHistory(letter: DeadLetter): readonly DeadLetterStep[];
  /** Fails with "not-found" for an id that never was one. */
  deadLetterSize(choice: DeadLetterChoice): ChoiceSize;
  deadLetterPage(reader: CaseReader, request: LetterPageRequest): LetterPage;
}

const SLOW_FROM = durationMicros(DEFAULT_SETTINGS.detection.slowTraceMs[0] * MICROS_PER_MILLISECOND);
const ALL = { limit: 2 ** 31, after: null };

/** What cannot be read fails with "damaged-case", or as the database says. */
export const caseTables = (db: Connection): CaseTables => allGuarded(db.name, tablesOf(db));

const tablesOf = (db: Connection): CaseTables => ({
  templateDecisions: () => listDecisions(db),
  events: () => listEvents(db, {}, ALL).items,
  listEvents: ({ filter, ...page }) => listEvents(db, filter, page),
  event: (id) => getEvent(db, id),
  anomalies: ({ from, to }) => listAnomalies(db, from, to),
  listTraces: ({ limit, after, slowFrom = SLOW_FROM, among = null, ...filter }) =>
    listTraces(db, { ...filter, slowFrom, among }, { limit, after }),
  trace: (traceId) => getTrace(db, traceId),
  traceCount: () => countTraces(db, SLOW_FROM).count,
  listDeadLetters: ({ sourceId, reason, text, ...page }, pace) =>
    listDeadLetters(db, { sourceId, reason, text }, page, letterSearchOf(db), pace) as CallOutput<"deadLetters.list">,
  deadLetterGroups: (input) => groupDeadLetters(db, input) as unknown as CallOutput<"deadLetters.groups">,
  deadLetter: (id) => getDeadLetter(db, id),
  deadLetterHistory: (letter) => historyOf(db, letter),
  deadLetterSize(choice) {
    const size = sizeOf(db, choice);
    if (choice.which === "ids" && size.letters < choice.ids.length) checkIds(db, choice.ids);
    return size;
  },
  deadLetterPage: (reader, request) => letterPage(db, reader, request),
});

/** One for each open case: it keeps what it found. */
const letterSearches = new WeakMap<Connection, LetterSearch>();

function letterSearchOf(db: Connection): LetterSearch {
  const known = letterSearches.get(db);
  if (known !== undefined) return known;
  const search = new LetterSearch(db);
  letterSearches.set(db, search);
  return search;
}
