// Records of every kind and level at any time of a span, for what is counted by time.
import fc from "../../support/properties.ts";
import { at, type TestRecord } from "./cases.ts";

/** One in nine has no time; the others stand `0 … span` µs after the epoch. */
export const timedRecord = (span: number): fc.Arbitrary<TestRecord> =>
  fc.record({
    kind: fc.constantFrom("log", "span", "sample"),
    time: fc.option(fc.nat(span).map(at), { nil: null, freq: 8 }),
    level: fc.constantFrom(0, 1, 2, 3, 4, 5, 6),
    message: fc.constant("m"),
  });
