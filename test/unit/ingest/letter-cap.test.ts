import { describe, expect, it } from "vitest";
import { LetterCap } from "../../../src/main/engine/ingest/letter-cap.ts";
import type { Batch } from "../../../src/main/engine/store/protocol.ts";

const batch = (letters: number, bytes = 10): Batch => ({
  sourceId: 1,
  segments: [],
  blocks: [],
  deadLetters: Array.from({ length: letters }, (_, line) => ({
    offset: line,
    length: bytes,
    line,
    stage: "parse",
    reason: "x",
    message: "x",
    raw: new Uint8Array(bytes),
  })),
  change: {},
});

describe("the cap of dead letters", () => {
  it("keeps the first ones, and counts every other as dropped", () => {
    const cap = new LetterCap({ letters: 5, bytes: 1_000 });
    const first = batch(3);
    expect(cap.fits(first.deadLetters)).toBe(true);
    expect(cap.take(first)).toBe(first);
    const second = batch(4);
    expect(cap.fits(second.deadLetters)).toBe(false);
    const taken = cap.take(second);
    expect([taken.deadLetters.map(({ line }) => line), taken.droppedLetters]).toEqual([[0, 1], 2]);
    expect(cap.take(batch(4))).toMatchObject({ deadLetters: [], droppedLetters: 4 });
    expect(cap.kept).toBe(5);
  });

  it("counts the bytes that are kept, 64 KiB of each at most", () => {
    const cap = new LetterCap({ letters: 100, bytes: 2 * 65_536 });
    expect(cap.fits(batch(2, 5_000_000).deadLetters)).toBe(true);
    expect(cap.take(batch(3, 5_000_000)).droppedLetters).toBe(1);
  });

  it("makes room for as many again, and at least for those that wait", () => {
    const cap = new LetterCap({ letters: 2, bytes: 1_000 });
    cap.extend(batch(50).deadLetters);
    expect(cap.fits(batch(50).deadLetters)).toBe(true);
    expect(cap.fits(batch(51).deadLetters)).toBe(false);
  });
});
