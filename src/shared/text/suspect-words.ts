/** How suspects are called, and how sure the engine is of them, in words beside the figures. */
import type { SuspectInfo } from "../contract/suspects.ts";

export const KIND_NAME: Readonly<Record<SuspectInfo["kind"], string>> = {
  change: "Change",
  service: "Service",
  resource: "Resource",
  outside: "From outside",
};

const SHA = /^[0-9a-f]{12,64}$/iu;

/** A commit by its first digits, anything else as it is. */
export const shortObject = (object: string): string => (SHA.test(object) ? object.slice(0, 10) : object);

/** What the card is headed with: what was done, or else the object itself. */
export function headingOf({ title, object, service }: Pick<SuspectInfo, "title" | "object" | "service">): string {
  return title ?? object ?? service ?? "unnamed";
}

const STEPS: readonly (readonly [least: number, word: string])[] = [
  [0.8, "very likely"],
  [0.6, "likely"],
  [0.35, "possible"],
  [0.1, "unlikely"],
  [0, "very unlikely"],
];

export const likelihood = (confidence: number): string =>
  STEPS.find(([least]) => confidence >= least)?.[1] ?? "very unlikely";

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
