/** `faultline events CASE`: what the detectors and people found worth showing, in the order of time. */
import { Option, type Command } from "commander";
import type { EventFilter } from "../../../shared/contract.ts";
import {
  EVENT_KINDS,
  EVENT_SOURCES,
  type EventKind,
  type EventSource,
  type IncidentEvent,
} from "../../../shared/model/event.ts";
import { SEVERITIES, type Severity } from "../../../shared/model/severity.ts";
import { countArgument, timeArgument } from "../arguments.ts";
import { isoMicros } from "../iso-time.ts";
import { withCase } from "../open-case.ts";
import { eventJson } from "../record-json.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

interface EventsOptions {
  readonly source?: EventSource;
  readonly kind?: EventKind;
  readonly severity?: Severity;
  readonly atLeast?: Severity;
  readonly service?: string;
  readonly trace?: string;
  readonly text?: string;
  readonly from?: string;
  readonly to?: string;
  readonly recent?: true;
  readonly limit?: string;
  readonly json?: true;
}

const PAGE = 1_000;

export function addEventsCommand(program: Command, terminal: Terminal, workersFolder: string): void {
  program
    .command("events")
    .description("print the events of a case")
    .argument("<case>", "a case file")
    .addOption(new Option("--source <source>", "where they come from").choices(EVENT_SOURCES))
    .addOption(new Option("--kind <kind>", "what they are").choices(EVENT_KINDS))
    .addOption(new Option("--severity <severity>", "exactly this severity").choices(SEVERITIES))
    .addOption(new Option("--at-least <severity>", "this severity and graver ones").choices(SEVERITIES))
    .option("--service <name>", "of this service")
    .option("--trace <id>", "of this trace")
    .option("--text <words>", "whose title, description or tags hold these words")
    .option("--from <time>", "the first moment (ISO 8601)")
    .option("--to <time>", "the moment before which they lie (ISO 8601)")
    .option("--recent", "the latest first")
    .option("--limit <count>", "most events to print; all without it")
    .option("--json", "print one JSON object a line")
    .action(async (file: string, options: EventsOptions) => {
      const filter = filterOf(options);
      let left = options.limit === undefined ? Number.POSITIVE_INFINITY : countArgument(options.limit);
      const found: IncidentEvent[] = [];
      await withCase(file, workersFolder, async (reader) => {
        let after: string | null = null;
        while (left > 0) {
          const limit = Math.min(left, PAGE);
          const page: { items: readonly unknown[]; next: string | null } = await reader.call("events.list", {
            filter,
            limit,
            after,
          });
          const events = page.items as readonly IncidentEvent[];
          left -= events.length;
          if (options.json)
            await terminal.print(events.map((event) => `${JSON.stringify(eventJson(event))}\n`).join(""));
          else found.push(...events);
          after = page.next;
          if (after === null) break;
        }
      });
      if (options.json) return;
      const rows = found.map(({ time, severity, source, kind, service, title }) => [
        isoMicros(time),
        severity,
        source,
        kind,
        service,
        title,
      ]);
      await terminal.print(table(["time", "severity", "source", "kind", "service", "title"], rows));
    });
}

function filterOf(options: EventsOptions): EventFilter {
  const { source, kind, severity, atLeast, service, trace: traceId, text } = options;
  return {
    source,
    kind,
    severity,
    atLeast,
    service,
    traceId,
    text,
    from: options.from === undefined ? undefined : timeArgument(options.from),
    to: options.to === undefined ? undefined : timeArgument(options.to),
    order: options.recent ? "recent" : "time",
  };
}
