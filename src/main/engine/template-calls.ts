/** The calls that change what is decided about templates; the reader answers the others. */
import { FailureError } from "../../shared/failure.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";

export function templateCalls(
  engine: Pick<EngineParts, "session">,
): Pick<EngineCalls, "templates.decide" | "templates.takeBack"> {
  const textOf = async (id: string): Promise<string> => {
    const text = await engine.session.reader.call("templateText", { id });
    if (text === null)
      throw new FailureError("not-found", `The case has no template ${id.slice(0, 40)}; reload the list of templates.`);
    return text;
  };
  return {
    "templates.decide": async (input) => {
      const { session } = engine;
      const text = await textOf(input.id);
      const decision =
        input.kind === "merge" ? { ...input, text, targetText: await textOf(input.target) } : { ...input, text };
      await session.writer.call("decideTemplate", { decision });
      session.changed();
      return null;
    },
    "templates.takeBack": async ({ kind, id }) => {
      const { session } = engine;
      await session.writer.call("takeBackDecision", { kind, id });
      session.changed();
      return null;
    },
  };
}
