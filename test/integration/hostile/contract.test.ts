// Every call of the contract, asked as a page that was taken over could ask it: with what its schema lets through and
// nobody would send, with what it does not, all at the same time, and after the end.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../../support/properties.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { createWorkbench, type Workbench } from "../../../src/main/engine/workbench.ts";
import { answerCall, type Handlers } from "../../../src/main/ipc/answer.ts";
import { CALLS, type CallName } from "../../../src/shared/contract.ts";
import type { Result } from "../../../src/shared/failure.ts";
import { valuesOf, type Pools } from "../../support/values-of.ts";
import { logLines, temporaryFolder, workersFolder } from "../ingest/support.ts";

/** The application answers these itself, with dialogs. */
const OF_THE_APPLICATION = ["app.info", "app.choose", "app.saveReport"] as const;
const NAMES = (Object.keys(CALLS) as CallName[]).filter((name) => !OF_THE_APPLICATION.some((own) => own === name));
const LONGEST_MESSAGE = 2_001;

interface Asked {
  readonly name: CallName;
  readonly input: unknown;
}

interface Place {
  readonly workbench: Workbench;
  readonly log: string;
  readonly pools: Pools;
  ask(call: Asked): Promise<Result<unknown>>;
}

async function openPlace(): Promise<Place> {
  const folder = temporaryFolder();
  const log = join(folder, "web.log");
  const metrics = join(folder, "up.prom");
  mkdirSync(join(folder, "empty"));
  writeFileSync(log, `${logLines(200)}{broken\n{broken too\n`);
  writeFileSync(metrics, "# TYPE up gauge\nup 1 1772360000000\nup 0 1772360060000\n");
  const workbench = createWorkbench({ dataFolder: join(folder, "data"), workersFolder });
  onTestFinished(() => workbench.close());
  await workbench.openPaths([log]);
  await workbench.idle();
  const distinct = Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(" ");
  const texts = ["", "\0", "\ud800", "__proto__", "constructor", "x".repeat(200_000), "../../etc/passwd", distinct];
  const refs = ["s1:0", "s1:40", "s-1:-1", "s999999999999999999:1", "e1", "e999999999999999999999"];
  const filters = ["level:error", 'msg:"', "/(a+)+$/", "(".repeat(20_000), "a or ".repeat(5_000), "time>1e400", "%"];
  const names = [
    "UTC",
    "utf-16le",
    "Nowhere/City",
    "json-lines",
    "checkout",
    `file:${log}`,
    "detection.burstGapSeconds",
  ];
  const paths = [log, metrics, "", "empty", "nothing", "a\0b", "n".repeat(300), "\ud800", "out.faultline", "out.jsonl"];
  const handlers = { ...workbench.calls } as Handlers;
  return {
    workbench,
    log,
    pools: {
      texts: [...texts, ...refs, ...filters, ...names, "http://127.0.0.1:1/token", "prometheus:http://127.0.0.1:1"],
      // Calls may write there, so each lies in the folder of this test.
      paths: [...paths.map((path) => (path === "" ? "" : join(folder, path))), "x".repeat(100_000), "/dev/null"],
    },
    // What crosses between processes is cloned.
    ask: ({ name, input }) => answerCall(handlers, name, structuredClone(input)),
  };
}

const asked = (pools: Pools): fc.Arbitrary<Asked> =>
  fc.constantFrom(...NAMES).chain((name) => valuesOf(CALLS[name].input, pools).map((input) => ({ name, input })));

/** A sentence of ours, of a length that can be shown. */
function isClear(result: Result<unknown>): boolean {
  if (result.ok) return true;
  const { reason, message } = result.failure;
  return reason !== "internal" && message.length > 10 && message.length <= LONGEST_MESSAGE;
}

/** Asks one after the other; answers with those calls whose answer was unclear. */
async function unclear(place: Place, calls: readonly Asked[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const call of calls) {
    const result = await place.ask(call);
    if (!isClear(result)) found.push({ call, result });
  }
  return found;
}

/** The case is there, or can be made again. */
async function expectAlive({ workbench, log }: Place): Promise<void> {
  const info = await workbench.openPaths([log]);
  await workbench.idle();
  expect(await workbench.calls["case.info"](undefined)).toMatchObject({
    file: info.file,
    records: 200,
    deadLetters: 2,
  });
}

describe("a call of the contract", () => {
  it("answers strange values with a value or a failure that says what is wrong", async () => {
    const place = await openPlace();
    expect(await unclear(place, fc.sample(asked(place.pools), { numRuns: 250, seed: 8 }))).toEqual([]);
    await expectAlive(place);
  });

  it("refuses by name what no case can hold, no folder can and no search can take", async () => {
    const place = await openPlace();
    const event = {
      time: 1_772_360_000_000_000,
      endTime: null,
      source: "MANUAL",
      kind: "note",
      severity: "INFO",
      service: null,
      title: "a note",
      description: "",
      traceId: null,
      spanId: null,
      requestId: null,
      correlationId: null,
      reference: null,
      confidence: 1,
      fingerprint: "a-note",
      metadata: {},
      tags: [],
    };
    const reference = { sourceId: 99, offset: 0, length: 1, record: null };
    const text = Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(" ");
    const all = { which: "all", sourceId: null, text };
    const page = { sourceId: null, reason: null, limit: 10, after: null, text };
    const tooLong = `${place.log}${"n".repeat(300)}`;
    const refused: readonly [CallName, unknown, string][] = [
      ["events.create", { event: { ...event, time: 1e300 } }, "invalid-input"],
      ["events.create", { event: { ...event, endTime: -1e300 } }, "invalid-input"],
      ["events.create", { event: { ...event, reference } }, "not-found"],
      ["deadLetters.list", page, "too-many-words"],
      ["deadLetters.discard", { choice: all, reason: "noise" }, "too-many-words"],
      ["deadLetters.export", { choice: { ...all, text: "" }, file: tooLong }, "unreadable"],
      ["case.open", { file: `${place.log}\0` }, "invalid-input"],
      ["case.add", { paths: [`${place.log}\0`] }, "invalid-input"],
    ];
    for (const [name, input, reason] of refused) {
      expect([name, await place.ask({ name, input })]).toMatchObject([name, { ok: false, failure: { reason } }]);
    }
    const created = await place.ask({ name: "events.create", input: { event } });
    const id = created.ok ? (created.value as { id: number }).id : 0;
    const change = await place.ask({ name: "events.update", input: { id, change: { reference } } });
    expect(change).toMatchObject({ ok: false, failure: { reason: "not-found" } });
  });

  it("refuses values of another shape, whatever they are", async () => {
    const place = await openPlace();
    const values = fc.anything({ withNullPrototype: false, withSparseArray: true, withBigInt: true, withDate: true });
    const calls = fc.record({ name: fc.constantFrom(...NAMES), input: values });
    expect(await unclear(place, fc.sample(calls, { numRuns: 250, seed: 8 }))).toEqual([]);
    await expectAlive(place);
  });

  it("answers while the case is closed and opened under it", async () => {
    const place = await openPlace();
    const calls = fc.sample(asked(place.pools), { numRuns: 96, seed: 9 });
    for (let at = 0; at < calls.length; at += 16) {
      const turns: readonly Asked[] = [
        { name: "case.close", input: undefined },
        { name: "case.create", input: { paths: [place.log] } },
      ];
      const results = await Promise.all([...calls.slice(at, at + 16), ...turns].map((call) => place.ask(call)));
      expect(results.filter((result) => !isClear(result))).toEqual([]);
    }
    await expectAlive(place);
  });

  it("is refused after the engine was closed, and opens and writes nothing then", async () => {
    const place = await openPlace();
    await place.workbench.close();
    const calls = fc.sample(asked(place.pools), { numRuns: 150, seed: 10 });
    const results = await Promise.all(calls.map((call) => place.ask(call)));
    expect(results.filter((result) => result.ok || !isClear(result))).toEqual([]);
    for (const path of place.pools.paths.filter((one) => /out\.\w+$/u.test(one))) expect(existsSync(path)).toBe(false);
  });
});
