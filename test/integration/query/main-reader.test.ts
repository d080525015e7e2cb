// The reader of an open case: when its thread ends by itself, questions fail and the next one is answered again.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { MainReader, openReader } from "../../../src/main/engine/main-reader.ts";
import { at, everything, testCase } from "../../unit/query/cases.ts";
import { temporaryFolder, workersFolder } from "../ingest/support.ts";

async function mainReader() {
  const made = testCase();
  made.add(made.source("a.log"), [{ message: "one", time: at(1) }]);
  const first = await openReader(workersFolder, made.file);
  const reader = new MainReader(first, workersFolder, made.file);
  onTestFinished(() => reader.end());
  return { made, first, reader };
}

const count = (reader: MainReader) => reader.call("records.count", { selection: everything });

it("is replaced once its thread has ended, by one reader for all who ask, which sees what came since", async () => {
  const { made, first, reader } = await mainReader();
  const asked = count(reader);
  const ended = { failure: { reason: "worker-ended" } };
  await Promise.all([expect(asked).rejects.toMatchObject(ended), first.end()]);
  made.add(made.source("b.log"), [{ message: "two", time: at(2) }]);
  const [one, other] = await Promise.all([count(reader), count(reader)]);
  expect(one).toMatchObject({ records: 2 });
  expect(other).toMatchObject({ records: 2 });
});

it("tells who waits when the case is closed, and who asks afterwards, that it was, and is not started again", async () => {
  const { reader } = await mainReader();
  const cancelled = { failure: { reason: "cancelled", message: "The case was closed." } };
  const asked = count(reader);
  await Promise.all([expect(asked).rejects.toMatchObject(cancelled), reader.end()]);
  await expect(count(reader)).rejects.toMatchObject(cancelled);
});

it("says why the case cannot be opened again, and tries anew with the next question", async () => {
  const first = await openReader(workersFolder, testCase().file);
  const none = join(temporaryFolder(), "none.faultline");
  const reader = new MainReader(first, workersFolder, none);
  onTestFinished(() => reader.end());
  await first.end();
  for (let time = 0; time < 2; time += 1) {
    await expect(count(reader)).rejects.toMatchObject({ failure: { reason: expect.any(String) as string } });
    writeFileSync(none, "no case");
    await sleep(0);
  }
});
