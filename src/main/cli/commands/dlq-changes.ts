/** `faultline dlq replay | discard | export | import`. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { ReplayOutcome } from "../../../shared/contract.ts";
import { exportLetters, importLetters, letterLines } from "../../engine/ingest/replay/letter-file.ts";
import { zoneArgument } from "../arguments.ts";
import type { CommandSurroundings } from "../command-connectors.ts";
import { addChoiceOptions, checkChoice, choiceOf, type ChoiceOptions } from "../dead-letters/chosen.ts";
import { EXIT_FAILED, UsageError } from "../failure-exit.ts";
import { withCase } from "../open-case.ts";
import { withSession } from "../open-session.ts";
import type { Terminal } from "../terminal.ts";

interface ReplayOptions extends ChoiceOptions {
  readonly format?: string;
  readonly tz?: string;
  readonly encoding?: string;
  readonly setText?: string;
  readonly json?: true;
}
interface DiscardOptions extends ChoiceOptions {
  readonly reason: string;
  readonly json?: true;
}

const number = (value: number): string => value.toLocaleString("en-US");

export function addDlqChanges(
  dlq: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: CommandSurroundings,
): void {
  const surroundings = () => ({ settings: settings.current, connectors, terminal, workersFolder });
  const print = (json: true | undefined, value: unknown, text: string): Promise<void> =>
    json ? terminal.printJson(value) : terminal.print(`${text}\n`);

  addChoiceOptions(dlq.command("replay"))
    .description("read dead letters again; those that become records go where they belong in time")
    .argument("<case>", "a case file")
    .option("--format <format>", "read them as this format (faultline formats lists them)")
    .option("--tz <zone>", "zone of times that state none (IANA name)")
    .option("--encoding <encoding>", 'encoding of their bytes, such as "utf-16le" or "windows-1252"')
    .option("--set-text <text>", "with one --id: read this text instead of the original")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: ReplayOptions) => {
      checkChoice(options);
      if (options.setText !== undefined && options.id?.length !== 1) {
        throw new UsageError("--set-text is for one letter alone: name it with --id.");
      }
      const request = {
        format: options.format ?? null,
        zone: options.tz === undefined ? null : zoneArgument(options.tz),
        encoding: options.encoding ?? null,
        text: options.setText ?? null,
      };
      const { replayed, failed, skipped, cancelled } = await replay(file, options, request, terminal, surroundings());
      if (failed > 0 || cancelled) process.exitCode = EXIT_FAILED;
      const text = `${number(replayed)} replayed, ${number(failed)} failed, ${number(skipped)} skipped${cancelled ? "; interrupted" : ""}`;
      await print(options.json, { replayed, failed, skipped }, text);
    });

  addChoiceOptions(dlq.command("discard"))
    .description('give dead letters up; they count as skipped from then on, under "discarded: REASON"')
    .argument("<case>", "a case file")
    .requiredOption("--reason <reason>", "why they are given up")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: DiscardOptions) => {
      checkChoice(options);
      const reason = options.reason.trim();
      if (reason.length === 0 || reason.length > 200) throw new UsageError("--reason is 1 to 200 characters long.");
      const { discarded, skipped } = await withSession(file, surroundings(), async ({ reader, writer }) =>
        writer.call("discardDeadLetters", { choice: await choiceOf(reader, options), reason }),
      );
      await print(options.json, { discarded, skipped }, `${number(discarded)} discarded, ${number(skipped)} skipped`);
    });

  dlq
    .command("export")
    .description("write dead letters as JSON lines, bytes as base64 (docs/dead-letters.md)")
    .argument("<case>", "a case file")
    .option("--group <reason>", "only those with this reason")
    .option("--source <source>", "only those of this source (path, its end, or id)")
    .option("--out <file>", "where to; the standard output without it")
    .action(async (file: string, options: { group?: string; source?: string; out?: string }) => {
      await withCase(file, workersFolder, async (reader) => {
        const { out, ...rest } = options;
        const choice = await choiceOf(reader, options.group === undefined ? { ...rest, all: true } : rest);
        if (out === undefined) {
          for await (const line of letterLines(reader, choice)) await terminal.print(line);
          return;
        }
        const letters = await exportLetters(reader, choice, resolve(out));
        await terminal.print(`${number(letters)} dead letters written to ${out}\n`);
      });
    });

  dlq
    .command("import")
    .description("take dead letters from a file of exported ones; what is there already is not taken twice")
    .argument("<case>", "a case file")
    .argument("<file>", "JSON lines, as dlq export writes them")
    .option("--json", "print one JSON object")
    .action(async (file: string, letters: string, { json }: { json?: true }) => {
      const imported = await withSession(file, surroundings(), ({ writer }) => importLetters(writer, resolve(letters)));
      for (const refused of imported.refused) terminal.complain(`${letters}: ${refused}`);
      if (imported.refused.length > 0) process.exitCode = EXIT_FAILED;
      const { imported: taken, edited, skipped } = imported;
      const text = `${number(taken)} imported, ${number(edited)} edited, ${number(skipped)} skipped`;
      await print(json, { ...imported }, text);
    });
}

type Request = Readonly<Record<"format" | "zone" | "encoding" | "text", string | null>>;

async function replay(
  file: string,
  options: ChoiceOptions,
  request: Request,
  terminal: Terminal,
  surroundings: Parameters<typeof withSession>[1],
): Promise<ReplayOutcome> {
  const onReplay: Parameters<typeof withSession>[1]["onReplay"] = ({ done, total, failed }) =>
    terminal.progress(`${number(done)} of ${number(total)} dead letters, ${number(failed)} failed`);
  return await withSession(file, { ...surroundings, onReplay }, async (session) => {
    const interrupt = (): void => void session.replayer.cancel();
    process.once("SIGINT", interrupt);
    try {
      return await session.replayer.replay({ ...request, choice: await choiceOf(session.reader, options) });
    } finally {
      process.removeListener("SIGINT", interrupt);
    }
  });
}
