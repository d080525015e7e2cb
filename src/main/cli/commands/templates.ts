/**
 * `faultline templates FILE…`: the template of every log record, in the order of the file, or the templates with their
 * counts. Files of no known format are read line by line.
 */
import type { Command } from "commander";
import { isCaseFile } from "../../engine/case-names.ts";
import type { Format, Parser } from "../../engine/formats/format.ts";
import { SAMPLE_BYTES } from "../../engine/ingest/source-format.ts";
import { TemplateModel, type Template } from "../../engine/templates/model.ts";
import { zoneArgument } from "../arguments.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { UsageError } from "../failure-exit.ts";
import { knownFormat, modifiedTime, recognisedFormat } from "../file-format.ts";
import { withCase } from "../open-case.ts";
import { contextOf, openFile } from "../open-file.ts";
import { table } from "../table.ts";
import { TemplateRecords } from "../template-records.ts";
import type { Terminal } from "../terminal.ts";

interface TemplatesOptions {
  readonly format?: string;
  readonly json?: true;
  readonly counts?: true;
}

interface ReadFile {
  readonly path: string;
  readonly records: TemplateRecords;
}

type Counted = Pick<Template, "id" | "text" | "count">;

/** Lines that are printed at once. */
const PAGE = 4_096;
const PLAIN_TEXT = "plain-text";

export function addTemplatesCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("templates")
    .description("print the template of every log record of files, or the templates with their counts")
    .argument("<file...>", "files, compressed or not, whose templates are found together; or one case")
    .option("--format <id>", "read them as this format instead of recognising it")
    .option("--counts", "print each template once, the most frequent first (without --json this is how they are shown)")
    .option("--json", "print one JSON object a line: a record, or with --counts a template")
    .action(async (paths: readonly string[], options: TemplatesOptions) => {
      const [only = ""] = paths;
      if (paths.length === 1 && isCaseFile(only)) return printCase(only, options, terminal, workersFolder);
      const among = paths.find(isCaseFile);
      if (among !== undefined)
        throw new UsageError(`${among} is a case, which holds templates of its own; ask it by itself.`);
      const files: ReadFile[] = [];
      const zone = zoneArgument(settings.current.assumedZone);
      for (const path of paths)
        files.push({ path, records: await readFile(path, options, { zone, terminal, connectors }) });
      const model = new TemplateModel(new Map(files.map(({ records }, index) => [index, records.skeletons()])));
      if (options.json !== true) return terminal.print(countTable(model.templates));
      if (options.counts === true) return terminal.print(model.templates.map(templateLine).join(""));
      for (const [index, file] of files.entries()) await printRecords(file, index, model, files.length > 1, terminal);
    });
}

/** As the window shows them: with what people decided, muted ones too. */
async function printCase(
  file: string,
  { json }: TemplatesOptions,
  terminal: Terminal,
  workersFolder: string,
): Promise<void> {
  const selection = { filter: "", from: null, to: null, samples: false };
  await withCase(file, workersFolder, async (reader) => {
    const { templates, without } = await reader.call("templates.list", { selection });
    if (without > 0)
      terminal.complain(`${without} log records have no template: their sources were read by an older Faultline.`);
    await terminal.print(json === true ? templates.map(templateLine).join("") : countTable(templates));
  });
}

async function readFile(
  path: string,
  { format: wanted }: TemplatesOptions,
  {
    zone,
    terminal,
    connectors,
  }: { readonly zone: string; readonly terminal: Terminal; readonly connectors: CommandConnectors },
): Promise<TemplateRecords> {
  const context = contextOf(connectors, (message) => terminal.complain(message));
  const opening = await openFile(path, context);
  const records = new TemplateRecords();
  const named = wanted ?? opening.format;
  let format: Format | null = named === null ? null : knownFormat(named);
  let parser: Parser | null = null;
  let head: Uint8Array[] = [];
  let headBytes = 0;
  const begin = (complete: boolean): Parser => {
    const bytes = Buffer.concat(head);
    head = [];
    format ??= recognisedFormat(opening.path, bytes, complete) ?? knownFormat(PLAIN_TEXT);
    const started = format.parser({ zone, now: modifiedTime(opening.modified), head: bytes }, records.sink);
    started.push(bytes);
    return started;
  };
  for await (const { bytes } of opening.chunks(context)) {
    if (parser !== null) {
      parser.push(bytes);
      continue;
    }
    head.push(bytes);
    headBytes += bytes.byteLength;
    if (headBytes >= SAMPLE_BYTES) parser = begin(false);
  }
  if (parser === null && headBytes > 0) parser = begin(true);
  parser?.end();
  if (records.count === 0) terminal.complain(`${path} holds no record.`);
  for (const message of records.warnings.values()) terminal.complain(message);
  if (records.unread > 0) {
    const pieces = records.unread === 1 ? "1 piece" : `${records.unread} pieces`;
    terminal.complain(`${path}: ${pieces} could not be read; "faultline parse" tells which.`);
  }
  return records;
}

async function printRecords(
  { path, records }: ReadFile,
  index: number,
  model: TemplateModel,
  named: boolean,
  terminal: Terminal,
): Promise<void> {
  const endings = records.skeletons().map(({ skeleton }) => {
    const template = model.fit(index, skeleton)?.template;
    return ending(template ?? null, named ? path : null);
  });
  const none = ending(null, named ? path : null);
  const lines: string[] = [];
  records.forEach((line, skeleton) => lines.push(`{"line":${line},${endings[skeleton] ?? none}`));
  for (let at = 0; at < lines.length; at += PAGE) await terminal.print(lines.slice(at, at + PAGE).join(""));
}

/** What follows the line's number: the same for all records of a skeleton. */
const ending = (template: Template | null, file: string | null): string =>
  `${JSON.stringify({ templateId: template?.id ?? null, template: template?.text ?? null, ...(file === null ? {} : { file }) }).slice(1)}\n`;

const templateLine = ({ id, text, count }: Counted): string =>
  `${JSON.stringify({ templateId: id, template: text, count })}\n`;

const countTable = (templates: readonly Counted[]): string =>
  table(
    ["records", "template id", "template"],
    templates.map(({ id, text, count }) => [count, id, text]),
  );
