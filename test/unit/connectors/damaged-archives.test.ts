// Archives with bytes of chance in them: whatever they are, listing and reading end, and fail only with a sentence.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { FailureError } from "../../../src/shared/failure.ts";
import { paxRecord, tarOf, zipOf } from "../../support/archives.ts";
import { bytesOf, contextOf, located, temporaryFolder } from "./support.ts";

const files = [
  { name: "app.log", content: "2026-03-01T10:00:00Z ERROR failed\n".repeat(40) },
  { name: "empty.log", content: "" },
  { name: "in.zip", content: zipOf([{ name: "b.log", content: "b".repeat(300), flags: 8 }]), method: 0 },
  { name: "late.log", content: "late\n", flags: 8 },
];
const withPax = [{ name: "x", type: "x", content: paxRecord("path", "a/longer/name.log") }, ...files];
const ARCHIVES: Readonly<Record<string, Uint8Array>> = {
  zip: zipOf(files),
  zip64: zipOf(
    files.map(({ name, content }) => ({ name, content, zip64: true })),
    { zip64: true },
  ),
  tar: tarOf(withPax),
  "compressed tar": gzipSync(tarOf(withPax)),
};

interface Damage {
  readonly places: readonly (readonly [place: number, byte: number])[];
  readonly cut: number;
}
const damage: fc.Arbitrary<Damage> = fc.record({
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
    maxLength: 6,
  }),
  cut: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

function damaged(bytes: Uint8Array, { places, cut }: Damage): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [place, byte] of places) copy[Math.floor(place * copy.byteLength)] = byte;
  return copy.subarray(0, Math.floor(cut * copy.byteLength));
}

/** What was thrown and is no failure in a sentence. */
async function faultsOf(path: string): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const item of await located([path])) {
    if (item.type === "failure" && item.failure.reason === "internal") faults.push(item.failure);
    if (item.type !== "source") continue;
    await bytesOf(item.opening.chunks(contextOf())).catch((thrown: unknown) => {
      if (!(thrown instanceof FailureError)) faults.push(thrown);
    });
  }
  return faults;
}

describe("an archive with bytes of chance in it", { timeout: 60_000 }, () => {
  it.each(Object.keys(ARCHIVES))("is listed and read as far as it goes: %s", async (kind) => {
    const path = join(temporaryFolder(), "a");
    const whole = ARCHIVES[kind] ?? new Uint8Array(0);
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        writeFileSync(path, damaged(whole, how));
        expect(await faultsOf(path)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
