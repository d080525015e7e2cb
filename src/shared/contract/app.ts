/** The part of the contract that the application around the engine answers: what leaves the window as a file. */
import { z } from "zod";
import { REPORT_FORMATS } from "../report/formats.ts";
import { text, textOrNull } from "./scalars.ts";

const reportFormat = z.enum(REPORT_FORMATS);

export const APP_CALLS = {
  /**
   * Asks the person where to with the system's own dialog, and writes there in the form that the name's ending asks for,
   * or else `format`; null when they closed it.
   */
  "app.saveReport": {
    input: z.object({ name: text, format: reportFormat, texts: z.record(reportFormat, text) }),
    output: textOrNull,
  },
} as const;
