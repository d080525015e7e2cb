/** What a person has typed into a field, as the value that it would be. */
import { checkSetting, type Checked, type Setting } from "../../shared/settings/catalogue.ts";
import type { SettingValue } from "../../shared/settings/value.ts";
import { settingFromText, settingToText } from "../../shared/settings/text.ts";

/** The texts of a field's inputs: one for each number of a list, else one. */
export const draftOf = (value: SettingValue): readonly string[] =>
  typeof value === "object" ? value.map(settingToText) : [settingToText(value)];

export function checkDraft(setting: Setting, texts: readonly string[]): Checked {
  const empty = texts.some((text) => text.trim() === "");
  // A comma within one input would make two numbers of it.
  const split = setting.kind === "numbers" && texts.some((text) => text.includes(","));
  if (empty || split) return { ok: false, why: `It must be ${setting.range}.` };
  return checkSetting(setting, settingFromText(setting, texts.join(",")));
}

export const isSameDraft = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

/** Whether each of the typed words stands in what is said of the setting. */
export function isFound(setting: Setting, typed: string): boolean {
  const { path, title, group, note, environment = "" } = setting;
  const text = `${path} ${title} ${group} ${note} ${environment}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
