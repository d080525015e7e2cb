// The pool with real threads, each of which answers every call with its number.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ParserPool, type ParserClient } from "../../../src/main/engine/ingest/parser-pool.ts";

const ANSWERING = `
  import { parentPort, threadId } from "node:worker_threads";
  parentPort.on("message", ({ id }) => parentPort.postMessage({ id, value: threadId }));
`;

function testPool(size: number): ParserPool {
  const folder = mkdtempSync(join(tmpdir(), "faultline-pool-"));
  const file = join(folder, "answering.mjs");
  writeFileSync(file, ANSWERING);
  const pool = new ParserPool(file, { size });
  onTestFinished(async () => {
    await pool[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return pool;
}

const numberOf = (client: ParserClient): Promise<unknown> => client.call("readOn", { keepsLetters: true });

it("gives a thread that was given back to the next who asks, and makes another while it is held", async () => {
  const pool = testPool(2);
  const first = await pool.acquire();
  const second = await pool.acquire();
  expect(await numberOf(second)).not.toBe(await numberOf(first));
  const waiting = pool.acquire();
  pool.release(first);
  expect(await waiting).toBe(first);
});

it("at rest has ended the threads that nobody held, keeps the others, and makes new ones when they are needed", async () => {
  const pool = testPool(2);
  const held = await pool.acquire();
  const idle = await pool.acquire();
  await numberOf(idle);
  pool.release(idle);
  await pool.rest();
  await expect(numberOf(idle)).rejects.toThrow("A worker thread (answering) ended");
  expect(await numberOf(held)).toEqual(expect.any(Number));
  const next = await pool.acquire();
  expect(next).not.toBe(idle);
  expect(await numberOf(next)).toEqual(expect.any(Number));
});

it("gives nobody a thread that ended by itself while it waited", async () => {
  const pool = testPool(1);
  const ended = await pool.acquire();
  await numberOf(ended);
  pool.release(ended);
  await ended.end();
  const next = await pool.acquire();
  expect(next).not.toBe(ended);
  expect(await numberOf(next)).toEqual(expect.any(Number));
});
