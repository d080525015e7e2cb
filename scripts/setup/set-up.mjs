// Brings a checkout from nothing to running: each step knows whether it has anything to do, and does it only then.
import { dependencies } from "./dependencies.mjs";
import { electronRuntime } from "./electron.mjs";
import { withLock } from "./lock.mjs";
import { sqliteBinding } from "./sqlite-binding.mjs";
import { systemLibraries } from "./system-libraries.mjs";
import { testServers } from "./test-servers.mjs";

/** In this order: each may need what stands before it. */
const steps = [dependencies, systemLibraries, electronRuntime, sqliteBinding];

/** @param {{ tests?: boolean }} options `tests`: what only the checks need, too */
export async function setUp({ tests = false } = {}) {
  const wanted = tests ? [...steps, testServers] : steps;
  if (wanted.every((step) => step.isCurrent())) return;
  await withLock("set-up", async () => {
    for (const step of wanted) if (!step.isCurrent()) await step.bring();
  });
}
