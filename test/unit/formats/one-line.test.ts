// A source of one line that is longer than the sample: dumps that were joined, logs without line ends.
import { describe, expect, it } from "vitest";
import { detectFormat } from "../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";

const best = (text: string): string | undefined =>
  detectFormat(makeSample("unnamed", new TextEncoder().encode(text), false)).best?.format.id;
const long = "x y ".repeat(60_000);

describe("one line that is longer than a sample", () => {
  it("is recognised by its beginning", () => {
    expect(best(`2026-11-20T10:00:01Z ERROR ${long}`)).toBe("text");
    expect(best(`level=error ts=2026-11-20T10:00:01Z msg=${"x".repeat(240_000)}`)).toBe("logfmt");
  });

  it("is nothing else than it was, where it is a document", () => {
    expect(best(`{"time":"2026-11-20T10:00:01Z","level":"error","msg":"${long}`)).toBe("json");
    expect(best(`<log time="2026-11-20T10:00:01Z">${long}`)).toBeUndefined();
    expect(best(long)).toBeUndefined();
  });
});
