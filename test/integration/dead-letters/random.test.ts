import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { exportLetters, importLetters } from "../../../src/main/engine/ingest/replay/letter-file.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { asFailure } from "../../../src/shared/failure.ts";
import { temporaryFolder } from "../ingest/support.ts";
import { ALL, caseOf, checkAccounts, good, goodLines, type TestCase } from "./support.ts";

type Command =
  | { readonly do: "edit"; readonly at: number; readonly text: string | null }
  | { readonly do: "replay"; readonly at: number | null; readonly format: string | null; readonly cancel: boolean }
  | { readonly do: "discard"; readonly at: number }
  | { readonly do: "carry" };

const text = fc.constantFrom(
  good(3, "mended"),
  `${good(4)}\n${good(5)}`,
  "# comment",
  "",
  "still {broken",
  "1,2,3",
  null,
);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant("edit" as const), at: fc.nat(20), text }),
  fc.record({
    do: fc.constant("replay" as const),
    at: fc.option(fc.nat(20)),
    format: fc.constantFrom(null, "plain-text", "logfmt", "csv-metrics-long"),
    cancel: fc.boolean(),
  }),
  fc.record({ do: fc.constant("discard" as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant("carry" as const) }),
);

async function perform(test: TestCase, action: Command, folder: string): Promise<void> {
  const letters = await test.letters();
  const idAt = (at: number): number => letters[at % Math.max(1, letters.length)]?.id ?? 1;
  switch (action.do) {
    case "edit": {
      const bytes = action.text === null ? null : Buffer.from(action.text);
      return void (await test.session.writer.call("editDeadLetter", { id: idAt(action.at), text: bytes }));
    }
    case "replay": {
      const choice = action.at === null ? ALL : ({ which: "ids", ids: [idAt(action.at)] } as const);
      const running = test.replay({ choice, format: action.format });
      if (action.cancel) await test.session.replayer.cancel();
      return void (await running);
    }
    case "discard": {
      const choice = { which: "ids", ids: [idAt(action.at)] } as const;
      return void (await test.session.writer.call("discardDeadLetters", { choice, reason: "noise" }));
    }
    case "carry": {
      const file = join(folder, "letters.jsonl");
      await exportLetters(test.session.reader, ALL, file);
      if (action.do === "carry" && letters.length % 2 === 0) {
        await test.session.writer.call("discardDeadLetters", { choice: ALL, reason: "carried" });
      }
      return void (await importLetters(test.session.writer, file));
    }
  }
}

/** Hash of the first bytes of a source's stored text: what was read of it. */
function textHash(file: string, length: number): string {
  using reader = openCaseReader(file);
  const [source] = reader.sources();
  return createHash("sha256")
    .update(reader.raw(source?.id ?? 0, 0, length))
    .digest("hex");
}

describe("whatever is done to dead letters", () => {
  it("every source adds up, and no byte of it is lost", async () => {
    const content = `${goodLines(12)}broken\n{"cut": \n\n[1]\nlevel=info msg=ok\nnoise\nnoise\n`;
    const hash = createHash("sha256").update(content).digest("hex");
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 14 }), async (commands) => {
        const test = await caseOf({ "app.jsonl": content });
        const folder = temporaryFolder();
        try {
          for (const action of commands) {
            try {
              await perform(test, action, folder);
            } catch (thrown) {
              // A letter that is gone by now is the only thing that may be refused.
              if (asFailure(thrown).reason !== "not-found") throw thrown;
            }
            checkAccounts(test.file);
            expect(textHash(test.file, Buffer.byteLength(content))).toBe(hash);
          }
        } finally {
          await test.session[Symbol.asyncDispose]();
        }
      }),
      { numRuns: 25 },
    );
  });
});
