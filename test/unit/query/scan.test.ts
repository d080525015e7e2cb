// The scan against the reference, on random cases and random filters, over real case files.
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { KINDS_OF_ONE_RECORD } from "../../../src/shared/model/event.ts";
import { namesKind, type Filter } from "../../../src/shared/query/ast.ts";
import { printFilter } from "../../../src/shared/query/print.ts";
import { durationMicros } from "../../../src/shared/units.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { facets } from "../../../src/main/engine/query/facets.ts";
import { histogram } from "../../../src/main/engine/query/histogram.ts";
import { recordRef } from "../../../src/main/engine/query/record-ref.ts";
import type { Selected } from "../../../src/main/engine/query/selected.ts";
import { conditionOf, filterOf } from "./arbitraries.ts";
import { at, noCheck, TestCase, type TestEvent, type TestRecord } from "./cases.ts";
import { matches, type ReferenceRecord, type ReferenceRow } from "./reference.ts";

const words = fc
  .array(fc.constantFrom("a", "B", "é", "É", " ", "\\", "&", '"', "error", "K", "İ", "日", "checkout"), {
    maxLength: 3,
  })
  .map((parts) => parts.join(""));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

const record: fc.Arbitrary<TestRecord> = fc.record({
  kind: fc.constantFrom("log", "span", "sample", "deploy"),
  time: fc.option(fc.nat(20).map(at), { nil: null }),
  level: fc.constantFrom(0, 1, 2, 3, 4, 5, 6),
  service: fc.option(words, { nil: null }),
  message: words,
  duration: maybe(fc.nat(5).map(durationMicros)),
  value: maybe(fc.nat(5)),
  name: maybe(words),
  traceId: maybe(words),
  requestId: maybe(words),
  fields: fc.dictionary(
    fc.constantFrom("http.route", "user_id", "n"),
    fc.oneof(words, fc.nat(5), fc.constantFrom("3", "4.5", "5 ms"), fc.constant(null), fc.boolean()),
  ),
});
const withRaw = fc.oneof(
  record,
  fc.tuple(record, words).map(([made, raw]): TestRecord => Object.assign({}, made, { raw })),
);

const filters: fc.Arbitrary<Filter> = fc.oneof(
  filterOf(conditionOf(words)),
  filterOf(
    fc.oneof(
      words.map((text) => ({ type: "text", text }) as const),
      fc.nat(20).map((time) => ({ type: "time", operator: ">=", time: at(time)!.micros, width: 1 }) as const),
      fc
        .constantFrom("http.route", "trace", "duration", "level", "service")
        .map((field) => ({ type: "has", field }) as const),
      fc.nat(5).map((value) => ({ type: "fieldNumber", key: "n", operator: ">", value }) as const),
      words.map((text) => ({ type: "field", key: "http.route", values: [[text]] }) as const),
    ),
  ),
);
/** Ids of templates are digests, so that random texts seldom name one: an expression does. */
const templateWithAnA: Filter = { type: "word", field: "template", values: [{ pattern: "a", flags: "" }] };
const bound = fc.option(fc.nat(21), { nil: null });
const eventOfCase = fc.record({
  time: fc.nat(20),
  severity: fc.constantFrom("CRITICAL", "HIGH", "INFO" as const),
  kind: fc.constantFrom("note", "error-burst", "deploy" as const),
  title: words,
  service: fc.option(words, { nil: null }),
});

interface World extends Disposable {
  readonly open: OpenCase;
  readonly rows: readonly { readonly row: ReferenceRow; readonly ref: string }[];
}

/** Every row of the case with its ref, in the order of the list. */
function build(batches: readonly (readonly TestRecord[])[], events: readonly TestEvent[]): World {
  const made = new TestCase();
  const sources = ["a/app.jsonl", "b/error.log"].map((path) => ({
    path,
    id: made.source(path),
    records: [] as Omit<ReferenceRecord, "template">[],
  }));
  for (const [i, batch] of batches.entries()) {
    const source = sources[i % 2]!;
    source.records.push(...batch.map((one, line) => ({ ...one, path: source.path, line: line + 1 })));
    if (batch.length > 0) made.add(source.id, batch, 3);
  }
  for (const event of events) made.event(event);
  const open = made.open();
  const records = sources.flatMap(({ id, records: all }) =>
    open.index.segments
      .filter(({ sourceId }) => sourceId === id)
      .flatMap((segment) => Array.from({ length: segment.count }, (_, row) => ({ segment, row })))
      .map(({ segment, row }, i) => ({
        row: { record: { ...all[i]!, template: open.templates.fit(segment, row, noCheck)?.template.id ?? null } },
        ref: recordRef(segment, segment.first + row),
      })),
  );
  const inOrder = [
    ...open.events
      .filter(({ kind }) => !KINDS_OF_ONE_RECORD.has(kind))
      .map((event) => ({ row: { event, path: null }, ref: `e${event.id}`, time: event.time as number })),
    ...records.map((one) => ({ row: one.row, ref: one.ref, time: one.row.record.time?.micros ?? Infinity })),
  ].sort((a, b) => (a.time === b.time ? 0 : a.time - b.time));
  return { open, rows: inOrder, [Symbol.dispose]: () => made[Symbol.dispose]() };
}

function refs(open: OpenCase, selected: Selected): string[] {
  return Array.from({ length: selected.count }, (_, i) => {
    const row = selected.row(i)!;
    return row.type === "event" ? `e${row.event.id}` : recordRef(open.index.segmentAt(row.ordinal), row.ordinal);
  });
}

const timeOf = (row: ReferenceRow): number => ("event" in row ? row.event.time : (row.record.time?.micros ?? Infinity));
const isSample = (row: ReferenceRow): boolean => "record" in row && row.record.kind === "sample";

describe("the scan", () => {
  it(
    "selects exactly the rows that a look at every row would, in the order of time, source and row",
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(
          fc.array(fc.array(withRaw, { maxLength: 8 }), { maxLength: 5 }),
          fc.array(eventOfCase, { maxLength: 4 }),
          fc.array(fc.tuple(filters, bound, bound, fc.boolean()), { minLength: 8, maxLength: 8 }),
          (batches, events, questions) => {
            using world = build(batches, events);
            const { open, rows } = world;
            for (const [filter, from, to, samples] of questions) {
              const showsSamples = samples || namesKind(filter);
              const inRange = rows.filter(
                ({ row }) =>
                  matches(filter, row) &&
                  ((from === null && to === null) || (timeOf(row) >= (from ?? 0) && timeOf(row) < (to ?? Infinity))),
              );
              const expected = inRange.filter(({ row }) => showsSamples || !isSample(row));
              const selection = { filter: printFilter(filter), from, to, samples };
              const selected = open.selections.select(selection, noCheck);
              expect(refs(open, selected)).toEqual(expected.map(({ ref }) => ref));
              expect(selected.hiddenSamples).toBe(inRange.length - expected.length);

              for (const [i, { row, ref }] of expected.entries()) {
                const found =
                  "event" in row ? selected.rowOfEvent(row.event.id) : selected.rowOfRecord(ordinalOf(open, ref));
                expect(found).toBe(i);
              }
              const isError = ({ row }: { row: ReferenceRow }): boolean =>
                "record" in row && (row.record.level ?? 0) >= 5;
              for (let i = -1; i <= expected.length; i += 1) {
                expect(selected.nextError(i, "next")).toBe(
                  orNull(expected.findIndex((one, j) => j > i && isError(one))),
                );
                expect(selected.nextError(i, "previous")).toBe(
                  orNull(expected.findLastIndex((one, j) => j < i && isError(one))),
                );
              }
              for (const time of [0, 7, 21])
                expect(selected.rowAtTime(time)).toBe(
                  orNull(expected.findIndex(({ row }) => timeOf(row) >= time && timeOf(row) < Infinity)),
                );

              const bars = histogram(open, selected, selection, 7);
              expect(bars.total).toBe(expected.filter(({ row }) => "record" in row && timeOf(row) < Infinity).length);
              expect(bars.counts.reduce((sum, count) => sum + count, 0)).toBe(bars.total);
            }
          },
        ),
        { numRuns: 60, examples: [[[[{ message: "a" }]], [], [[templateWithAnA, null, null, false]]]] },
      );
    },
  );

  it("counts in each facet what a click on the value leaves", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(withRaw, { maxLength: 8 }), { maxLength: 4 }),
        fc.array(eventOfCase, { maxLength: 4 }),
        (batches, events) => {
          using world = build(batches, events);
          const { open, rows } = world;
          const selected = open.selections.select({ filter: "", from: null, to: null, samples: true }, noCheck);
          for (const { field, values, distinct } of facets(open, selected, 100)) {
            expect(values.length).toBe(distinct);
            for (const { value, count } of values)
              expect(rows.filter(({ row }) => hasValue(row, field, value)).length).toBe(count);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

const orNull = (index: number): number | null => (index === -1 ? null : index);

function ordinalOf(open: OpenCase, ref: string): number {
  const [, segment, row] = /^s(\d+):(\d+)$/.exec(ref)!;
  return open.index.segmentById(Number(segment))!.first + Number(row);
}

function hasValue(row: ReferenceRow, field: string, value: string): boolean {
  if (field === "service") return ("event" in row ? row.event.service : row.record.service) === value;
  const condition =
    field === "severity"
      ? ({ type: "severity", operator: "=", values: [value] } as unknown as Filter)
      : field === "kind"
        ? ({ type: "kind", values: [value] } as unknown as Filter)
        : ({ type: "word", field: "source", values: [[value]] } as Filter);
  return matches(condition, row);
}
