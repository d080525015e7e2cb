/** `faultline formats`: what can be read. */
import type { Command } from "commander";
import { formats } from "../../engine/formats/registry.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

export function addFormatsCommand(program: Command, terminal: Terminal): void {
  program
    .command("formats")
    .description("list the formats that are known")
    .option("--json", "print one JSON array")
    .action(async ({ json }: { json?: true }) => {
      const list = formats.map(({ id, title, unit, version }) => ({ id, title, unit, version }));
      if (json) await terminal.printJson(list);
      else
        await terminal.print(
          table(
            ["format", "title", "counts"],
            list.map(({ id, title, unit }) => [id, title, `${unit}s`]),
          ),
        );
    });
}
