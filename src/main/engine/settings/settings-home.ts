/** The one home of the settings: reads the file and the layers above it, and changes what the file says. */
import { join } from "node:path";
import { FailureError } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import { SETTINGS, checkSetting, settingAt } from "../../../shared/settings/catalogue.ts";
import type { SettingValue } from "../../../shared/settings/value.ts";
import { changedFileText, NONE_COUNTS, parseSettingsFile, valueAt } from "../../../shared/settings/file.ts";
import { resolveSettings, unknownSetting, type ResolvedSettings } from "../../../shared/settings/resolve.ts";
import {
  SETTINGS_FILE,
  keepBrokenFile,
  readSettingsFile,
  type SettingsText,
  writeSettingsFile,
} from "./settings-file.ts";

export interface SettingsHomeOptions {
  readonly dataFolder: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** "key=value" of the command line. */
  readonly commandLine?: readonly string[];
}

export class SettingsHome {
  readonly file: string;
  readonly #options: SettingsHomeOptions;
  /** What the person must hear once although it is no longer so: where a broken file was kept. */
  readonly #notes: string[] = [];
  /** Text of the file when it could last be read: its values stand while it cannot. */
  #lastGood: string | null = null;
  #resolved: ResolvedSettings;

  constructor(options: SettingsHomeOptions) {
    this.#options = options;
    this.file = join(options.dataFolder, SETTINGS_FILE);
    this.#resolved = this.#resolve();
  }

  get current(): Settings {
    return this.#resolved.values;
  }

  get resolved(): ResolvedSettings {
    return this.#resolved;
  }

  /** Reads the file again: people edit it by hand. */
  reload(): ResolvedSettings {
    this.#resolved = this.#resolve();
    return this.#resolved;
  }

  /** Changes one value of the file, or takes it out with null. */
  write(path: string, value: unknown): ResolvedSettings {
    const setting = settingAt(path);
    if (setting === undefined) throw new FailureError("unknown-setting", sentence(unknownSetting(path)));
    const checked = value === null ? null : checkSetting(setting, value);
    if (checked !== null && !checked.ok) {
      throw new FailureError("bad-setting", `${path} was not changed: it must be ${setting.range}.`);
    }
    this.#replace((text) => changedFileText(text, setting, checked?.value ?? null));
    return this.reload();
  }

  /** Takes over what an older Faultline kept elsewhere, unless there is a file already. */
  adopt(former: unknown): void {
    if (readSettingsFile(this.file).text !== null) return;
    let text: string | null = null;
    for (const setting of SETTINGS) {
      const checked = checkSetting(setting, valueAt(former, setting.keys));
      if (checked.ok && differs(checked.value, setting.default)) text = changedFileText(text, setting, checked.value);
    }
    if (text === null) return;
    writeSettingsFile(this.file, text);
    this.reload();
  }

  #replace(change: (text: string | null) => string): void {
    const { text, problem } = readSettingsFile(this.file);
    const isBroken = problem !== null || parseSettingsFile({ path: this.file, text }).problems.length > 0;
    if (isBroken) {
      const kept = keepBrokenFile(this.file);
      this.#notes.push(`${this.file} could not be read, so a new one was begun. The old one is kept as ${kept}.`);
    }
    writeSettingsFile(this.file, change(isBroken ? null : text));
  }

  #resolve(): ResolvedSettings {
    const { environment = {}, commandLine = [] } = this.#options;
    const { text, problem } = this.#read();
    const resolved = resolveSettings({ file: { path: this.file, text }, environment, commandLine });
    const notes = problem === null ? this.#notes : [...this.#notes, problem];
    return { ...resolved, problems: [...notes, ...resolved.problems] };
  }

  /** What stands in the file, or stood in it before it was broken. */
  #read(): SettingsText {
    const read = readSettingsFile(this.file);
    const broken = read.problem ?? parseSettingsFile({ path: this.file, text: read.text }).problems[0] ?? null;
    if (broken === null) this.#lastGood = read.text;
    if (broken === null || this.#lastGood === null) return read;
    return { text: this.#lastGood, problem: broken.replace(NONE_COUNTS, "the values that it had before stand") };
  }
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const differs = (a: SettingValue, b: SettingValue): boolean => JSON.stringify(a) !== JSON.stringify(b);
