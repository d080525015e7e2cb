/** `faultline compare PATH…`: what changed between two windows, or what sets a selection apart from the rest. */
import { Option, type Command } from "commander";
import type { CallInput, CallOutput } from "../../../shared/contract.ts";
import type { DifferenceRow } from "../../../shared/contract/compare.ts";
import type { AnalysisMethods } from "../../engine/analysis/protocol.ts";
import { WorkerClient } from "../../engine/threads/rpc.ts";
import { workerFile } from "../../engine/workers.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { UsageError } from "../failure-exit.ts";
import { isoMicros } from "../iso-time.ts";
import { printable } from "../printable.ts";
import { rangeArgument } from "../range-argument.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { withPaths } from "../with-paths.ts";

type Question = CallInput<"compare.find">;
type Answer = CallOutput<"compare.find">;
type Windows = Pick<Question, "a" | "b">;

interface CompareOptions {
  readonly a?: string;
  readonly b?: string;
  readonly filter?: string;
  readonly against?: Question["against"];
  readonly json?: true;
}

const WHOLE = { from: null, to: null } as const;
/** Rows that a terminal shows. */
const SHOWN = 40;

export function addCompareCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("compare")
    .description("say what changed between two windows of time, or what sets a selection apart from the rest")
    .argument("<path...>", "files or folders with logs, metrics, traces; or a case")
    .option("--a <from..to>", "how it was (ISO 8601); before the onset that the data shows, without both")
    .option("--b <from..to>", "what is asked about (ISO 8601); alone it is held against all other times")
    .option("--filter <filter>", "only records that match, for instance: service:checkout")
    .addOption(
      new Option(
        "--against <what>",
        "what A holds: the same filter, the rest (all that is not in B), or all of its window",
      ).choices(["same", "rest", "all"]),
    )
    .option("--json", "print one JSON object")
    .action(async (paths: string[], options: CompareOptions) => {
      const a = rangeArgument(options.a, "--a");
      const b = rangeArgument(options.b, "--b");
      if (a !== null && b === null) throw new UsageError("--a says how it was; name with --b what is asked about.");
      const surroundings = { settings: settings.current, connectors, terminal, workersFolder };
      await withPaths(paths, surroundings, async (reader, file) => {
        const { filter = "" } = options;
        const against = options.against ?? (a === null && b !== null ? "rest" : "same");
        const windows = given(a, b, against) ?? (await aroundOnset(file, workersFolder));
        const answer = await reader.call("compare.find", { ...windows, filter, against });
        return options.json
          ? terminal.printJson(answerJson(answer, { filter, against }))
          : terminal.print(answerText(answer));
      });
    });
}

/** Null where the onset has to say. */
function given(a: Question["a"] | null, b: Question["b"] | null, against: Question["against"]): Windows | null {
  if (b !== null) return { a: a ?? WHOLE, b };
  return against === "same" ? null : { a: WHOLE, b: WHOLE };
}

/** Fails with "no-onset" where nothing in the data says when it began. */
async function aroundOnset(file: string, workersFolder: string): Promise<Windows> {
  const worker = new WorkerClient<AnalysisMethods>(workerFile(workersFolder, "analysis"));
  try {
    const { verdict } = await worker.call("suspects", { file, windows: { baseline: null, incident: null } });
    if (verdict.windows === null)
      throw new UsageError("The data does not show when it began; name the windows with --a and --b.");
    return { a: verdict.windows.baseline, b: verdict.windows.incident };
  } finally {
    await worker.end();
  }
}

function answerJson(answer: Answer, { filter, against }: Pick<Question, "filter" | "against">) {
  const side = ({ from, to, ...counts }: Answer["a"]) => ({ from: isoMicros(from), to: isoMicros(to), ...counts });
  return {
    a: side(answer.a),
    b: side(answer.b),
    filter,
    against,
    tested: answer.tested,
    found: answer.found,
    differences: answer.differences.map((row, at) => ({ rank: at + 1, ...row })),
    notes: answer.notes,
  };
}

function answerText({ a, b, tested, found, differences, notes }: Answer): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  const side = (name: string, { from, to, records, samples }: Answer["a"]): string =>
    `${name}  ${isoMicros(from)} .. ${isoMicros(to)}  ${count(records)} records, ${count(samples)} samples\n`;
  const head = side("A", a) + side("B", b);
  const shown = differences.slice(0, SHOWN);
  const row = ({ score, kind, text }: DifferenceRow) => [score, kind, text];
  const sum = `${count(found)} of ${count(tested)} comparisons differ for certain`;
  const more = found > shown.length ? `; the first ${shown.length} are shown, --json prints more` : "";
  return [
    head,
    notes.map((note) => `${printable(note)}\n`).join(""),
    `${sum}${more}\n`,
    shown.length === 0 ? "" : `\n${table(["score", "kind", "difference"], shown.map(row))}`,
  ].join("");
}
