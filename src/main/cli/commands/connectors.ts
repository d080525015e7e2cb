/** `faultline connectors …`: how connectors and their targets do, a drill through the policies, and a reset. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { ConnectorHealth, ConnectorRow, ConnectorTarget } from "../../../shared/contract/connectors.ts";
import { connectors as kinds } from "../../engine/connectors/registry.ts";
import { drill, type Drill } from "../../engine/health/drill.ts";
import { splitName } from "../../engine/health/target-name.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import { EXIT_FAILED, EXIT_OK, UsageError } from "../failure-exit.ts";
import { isoMicros } from "../iso-time.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { addSignInCommands } from "./sign-in.ts";

const HEALTH_EXIT: Readonly<Record<ConnectorHealth["overall"], number>> = {
  healthy: EXIT_OK,
  degraded: 1,
  critical: 2,
};

interface JsonOption {
  readonly json?: true;
}

export function addConnectorsCommand(program: Command, terminal: Terminal, connectors: CommandConnectors): void {
  const command = program
    .command("connectors")
    .description("what is called to read sources: how it does, and what may be done about it");
  command
    .command("list")
    .description("every connector and target with its state, calls and last error")
    .option("--json", "print one JSON object")
    .action(async ({ json }: JsonOption) => {
      const rows = connectors.home.list(null);
      if (json) await terminal.printJson({ connectors: rows });
      else await terminal.print(listText(rows));
    });
  command
    .command("health")
    .description("overall health; the exit code is 0 when healthy, 1 when degraded, 2 when critical")
    .option("--json", "print one JSON object")
    .action(async ({ json }: JsonOption) => {
      const health = connectors.home.health();
      if (json) await terminal.printJson(health);
      else await terminal.print(healthText(health));
      process.exitCode = HEALTH_EXIT[health.overall];
    });
  command
    .command("drill")
    .description("make one harmless call through all policies and say what each of them did")
    .argument("<name>", "a target such as file:/var/log/app.log or prometheus:http://127.0.0.1:9090")
    .option("--json", "print one JSON object")
    .action(async (name: string, { json }: JsonOption) => {
      const result = await drillOf(name, connectors);
      if (json) await terminal.printJson(result);
      else await terminal.print(drillText(result));
      if (!result.ok) process.exitCode = EXIT_FAILED;
    });
  command
    .command("reset")
    .description("close a breaker and forget its failures")
    .argument("<name>", "a target as connectors list names it, or a connector for all of its targets")
    .option("--json", "print one JSON object")
    .action(async (name: string, { json }: JsonOption) => {
      const targets = connectors.home.decide("reset", name);
      if (json) await terminal.printJson({ targets });
      else await terminal.print(targets.map((target) => `${printable(target.name)} is ${target.state}\n`).join(""));
    });
  command
    .command("export")
    .description("print the statistics of each operation over 5 minutes, an hour and all time, one JSON object a line")
    .action(async () => {
      await terminal.print(connectors.home.jsonLines());
    });
  addSignInCommands(command, terminal, connectors);
}

async function drillOf(name: string, { home }: CommandConnectors): Promise<Drill> {
  const { connector: id, target } = splitName(name);
  const connector = kinds.get(id);
  if (connector === undefined) {
    throw new UsageError(`There is no connector "${id}"; there are ${[...kinds.keys()].sort().join(", ")}.`);
  }
  if (target === "") throw new UsageError(`Name what to call: "faultline connectors drill ${id}:TARGET".`);
  // A path is a target by its absolute name, however it was typed.
  const shown = "claims" in connector ? `${id}:${resolve(target)}` : name;
  return await drill(shown, { home, connector, signal: new AbortController().signal });
}

function listText(rows: readonly ConnectorRow[]): string {
  const overview = table(
    ["connector", "health", "calls (1 h)", "errors", "p50 ms", "p95 ms", "p99 ms", "targets"],
    rows.map(({ connector, health, lastHour, targets, moreTargets }) => [
      connector,
      health,
      lastHour.calls,
      percent(lastHour.errorRate),
      lastHour.p50Ms,
      lastHour.p95Ms,
      lastHour.p99Ms,
      targets.length + moreTargets,
    ]),
  );
  const targets = rows.flatMap((row) => row.targets);
  if (targets.length === 0) return overview;
  const shown = targets.map((target) => [
    target.name,
    stateText(target),
    target.health,
    target.failures,
    target.lastHour.calls,
    percent(target.lastHour.errorRate),
    target.lastHour.p95Ms,
    target.lastError === null ? null : `${isoMicros(Math.round(target.lastError.at))} ${target.lastError.message}`,
  ]);
  const header = ["target", "state", "health", "failures", "calls (1 h)", "errors", "p95 ms", "last error"];
  return `${overview}\n${table(header, shown)}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const stateText = ({ state, openMs }: ConnectorTarget): string =>
  openMs === null ? state : `${state} (${Math.ceil(openMs / 1_000)} s left)`;

function healthText({ overall, targets, closed, halfOpen, open, disabled, openNames }: ConnectorHealth): string {
  const counts = `${targets} targets: ${closed} closed, ${halfOpen} half-open, ${open} open, ${disabled} disabled`;
  return `${overall} (${counts})\n${openNames.map((name) => `  open: ${printable(name)}\n`).join("")}`;
}

function drillText({ name, ok, answer, durationMs, steps }: Drill): string {
  const rows = steps.map(({ policy, decision }) => [policy, decision]);
  return `${printable(name)}: ${ok ? "answered" : "failed"} in ${durationMs} ms\n${table(["policy", "decision"], rows)}\n${printable(answer)}\n`;
}
