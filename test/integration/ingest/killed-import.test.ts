/** An import that is killed again and again: 20 times here, and as often as FAULTLINE_KILLS says in `npm run torture`. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { finishImport, killImport, makeDumps } from "../../support/killed-import.ts";

const KILLS = Number(process.env["FAULTLINE_KILLS"] ?? 20);
/** An import of these dumps takes about this long; kills are spread over it. */
const SPAN_MS = 1_600;

describe("an import killed at any moment", () => {
  it(
    `leaves a whole case each of ${KILLS} times, and can be ended afterwards`,
    { timeout: KILLS * 20_000 },
    async () => {
      using dumps = makeDumps();
      let amidst = 0;
      for (let round = 0; round < KILLS; round++) {
        const killed = await killImport(dumps.folder, ((round + 0.5) / KILLS) * SPAN_MS);
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
