/** The settings as every command sees them: `--data-folder` and `--set`, and a complaint about each value that is refused. */
import { homedir } from "node:os";
import type { Command } from "commander";
import type { Settings } from "../../shared/settings.ts";
import { SettingsHome } from "../engine/settings/settings-home.ts";
import { dataFolder } from "./data-folder.ts";
import type { Terminal } from "./terminal.ts";

export interface CommandSettings {
  /** Of the command that runs; there is none before. */
  readonly home: SettingsHome;
  readonly current: Settings;
}

interface SharedOptions {
  readonly dataFolder?: string;
  readonly set?: readonly string[];
}

export function addSettingsOptions(program: Command, terminal: Terminal): CommandSettings {
  let home: SettingsHome | null = null;
  program
    .option("--set <key=value>", "a setting for this run (repeatable; see faultline settings)", collect)
    .option(
      "--data-folder <dir>",
      "folder of settings and library (or FAULTLINE_DATA; default: the one that the window uses)",
    )
    .configureHelp({ showGlobalOptions: true })
    .hook("preAction", (_, command) => {
      const { dataFolder: option, set = [] } = program.opts<SharedOptions>();
      const { env, platform } = process;
      const folder = dataFolder({ option, environment: env, platform, home: homedir() });
      home = new SettingsHome({ dataFolder: folder, environment: env, commandLine: set });
      // A command that mends the settings says what is left of them when it is done.
      if (command.parent?.name() === "settings") return;
      for (const problem of home.resolved.problems) terminal.complain(problem);
    });
  const opened = (): SettingsHome => {
    if (home === null) throw new Error("settings are read before a command runs");
    return home;
  };
  return {
    get home() {
      return opened();
    },
    get current() {
      return opened().current;
    },
  };
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
