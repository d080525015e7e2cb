/** What is told of the open trace beside its spans: what held it up, what is odd, which records were written in it. */
import { create } from "zustand";
import type { CallOutput } from "../../shared/contract.ts";
import { focusOn } from "../state/focus.ts";
import { useLayout, toggle } from "../state/layout.ts";
import { criticalOf, marksOf, type Critical, type RecordMarks, type TraceRecord } from "./sections.ts";
import { select, useWaterfall } from "./waterfall-state.ts";

export type TraceFinding = CallOutput<"traces.findings">[number];

interface Notes {
  /** Null until it is known. */
  readonly critical: Critical | null;
  readonly isCriticalShown: boolean;
  readonly findings: readonly TraceFinding[] | null;
  /** What is odd about a span, by its index: the first finding that is about it. */
  readonly flags: ReadonlyMap<number, TraceFinding>;
  /** The one whose spans are marked. */
  readonly finding: number | null;
  readonly marks: RecordMarks | null;
  readonly recordsInAll: number;
  /** Record on which the keys stand. */
  readonly record: string | null;
}

const NO_FLAGS: ReadonlyMap<number, TraceFinding> = new Map();
const NOTHING = {
  critical: null,
  findings: null,
  flags: NO_FLAGS,
  finding: null,
  marks: null,
  recordsInAll: 0,
  record: null,
} as const;

export const useNotes = create<Notes>(() => ({ ...NOTHING, isCriticalShown: true }));

const { getState: get, setState: set } = useNotes;

export const forgetNotes = (): void => set(NOTHING);

export function showCriticalPath({ sections }: CallOutput<"traces.criticalPath">): void {
  set({ critical: criticalOf(useWaterfall.getState().model, sections) });
}

export const showFindings = (findings: readonly TraceFinding[]): void =>
  set({ findings, flags: flagsOf(findings), finding: null });

/** Failed spans bear a mark of their own; of the others, a slow finding is about all its spans, the rest about the first. */
export function flagsOf(findings: readonly TraceFinding[]): ReadonlyMap<number, TraceFinding> {
  const flags = new Map<number, TraceFinding>();
  for (const finding of findings) {
    if (finding.kind === "failed") continue;
    for (const span of finding.kind === "slow" ? finding.spans : finding.spans.slice(0, 1))
      if (!flags.has(span)) flags.set(span, finding);
  }
  return flags;
}

/** @param wanted record to open, when it is one of them */
export function showRecords({ records, total }: CallOutput<"traces.records">, wanted: string | null): void {
  set({ marks: marksOf(useWaterfall.getState().model, records), recordsInAll: total, record: null });
  const record = records.find(({ ref }) => ref === wanted);
  if (record !== undefined) openRecord(record);
}

export const toggleCritical = (): void => set(({ isCriticalShown }) => ({ isCriticalShown: !isCriticalShown }));

export function openFinding(index: number): void {
  const finding = get().findings?.[index];
  if (finding === undefined) return;
  set({ finding: index });
  const [first] = finding.spans;
  if (first !== undefined) select(first);
}

export function stepFinding(step: 1 | -1): void {
  const { findings, finding } = get();
  if (findings === null || findings.length === 0) return;
  openFinding(
    finding === null ? (step > 0 ? 0 : findings.length - 1) : (finding + step + findings.length) % findings.length,
  );
}

const NO_SPANS: ReadonlySet<number> = new Set();
/** Every picture asks, and a finding may point to tens of thousands. */
const marked = new WeakMap<TraceFinding, ReadonlySet<number>>();

/** Spans that the chosen finding points to. */
export function markedSpans({ findings, finding }: Pick<Notes, "findings" | "finding">): ReadonlySet<number> {
  const chosen = finding === null ? undefined : findings?.[finding];
  if (chosen === undefined) return NO_SPANS;
  const spans = marked.get(chosen) ?? new Set(chosen.spans);
  marked.set(chosen, spans);
  return spans;
}

/** Shows a record of the trace in the detail, and the span that it was written in. */
export function openRecord(record: TraceRecord): void {
  if (record.span !== null) select(record.span);
  set({ record: record.ref });
  focusOn({ type: "record", ref: record.ref }, record.time);
  if (!useLayout.getState().detailOpen) toggle("detailOpen");
}

export function stepRecord(step: 1 | -1): void {
  const { marks, record } = get();
  const records = marks?.records ?? [];
  const at = records.findIndex(({ ref }) => ref === record);
  const next = records[at < 0 ? (step > 0 ? 0 : records.length - 1) : at + step];
  if (next !== undefined) openRecord(next);
}
