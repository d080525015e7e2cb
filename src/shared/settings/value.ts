/** What a setting may be set to. */
export type SettingValue = number | string | readonly number[];

export type SettingKind = "number" | "numbers" | "text";
