import { expect, it } from "vitest";
import fc from "../../support/properties.ts";
import { facets } from "../../../src/main/engine/query/facets.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { Level } from "../../../src/shared/model/level.ts";
import { kindCode } from "../../../src/shared/model/record.ts";
import { at, noCheck, testCase } from "./cases.ts";
import { Ordinals } from "../../../src/main/engine/query/ordinals.ts";
import { RecordCounts } from "../../../src/main/engine/query/record-counts.ts";
import { timedRecord } from "./timed-record.ts";

const record = fc
  .tuple(timedRecord(20), fc.constantFrom(null, "cart", "payment", "shipping"))
  .map(([one, service]) => Object.assign(one, { service }));
/** Records come into a source, or it is cleared to be read again. */
const step = fc.record({ source: fc.nat(1), records: fc.option(fc.array(record, { minLength: 1, maxLength: 5 })) });

const facetsOf = (open: OpenCase, samples: boolean): unknown =>
  facets(open, open.selections.select({ filter: "", from: null, to: null, samples }, noCheck), 100);

it("counts a case that grows, and one that loses a source, as one that is opened anew", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      using made = testCase();
      const sources = [made.source("a"), made.source("b")];
      const open = made.open();
      for (const { source, records } of steps) {
        const sourceId = sources[source] ?? 0;
        if (records === null) made.clear(sourceId);
        else made.add(sourceId, records, 3);
        open.refresh(noCheck);
        const anew = made.open();
        const { index } = open;
        const isCounted = (ordinal: number): boolean => index.kind.at(ordinal) !== kindCode("sample");
        const counted = RecordCounts.of(index, Ordinals.between(0, index.count).filter(isCounted));
        expect(open.wholeCounts.of(false).byKind).toEqual(counted.byKind);
        for (const samples of [false, true]) expect(facetsOf(open, samples)).toEqual(facetsOf(anew, samples));
      }
    }),
    { numRuns: 30 },
  );
});

it("counts any part of a case, in any order, as one record after the other would be", () => {
  const made = testCase();
  const services = [null, ...Array.from({ length: 20 }, (_, i) => `service-${i}`)];
  const levels = Object.values(Level);
  const sources = [made.source("a"), made.source("b")];
  for (const [part, sourceId] of [...sources, ...sources].entries()) {
    const records = Array.from({ length: 5_000 }, (_, i) => ({
      time: at(i),
      level: levels[(i * 7) % levels.length] ?? Level.none,
      // Few in the first half of a case, more than half a byte tells in the second.
      service: services[(i * i) % (part < 2 ? 5 : services.length)] ?? null,
      message: "m",
    }));
    made.add(sourceId, records, 3_000);
  }
  const open = made.open();
  const { index } = open;
  const naive = (ordinals: readonly number[]) => {
    const counts = { byService: [] as number[], byLevel: [] as number[], bySegment: [] as number[] };
    const raise = (of: number[], code: number): number => (of[code] = (of[code] ?? 0) + 1);
    for (const ordinal of ordinals) {
      raise(counts.byService, index.service.at(ordinal));
      raise(counts.byLevel, index.level.at(ordinal));
      raise(counts.bySegment, index.segmentOf.at(ordinal));
    }
    return [counts.byService, counts.byLevel, counts.bySegment].map(filled);
  };
  const filled = (counts: ArrayLike<number>) => Array.from({ length: 24 }, (_, code) => counts[code] ?? 0);
  const all = Array.from({ length: index.count }, (_, ordinal) => ordinal);
  const parts = {
    all,
    stretch: all.slice(1_234, 17_777),
    most: all.filter((ordinal) => ordinal % 3 !== 0),
    few: all.filter((ordinal) => ordinal % 997 === 0),
    mixed: [...open.index.order],
    turned: all.toReversed(),
    jumping: all.map((ordinal) => (ordinal * 7_919) % all.length),
  };
  for (const ordinals of Object.values(parts)) {
    const { byService, byLevel, bySegment } = RecordCounts.of(index, Ordinals.of(Uint32Array.from(ordinals)));
    expect([byService, byLevel, bySegment].map(filled)).toEqual(naive(ordinals));
  }
});
