import { expect, it } from "vitest";
import fc from "fast-check";
import { facets } from "../../../src/main/engine/query/facets.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { noCheck, testCase } from "./cases.ts";
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
        for (const samples of [false, true]) expect(facetsOf(open, samples)).toEqual(facetsOf(anew, samples));
      }
    }),
    { numRuns: 30 },
  );
});
