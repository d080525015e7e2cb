/** The connectors' calls as every command makes them: through the policies, over the library of the data folder. */
import { dirname } from "node:path";
import type { Command } from "commander";
import type { ConnectorHome } from "../engine/health/connector-home.ts";
import { openConnectors } from "../engine/health/open-connectors.ts";
import { logLine } from "../engine/log/log-file.ts";
import { openLibrary, type Library } from "../engine/store/library.ts";
import { TokenStore } from "../engine/tokens/token-store.ts";
import type { Failure } from "../../shared/failure.ts";
import { commandLineCipher, UNREADABLE_HERE } from "./token-key.ts";
import type { CommandSettings } from "./command-settings.ts";
import type { Terminal } from "./terminal.ts";

export interface CommandConnectors extends Disposable {
  /** Opened when it is first asked for. */
  readonly home: ConnectorHome;
  /** Sign-ins of the command line. */
  readonly tokens: TokenStore;
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
  let opened: (Omit<CommandConnectors, keyof Disposable> & { readonly library: Library }) | null = null;
  program.option("--verbose", "tell on stderr what the policies around calls do, one JSON object a line");
  const open = (): NonNullable<typeof opened> => {
    const library = openLibrary(dirname(settings.home.file));
    for (const message of library.messages) terminal.complain(message);
    const onFailure = ({ message }: Failure): void => terminal.complain(message);
    const tokens = new TokenStore({
      rows: library.commandLineTokens,
      cipher: commandLineCipher(process.env),
      now: Date.now,
      safetyWindowMs: () => settings.current.oauth.refreshSafetySeconds * 1_000,
      unreadable: UNREADABLE_HERE,
      onFailure,
    });
    const isVerbose = program.opts<{ verbose?: true }>().verbose === true;
    const home = openConnectors({
      library,
      settings: settings.home,
      tokens,
      place: " (command line)",
      onFailure,
      ...(isVerbose ? { log: (line) => terminal.log(logLine(line, Date.now())) } : {}),
    });
    return { library, home, tokens };
  };
  return {
    get home() {
      return (opened ??= open()).home;
    },
    get tokens() {
      return (opened ??= open()).tokens;
    },
    [Symbol.dispose]() {
      opened?.home[Symbol.dispose]();
      opened?.library[Symbol.dispose]();
      opened = null;
    },
  };
}
