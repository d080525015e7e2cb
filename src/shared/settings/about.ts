/** What is said of a setting besides its schema: kept with the schema, read by the form, the command line and the docs. */
import { z } from "zod";

export const SETTING_GROUPS = [
  "Detection",
  "Reading",
  "Resilience",
  "Timeouts",
  "Health",
  "Dead letters",
  "Sign-in",
] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

export interface About {
  readonly group: SettingGroup;
  readonly title: string;
  /** "s", "ms", "%"; absent for counts, shares and words. */
  readonly unit?: string;
  /** One sentence on what it does. */
  readonly note: string;
  /** The environment variable that sets it. */
  readonly environment?: string;
  /** A number out of range is taken as the nearest one within, and said, instead of refused. */
  readonly clamped?: true;
  /** Names of the numbers of a list. */
  readonly parts?: readonly string[];
}

export const ABOUT = z.registry<About>();
