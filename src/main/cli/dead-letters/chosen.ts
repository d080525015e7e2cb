/** Which dead letters the options of a command name. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Source } from "../../../shared/model/source.ts";
import type { DeadLetterChoice } from "../../../shared/model/dead-letter.ts";
import { FailureError } from "../../../shared/failure.ts";
import type { ReaderMethods } from "../../engine/query/protocol.ts";
import type { Askable } from "../../engine/threads/rpc.ts";
import { countArgument } from "../arguments.ts";
import { UsageError } from "../failure-exit.ts";

type Reader = Askable<ReaderMethods>;

export interface ChoiceOptions {
  readonly id?: readonly string[];
  readonly group?: string;
  readonly all?: true;
  readonly source?: string;
}

export const addChoiceOptions = (command: Command): Command =>
  command
    .option("--id <id>", "a dead letter by its id (repeatable)", (id: string, ids: readonly string[] | undefined) => [
      ...(ids ?? []),
      id,
    ])
    .option("--group <reason>", "all with this reason")
    .option("--all", "all")
    .option("--source <source>", "with --group or --all: only those of this source (path, its end, or id)");

/** Checked before a case is opened: what is typed wrongly opens nothing. */
export function checkChoice({ id, group, all, source }: ChoiceOptions): void {
  const named = [id, group, all].filter((option) => option !== undefined).length;
  if (named !== 1) throw new UsageError("Say which dead letters: --id ID (repeatable), --group REASON, or --all.");
  if (id !== undefined && source !== undefined)
    throw new UsageError("--source goes with --group or --all, not with --id.");
  for (const text of id ?? []) countArgument(text);
}

export async function choiceOf(reader: Reader, options: ChoiceOptions): Promise<DeadLetterChoice> {
  checkChoice(options);
  if (options.id !== undefined) return { which: "ids", ids: options.id.map(countArgument) };
  const sourceId = await sourceIdOf(reader, options.source);
  if (options.group !== undefined) return { which: "group", reason: options.group, sourceId };
  return { which: "all", sourceId };
}

/** Null without a source. Fails with "not-found" when none, or more than one, fits. */
export async function sourceIdOf(reader: Reader, typed: string | undefined): Promise<number | null> {
  if (typed === undefined) return null;
  const sources = (await reader.call("sources.list", undefined)) as readonly Source[];
  const exact = sources.filter(({ id, path }) => path === typed || path === resolve(typed) || String(id) === typed);
  const found = exact.length > 0 ? exact : sources.filter(({ path }) => path.endsWith(`/${typed}`));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const which = found.length === 0 ? "The case has no source" : `${found.length} sources of the case end in`;
  throw new FailureError("not-found", `${which} "${typed}". "faultline analyze --case FILE" lists them.`);
}
