// What the analysis takes beyond an import: from the moment when nothing is left to be read to the end of the detectors,
// and to the answer of a search for suspects.
import { drop } from "./session.mjs";

/**
 * Drops files on a window without a case.
 * @param {import("@playwright/test").Page} page @param {readonly string[]} files
 * @returns {Promise<{ records: number, detectors: number, suspects: number }>} milliseconds since the last was read
 */
export async function timeOfAnalysis(page, files) {
  await drop(page, files);
  return await page.evaluate(async () => {
    const EVERY_MS = 20;
    const ask = async (name, input) => {
      const answer = await globalThis.faultline.call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
      return answer.value;
    };
    const once = async (isSo) => {
      for (;;) {
        const info = await ask("case.info");
        if (info !== null && isSo(info)) return info;
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    };
    await once(({ reading, records }) => reading > 0 || records > 0);
    await once(({ reading }) => reading === 0);
    const start = performance.now();
    const { records } = await once(({ analysing }) => !analysing);
    const detectors = performance.now() - start;
    await ask("suspects.find", { baseline: null, incident: null });
    return { records, detectors, suspects: performance.now() - start };
  });
}
