/** `faultline query CASE "FILTER"`: the records of a case that match, in the order of time. */
import type { Command } from "commander";
import type { Selection } from "../../../shared/contract.ts";
import { levelName } from "../../../shared/model/level.ts";
import type { ExportBatch, ExportRow } from "../../engine/query/protocol.ts";
import { countArgument, timeArgument } from "../arguments.ts";
import { withCase } from "../open-case.ts";
import { printable } from "../printable.ts";
import { eventJson, recordJson, recordTime } from "../record-json.ts";
import { isoMicros } from "../iso-time.ts";
import type { Terminal } from "../terminal.ts";

interface QueryOptions {
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
  readonly count?: true;
  readonly json?: true;
}

const PAGE = 500;

export function addQueryCommand(program: Command, terminal: Terminal, workersFolder: string): void {
  program
    .command("query")
    .description("print the records of a case that match a filter, in the order of time")
    .argument("<case>", "a case file")
    .argument("[filter]", 'for instance: level>=error service:checkout "timeout" -retry duration>500ms', "")
    .option("--from <time>", "the first moment (ISO 8601)")
    .option("--to <time>", "the moment before which they lie (ISO 8601)")
    .option("--limit <count>", "most records to print; all without it")
    .option("--count", "print only how many match")
    .option("--json", "print one JSON object a line")
    .action(async (file: string, filter: string, options: QueryOptions) => {
      const selection: Selection = {
        filter,
        from: options.from === undefined ? null : timeArgument(options.from),
        to: options.to === undefined ? null : timeArgument(options.to),
        samples: true,
      };
      await withCase(file, workersFolder, async (reader) => {
        if (options.count) {
          const { records } = await reader.call("records.count", { selection });
          return options.json ? terminal.printJson({ count: records }) : terminal.print(`${records}\n`);
        }
        const show = options.json ? jsonLine : textLine;
        let left = options.limit === undefined ? Number.POSITIVE_INFINITY : countArgument(options.limit);
        for (let cursor: number | null = 0; cursor !== null && left > 0;) {
          const page: ExportBatch = await reader.call("export", { selection, cursor, limit: PAGE });
          const rows = page.rows.filter((row) => row.type === "record").slice(0, left);
          left -= rows.length;
          await terminal.print(rows.map(show).join(""));
          cursor = page.next;
        }
      });
    });
}

const jsonLine = (row: ExportRow): string =>
  `${JSON.stringify(row.type === "record" ? recordJson(row.record) : eventJson(row.event))}\n`;

function textLine(row: ExportRow): string {
  if (row.type === "event") return `${printable(`${isoMicros(row.event.time)}  ${row.event.title}`)}\n`;
  const { level, service, message } = row.record;
  const text = [recordTime(row.record) ?? "–", levelName(level).padEnd(5), service ?? "–", message].join("  ");
  return `${printable(text)}\n`;
}
