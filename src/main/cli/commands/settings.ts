/** `faultline settings`: each setting, where its value came from, and what the settings file says. */
import type { Command } from "commander";
import { SETTINGS, settingAt, type Setting } from "../../../shared/settings/catalogue.ts";
import { settingIn, unknownSetting, type ResolvedSettings } from "../../../shared/settings/resolve.ts";
import { settingFromText, showSetting } from "../../../shared/settings/text.ts";
import type { CommandSettings } from "../command-settings.ts";
import { EXIT_FAILED, UsageError } from "../failure-exit.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

export function addSettingsCommand(program: Command, terminal: Terminal, settings: CommandSettings): void {
  const command = program
    .command("settings")
    .description("list every setting with its value and where it came from; change those of the settings file")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: true }) => {
      const { resolved } = settings.home;
      if (json) await terminal.printJson(asJson(resolved));
      else await terminal.print(asText(resolved));
      if (resolved.problems.length > 0) process.exitCode = EXIT_FAILED;
    });
  command
    .command("set")
    .description("write a value to the settings file")
    .argument("<key>", 'a setting, for instance "retry.maxAttempts"')
    .argument("<value>", "a number, several with commas between them, or a name")
    .action(async (key: string, value: string) => {
      const setting = settingOrUsage(key);
      await tell(setting, settings.home.write(setting.path, settingFromText(setting, value)), terminal);
    });
  command
    .command("unset")
    .description("take a value out of the settings file")
    .argument("<key>", "a setting")
    .action(async (key: string) => {
      const setting = settingOrUsage(key);
      await tell(setting, settings.home.write(setting.path, null), terminal);
    });
}

function settingOrUsage(path: string): Setting {
  const setting = settingAt(path);
  if (setting === undefined) throw new UsageError(`${unknownSetting(path)} "faultline settings" lists them all.`);
  return setting;
}

/** A value that was written and yet does not count is worth a word. */
async function tell(setting: Setting, resolved: ResolvedSettings, terminal: Terminal): Promise<void> {
  const value = showSetting(settingIn(resolved.values, setting), setting.unit);
  await terminal.print(`${setting.path} is ${value} (${fromWhere(resolved, setting)})\n`);
  for (const problem of resolved.problems) terminal.complain(problem);
}

function fromWhere({ origins }: ResolvedSettings, { path }: Setting): string {
  const { source, detail } = origins[path] ?? { source: "default", detail: "" };
  return source === "environment" ? `environment: ${detail}` : source;
}

function asText(resolved: ResolvedSettings): string {
  const rows = SETTINGS.map((setting) => [
    setting.path,
    showSetting(settingIn(resolved.values, setting), setting.unit),
    fromWhere(resolved, setting),
    showSetting(setting.default, setting.unit),
    setting.range,
    setting.environment ?? null,
  ]);
  return `${table(["setting", "value", "from", "default", "range", "environment"], rows)}\nSettings file: ${resolved.file}\n`;
}

function asJson(resolved: ResolvedSettings): unknown {
  return {
    file: resolved.file,
    settings: SETTINGS.map((setting) => {
      const { source, detail } = resolved.origins[setting.path] ?? { source: "default", detail: "" };
      return {
        path: setting.path,
        value: settingIn(resolved.values, setting),
        unit: setting.unit ?? null,
        source,
        detail,
        inFile: resolved.inFile[setting.path] ?? null,
        default: setting.default,
        range: setting.range,
        environment: setting.environment ?? null,
      };
    }),
    problems: resolved.problems,
  };
}
