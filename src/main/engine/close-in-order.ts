/** Hands back what was opened: a step that fails keeps none of the later ones from being done. */

/** Fails with what the first failing step failed with, once all are done. */
export async function closeInOrder(...steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw failures[0];
}
