/** The part of the contract that the application around the engine answers: what leaves the window as a file. */
import { z } from "zod";
import { text, textOrNull } from "./scalars.ts";

export const APP_CALLS = {
  /** Asks the person where to with the system's own dialog, and writes there; null when they closed it. */
  "app.saveReport": { input: z.object({ name: text, text }), output: textOrNull },
} as const;
