import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats } from "../../../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../../../src/main/engine/formats/sample.ts";
import type { Sample } from "../../../../../src/main/engine/formats/format.ts";
import { parseJsonPrefix } from "../../../../../src/main/engine/formats/support/json/prefix.ts";

const FIXTURES = join(import.meta.dirname, "../../../../fixtures/formats");

type JsonObject = Record<string, unknown>;

/** A value's objects, at whatever depth. */
function* objectsIn(value: unknown): Generator<JsonObject> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as JsonObject;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** Each with all its keys, and with each of them left out. */
const variantsOf = (object: JsonObject): JsonObject[] => [
  object,
  ...Object.keys(object).map((left) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== left))),
];

function fixtureObjects(): JsonObject[] {
  const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .flatMap((text) => [text].concat(text.split("\n").slice(0, 20)).map(parseJsonPrefix))
    .flatMap((value) => [...objectsIn(value)].slice(0, 60));
}

/** One of those that have the same keys. */
const distinct = (objects: readonly JsonObject[]): JsonObject[] => [
  ...new Map(objects.map((object) => [Object.keys(object).toSorted().join("\n"), object])).values(),
];

/** As if all keys that any format looks for stood in it, so that each looks at every line. */
const lookedThrough = (sample: Sample): Sample => ({
  ...sample,
  jsonKeys: Object.assign(new Set<string>(), { has: () => true }),
});

const sampleOf = (lines: readonly string[]): Sample =>
  makeSample("lines.jsonl", new TextEncoder().encode(lines.join("\n")), true);

const OF_OBJECTS = "alerts ci-runs commits dependencies-json deploys flags github-run span-array".split(" ");

const saidOf = (sample: Sample): string =>
  JSON.stringify(OF_OBJECTS.map((id) => [id, formats.find((format) => format.id === id)?.detect(sample)]));

describe("formats of JSON objects", () => {
  it("say of lines that have none of their keys what they say once they have looked at each", () => {
    const objects = distinct(fixtureObjects()).filter((object) => Object.keys(object).length < 40);
    expect(objects.length).toBeGreaterThan(100);
    for (const object of objects) {
      for (const variant of variantsOf(object)) {
        const line = JSON.stringify(variant);
        const sample = sampleOf([line, line, '{"time":"2026-03-02T10:30:08Z","msg":"between"}']);
        expect({ line, said: saidOf(sample) }).toEqual({ line, said: saidOf(lookedThrough(sample)) });
      }
    }
  });

  it("look at the list in a first line, whatever stands in the others", () => {
    const alert = { alertname: "Slow", fired_at: "2026-03-02T10:30:08Z", severity: "page" };
    const sample = sampleOf([JSON.stringify({ around: [alert] }), '{"note":1}', '{"note":2}']);
    expect(formats.find(({ id }) => id === "alerts")?.detect(sample)).toMatchObject({
      reason: "1 of 1 object is alerts",
    });
  });
});
