/** `faultline anomalies PATH…`: where metric series left what they used to be, and a score for each sample. */
import type { Command } from "commander";
import { asFailure } from "../../../shared/failure.ts";
import { isCaseFile } from "../../engine/case-names.ts";
import { locate } from "../../engine/connectors/locate.ts";
import { AnomalyJson, printAnomalies, scanned, type ScannedSeries } from "../anomalies/output.ts";
import { readSeries } from "../anomalies/read-series.ts";
import { zoneArgument } from "../arguments.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { EXIT_FAILED, UsageError } from "../failure-exit.ts";
import { contextOf } from "../open-file.ts";
import type { Terminal } from "../terminal.ts";

interface AnomaliesOptions {
  readonly tz?: string;
  readonly json?: true;
  readonly scores?: true;
}

export function addAnomaliesCommand(
  program: Command,
  terminal: Terminal,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("anomalies")
    .description("find where metric series left what they used to be")
    .argument("<path...>", "files of metrics, or folders and archives that hold some")
    .option("--tz <zone>", "zone of times that state none (IANA name; default: the setting assumedZone)")
    .option("--json", "print one JSON object")
    .option("--scores", "with --json: a score from 0 to 1 for each sample, from it and the earlier ones alone")
    .action(async (paths: string[], options: AnomaliesOptions) => {
      if (paths.includes("")) throw new UsageError("One of the paths is empty; name a file or folder.");
      const among = paths.find(isCaseFile);
      if (among !== undefined) {
        throw new UsageError(
          `${among} is a case, whose anomalies were found when it was read: "faultline events ${among} --kind metric-anomaly".`,
        );
      }
      if (options.scores && !options.json) throw new UsageError("--scores needs --json.");
      const zone = zoneArgument(options.tz ?? settings.current.assumedZone);
      const json = options.json ? new AnomalyJson(terminal, options.scores === true) : null;
      const found: ScannedSeries[] = [];
      for await (const one of seriesOf(paths, zone, terminal, connectors)) {
        if (json === null) found.push(one);
        else await json.add(one);
      }
      if (json === null) await printAnomalies(found, terminal);
      else await json.end();
    });
}

function unreadText(unread: number, untimed: number): string {
  const pieces = unread === 0 ? [] : [`${unread} ${unread === 1 ? "piece" : "pieces"} could not be read`];
  const samples =
    untimed === 0 ? [] : [`${untimed} ${untimed === 1 ? "sample has" : "samples have"} no time or no number`];
  return [...pieces, ...samples].join(" and ");
}

async function* seriesOf(
  paths: readonly string[],
  zone: string,
  terminal: Terminal,
  connectors: CommandConnectors,
): AsyncGenerator<ScannedSeries> {
  const fail = (message: string): void => {
    process.exitCode = EXIT_FAILED;
    terminal.complain(message);
  };
  let samples = 0;
  let sources = 0;
  // By name: the answer is the same in whatever order the files are named.
  for await (const located of locate(
    paths.toSorted(),
    contextOf(connectors, (message) => terminal.complain(message)),
  )) {
    if (located.type === "failure") fail(located.failure.message);
    if (located.type !== "source") continue;
    const { opening } = located;
    const context = contextOf(connectors, (message) => terminal.complain(`${opening.path}: ${message}`));
    sources++;
    try {
      const { series, unread, untimed } = await readSeries(opening, context, zone);
      if (series.length > 0 && unread + untimed > 0) {
        terminal.complain(`${opening.path}: ${unreadText(unread, untimed)}; they have no score.`);
      }
      for (const one of series) {
        samples += one.values.length;
        yield scanned(opening.path, one);
      }
    } catch (thrown) {
      fail(asFailure(thrown).message);
    }
  }
  if (samples === 0 && sources > 0) fail('No metric samples were found; "faultline detect FILE" says what a file is.');
}
