/** The connectors' calls as every command makes them: through the policies, over the library of the data folder. */
import { dirname } from "node:path";
import type { Command } from "commander";
import type { ConnectorHome } from "../engine/health/connector-home.ts";
import { openConnectors } from "../engine/health/open-connectors.ts";
import { logLine } from "../engine/log/log-file.ts";
import { openLibrary, type Library } from "../engine/store/library.ts";
import type { CommandSettings } from "./command-settings.ts";
import type { Terminal } from "./terminal.ts";

export interface CommandConnectors extends Disposable {
  /** Opened when it is first asked for. */
  readonly home: ConnectorHome;
}

/** What commands that read sources or change a case share. */
export interface CommandSurroundings {
  readonly settings: CommandSettings;
  readonly connectors: CommandConnectors;
}

export function addConnectorOptions(
  program: Command,
  terminal: Terminal,
  settings: CommandSettings,
): CommandConnectors {
  let opened: { readonly library: Library; readonly home: ConnectorHome } | null = null;
  program.option("--verbose", "tell on stderr what the policies around calls do, one JSON object a line");
  const open = (): NonNullable<typeof opened> => {
    const library = openLibrary(dirname(settings.home.file));
    for (const message of library.messages) terminal.complain(message);
    const isVerbose = program.opts<{ verbose?: true }>().verbose === true;
    const home = openConnectors({
      library,
      settings: settings.home,
      place: " (command line)",
      onFailure: ({ message }) => terminal.complain(message),
      ...(isVerbose ? { log: (line) => terminal.log(logLine(line, Date.now())) } : {}),
    });
    return { library, home };
  };
  return {
    get home() {
      opened ??= open();
      return opened.home;
    },
    [Symbol.dispose]() {
      opened?.home[Symbol.dispose]();
      opened?.library[Symbol.dispose]();
      opened = null;
    },
  };
}
