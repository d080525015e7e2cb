/** Filters that were used, latest first, over all cases. */
import { z } from "zod";
import { readStored, writeStored } from "../state/stored.ts";

const KEPT = 50;
const schema = z.array(z.string().max(10_000)).max(KEPT);

export const withFilter = (history: readonly string[], filter: string): readonly string[] =>
  filter.trim() === "" ? history : [filter, ...history.filter((one) => one !== filter)].slice(0, KEPT);

export const readHistory = (): readonly string[] => readStored("filters", schema, []);

export function rememberFilter(filter: string): void {
  writeStored("filters", withFilter(readHistory(), filter));
}
