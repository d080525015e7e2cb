/** `faultline parse FILE`: every record of one file, in file order, in constant memory and without a case. */
import type { Command } from "commander";
import { levelName } from "../../../shared/model/level.ts";
import { SAMPLE_BYTES } from "../../engine/ingest/source-format.ts";
import { timeArgument, zoneArgument } from "../arguments.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { EXIT_FAILED } from "../failure-exit.ts";
import { knownFormat, modifiedTime, notRecognised, recognisedFormat } from "../file-format.ts";
import { isoTime } from "../iso-time.ts";
import { contextOf, openFile } from "../open-file.ts";
import { printable } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { ParseOutput, type ParsedItem } from "../parse-output.ts";
import { deadLetterJson, parsedJson } from "../parsed-json.ts";

interface ParseOptions {
  readonly format?: string;
  readonly tz?: string;
  readonly now?: string;
  readonly json?: true;
}

export function addParseCommand(
  program: Command,
  terminal: Terminal,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("parse")
    .description("print every record of a file, in file order")
    .argument("<file>", "a file, compressed or not, or an entry of an archive: 'a.zip › logs/app.log'")
    .option("--format <id>", "read it as this format instead of recognising it")
    .option("--tz <zone>", "zone of times that state none (IANA name; default: the setting assumedZone)")
    .option("--now <time>", "when the file was written at the latest; times without a year lie before it")
    .option("--json", "print one JSON object a line")
    .action((path: string, options: ParseOptions) =>
      parseFile(path, { ...options, tz: options.tz ?? settings.current.assumedZone }, terminal, connectors),
    );
}

async function parseFile(
  path: string,
  options: ParseOptions & { readonly tz: string },
  terminal: Terminal,
  connectors: CommandConnectors,
): Promise<void> {
  const zone = zoneArgument(options.tz);
  const now = options.now === undefined ? null : timeArgument(options.now);
  const wanted = options.format === undefined ? null : knownFormat(options.format);
  const context = contextOf(connectors, (message) => terminal.complain(message));
  const opening = await openFile(path, context);
  const output = new ParseOutput();
  const show = options.json ? jsonLine : textLine;
  let format = wanted ?? (opening.format === null ? null : knownFormat(opening.format));
  let head: Uint8Array[] = [];
  let headBytes = 0;
  const print = async (): Promise<void> => {
    const items = output.take();
    if (items.length > 0) await terminal.print(items.map(show).join(""));
  };
  const begin = async (complete: boolean): Promise<void> => {
    const bytes = Buffer.concat(head);
    head = [];
    format ??= recognisedFormat(opening.path, bytes, complete) ?? notRecognised(path);
    output.start(format, { zone, now: now ?? modifiedTime(opening.modified), head: bytes });
    output.push(bytes);
    await print();
  };
  for await (const { bytes } of opening.chunks(context)) {
    if (output.started) {
      output.push(bytes);
      await print();
      continue;
    }
    head.push(bytes);
    headBytes += bytes.byteLength;
    if (headBytes >= SAMPLE_BYTES) await begin(false);
  }
  if (!output.started) {
    if (headBytes === 0) return terminal.complain(`${path} is empty.`);
    await begin(true);
  }
  output.end();
  await print();
  for (const message of output.warnings()) terminal.complain(message);
  if (output.failure === null) return;
  terminal.complain(output.failure);
  process.exitCode = EXIT_FAILED;
}

function jsonLine(item: ParsedItem): string {
  const shown = item.type === "deadLetter" ? deadLetterJson(item.letter) : parsedJson(item.input, item, item.decoded);
  return `${JSON.stringify(shown)}\n`;
}

function textLine(item: ParsedItem): string {
  if (item.type === "deadLetter") return `line ${item.letter.line}: ${printable(item.letter.message)}\n`;
  const { time, level, service, message } = item.input;
  const shown = [time === null ? "–" : isoTime(time), levelName(level).padEnd(5), service ?? "–", message];
  return `${printable(shown.join("  "))}\n`;
}
