import fc from "../../support/properties.ts";
import { expect, it } from "vitest";
import { NO_SPAN, SpanIndex } from "../../../src/main/engine/analysis/span-index.ts";
import { JoinedTexts, type DictionaryColumn } from "../../../src/shared/model/segment.ts";

/** One row an entry, as a segment stores ids: one text, cut up when somebody looks. */
function packed(texts: readonly string[]): DictionaryColumn {
  const lengths = Uint32Array.from(texts, (text) => text.length);
  return {
    packed: new JoinedTexts(texts.join(""), lengths),
    index: Uint32Array.from(texts, (_, row) => row + 1),
    get dictionary(): readonly string[] {
      throw new Error("somebody made texts of all ids");
    },
  };
}

const plain = (texts: readonly string[]): DictionaryColumn => ({
  dictionary: texts,
  index: Uint32Array.from(texts, (_, row) => row + 1),
});

function indexOf(traces: readonly string[]): SpanIndex {
  const index = new SpanIndex({ start: () => 0, duration: () => 10, service: () => "cart" });
  for (const [row, trace] of traces.entries()) index.add(row, trace, null);
  return index;
}

/** Few characters, so that many ids end alike, begin alike, or are part of each other. */
const ids = fc.uniqueArray(fc.string({ unit: fc.constantFrom("0", "a", "é"), minLength: 1, maxLength: 12 }), {
  maxLength: 60,
});

it("finds the span of each record whose trace has one, and of no other, whatever their ids share", () => {
  fc.assert(
    fc.property(ids, ids, (traces, logged) => {
      const index = indexOf(traces);
      for (const traceId of [packed(logged), plain(logged)]) {
        const find = index.finderFor({ traceId, spanId: null });
        const found = logged.map((_, row) => find(row, "cart", 5));
        expect(found).toEqual(logged.map((id) => (traces.includes(id) ? traces.indexOf(id) : NO_SPAN)));
      }
    }),
  );
});

it("finds spans that came after the first record was looked up", () => {
  const index = indexOf(["00f067aa0ba902b7"]);
  const traceId = packed(["00f067aa0ba902b7", "53995c3f42cd8ad8"]);
  expect(index.finderFor({ traceId, spanId: null })(1, "cart", 5)).toBe(NO_SPAN);
  index.add(1, "53995c3f42cd8ad8", null);
  expect(index.finderFor({ traceId, spanId: null })(1, "cart", 5)).toBe(1);
});
