/** `faultline dlq …`: what could not be read, and what is done about it. */
import { readdirSync } from "node:fs";
import type { Command } from "commander";
import type { CallOutput, DeadLetterInfo } from "../../../shared/contract.ts";
import { CASE_EXTENSION } from "../../engine/case-names.ts";
import { countArgument } from "../arguments.ts";
import type { CommandSurroundings } from "../command-connectors.ts";
import { sourceIdOf } from "../dead-letters/chosen.ts";
import { groupJson, letterJson, shownJson } from "../dead-letters/letter-json.ts";
import { letterText } from "../dead-letters/letter-text.ts";
import { UsageError } from "../failure-exit.ts";
import { withCase } from "../open-case.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { addDlqChanges } from "./dlq-changes.ts";

interface ListOptions {
  readonly group?: true;
  readonly bySource?: true;
  readonly reason?: string;
  readonly source?: string;
  readonly json?: true;
}

const PAGE = 1_000;
const EXAMPLES = 3;

export function addDlqCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  surroundings: CommandSurroundings,
): void {
  const dlq = program.command("dlq").description("what could not be read: list, show, replay, discard, export, import");
  dlq
    .command("list")
    .description("print the dead letters of a case, oldest first")
    .argument("<case>", "a case file")
    .option("--group", "print the groups that share a reason, with counts and first examples")
    .option("--by-source", "with --group: each source makes groups of its own")
    .option("--reason <reason>", "only those with this reason")
    .option("--source <source>", "only those of this source (path, its end, or id)")
    .option("--json", "print one JSON array")
    .action((file: string, options: ListOptions) =>
      options.group || options.bySource
        ? listGroups(file, options, terminal, workersFolder)
        : list(file, options, terminal, workersFolder),
    );
  dlq
    .command("show")
    .description("print one dead letter: its text, its bytes and what happened to it")
    .argument("<case>", "a case file (or the id alone: of --case, or of the one case in this folder)")
    .argument("[id]", "id of the dead letter")
    .option("--case <file>", "the case, when only the id is given")
    .option("--json", "print one JSON object")
    .action(async (first: string, second: string | undefined, options: { case?: string; json?: true }) => {
      const { file, id } = shownLetter(first, second, options.case);
      const shown = await withCase(file, workersFolder, (reader) =>
        reader.call("deadLetters.get", { id: countArgument(id) }),
      );
      await (options.json ? terminal.printJson(shownJson(shown)) : terminal.print(letterText(shown)));
    });
  addDlqChanges(dlq, terminal, workersFolder, surroundings);
}

/** "show CASE ID", "show ID --case CASE", or "show ID" in a folder with one case. */
function shownLetter(
  first: string,
  second: string | undefined,
  named: string | undefined,
): { file: string; id: string } {
  if (named !== undefined) return { file: named, id: second ?? first };
  if (second !== undefined) return { file: first, id: second };
  if (!/^\d+$/u.test(first)) throw new UsageError('Name the dead letter: "faultline dlq show CASE ID".');
  const cases = readdirSync(".").filter((name) => name.endsWith(CASE_EXTENSION));
  const [only] = cases;
  if (only !== undefined && cases.length === 1) return { file: only, id: first };
  const found = cases.length === 0 ? "holds no case" : `holds ${cases.length} cases`;
  throw new UsageError(`This folder ${found}: name the one that is meant, "faultline dlq show CASE ${first}".`);
}

async function list(file: string, options: ListOptions, terminal: Terminal, workersFolder: string): Promise<void> {
  await withCase(file, workersFolder, async (reader) => {
    const sourceId = await sourceIdOf(reader, options.source);
    const found: DeadLetterInfo[] = [];
    let after: string | null = null;
    let isFirst = true;
    if (options.json) await terminal.print("[");
    do {
      const request = { sourceId, reason: options.reason ?? null, rawBytes: 0, limit: PAGE, after };
      const page: CallOutput<"deadLetters.list"> = await reader.call("deadLetters.list", request);
      if (options.json) {
        const items = page.items.map((letter) => JSON.stringify(letterJson(letter)));
        if (items.length > 0) await terminal.print(`${isFirst ? "" : ","}${items.join(",")}`);
        isFirst = false;
      } else found.push(...page.items);
      after = page.next;
    } while (after !== null);
    if (options.json) return await terminal.print("]\n");
    const rows = found.map(({ id, path, line, stage, reason, length, attempts, message }) => [
      id,
      path,
      line,
      stage,
      reason,
      length,
      attempts,
      message,
    ]);
    await terminal.print(table(["id", "source", "line", "stage", "reason", "bytes", "attempts", "message"], rows));
  });
}

async function listGroups(
  file: string,
  options: ListOptions,
  terminal: Terminal,
  workersFolder: string,
): Promise<void> {
  await withCase(file, workersFolder, async (reader) => {
    const sourceId = await sourceIdOf(reader, options.source);
    const bySource = options.bySource === true;
    const all = await reader.call("deadLetters.groups", { sourceId, bySource, examples: EXAMPLES });
    const groups = all.filter(({ reason }) => options.reason === undefined || reason === options.reason);
    if (options.json) return await terminal.printJson(groups.map(groupJson));
    const rows = groups.map(({ reason, path, count, examples }) => [reason, path, count, examples[0]?.message ?? ""]);
    await terminal.print(table(["reason", "source", "count", "for example"], rows));
  });
}
