/** The formats that a source can be read as: plain text first, for it takes anything. */
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useQuery } from "../state/query.ts";
import { PLAIN_TEXT } from "./actions.ts";

export type FormatInfo = CallOutput<"formats.list">[number];

const NONE: readonly FormatInfo[] = [];

export function useFormats(): readonly FormatInfo[] {
  return useQuery("formats", () => call("formats.list", undefined).then(plainTextFirst)).data ?? NONE;
}

export const plainTextFirst = (formats: readonly FormatInfo[]): readonly FormatInfo[] => [
  ...formats.filter(({ id }) => id === PLAIN_TEXT),
  ...formats.filter(({ id }) => id !== PLAIN_TEXT).sort((a, b) => a.title.localeCompare(b.title, "en")),
];
