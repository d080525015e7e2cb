/** An import that is killed again and again: 20 times here, and as often as FAULTLINE_KILLS says in `npm run torture`. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { finishImport, killImport, makeDumps } from "../../support/killed-import.ts";

const KILLS = Number(process.env["FAULTLINE_KILLS"] ?? 20);
describe("an import killed at any moment", () => {
  it(
    `leaves a whole case each of ${KILLS} times, and can be ended afterwards`,
    { timeout: KILLS * 20_000 },
    async () => {
      using dumps = makeDumps();
      // Kills are spread over what an import takes on this machine, as busy as it is.
      const begun = performance.now();
      const unharmed = await killImport(dumps.folder, Infinity);
      const spanMs = performance.now() - begun;
      expect(unharmed).toMatchObject({ faults: [], left: dumps.whole });
      rmSync(dirname(unharmed.file), { recursive: true, force: true });
      let amidst = 0;
      for (let round = 0; round < KILLS; round++) {
        const killed = await killImport(dumps.folder, ((round + 0.5) / KILLS) * spanMs);
        expect({ round, faults: killed.faults }).toEqual({ round, faults: [] });
        const read = killed.left?.read ?? 0;
        if (read > 0 && read < dumps.whole.read) amidst += 1;
        const ended = round % 5 === 0 ? await finishImport(dumps.folder, killed.file) : dumps.whole;
        expect({ round, ended }).toEqual({ round, ended: dumps.whole });
        rmSync(dirname(killed.file), { recursive: true, force: true });
      }
      // Kills that only hit before or after the import would prove nothing.
      expect(amidst).toBeGreaterThan(0);
    },
  );
});
