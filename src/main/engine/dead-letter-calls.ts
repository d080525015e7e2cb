/** The calls that change dead letters, or carry them out of a case and into it. */
import { resolve } from "node:path";
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";
import { exportLetters, importLetters } from "./ingest/replay/letter-file.ts";
import { previewRequest } from "./ingest/replay/preview-request.ts";

type DeadLetterCall =
  | "deadLetters.preview"
  | "deadLetters.edit"
  | "deadLetters.replay"
  | "deadLetters.cancelReplay"
  | "deadLetters.discard"
  | "deadLetters.export"
  | "deadLetters.import"
  | "import.continue";

export function deadLetterCalls(engine: EngineParts): Pick<EngineCalls, DeadLetterCall> {
  return {
    "deadLetters.preview": async (input) => {
      const { session } = engine;
      return await session.preview(await previewRequest(session.reader, input, engine.settings.current.assumedZone));
    },
    "deadLetters.edit": (input) => edit(engine, input),
    "deadLetters.replay": (input) => engine.session.replayer.replay(input),
    "deadLetters.cancelReplay": async () => {
      await engine.session.replayer.cancel();
      return null;
    },
    "deadLetters.discard": async (input) => {
      const { session } = engine;
      const { discarded, skipped } = await session.writer.call("discardDeadLetters", input);
      session.changed();
      return { discarded, skipped };
    },
    "deadLetters.export": async ({ choice, file }) => ({
      letters: await exportLetters(engine.session.reader, choice, resolve(file)),
    }),
    "deadLetters.import": async ({ file }) => {
      const { session } = engine;
      const imported = await importLetters(session.writer, resolve(file));
      session.changed();
      return imported;
    },
    "import.continue": ({ sourceId, deadLetters }) => {
      engine.session.importer.continue(sourceId, deadLetters);
      return Promise.resolve(null);
    },
  };
}

async function edit(
  { session }: EngineParts,
  { id, text }: CallInput<"deadLetters.edit">,
): Promise<CallOutput<"deadLetters.edit">> {
  await session.writer.call("editDeadLetter", { id, text: text === null ? null : Buffer.from(text) });
  session.changed();
  return (await session.reader.call("deadLetters.get", { id })).letter;
}
