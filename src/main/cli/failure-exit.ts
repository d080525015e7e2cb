/** What the exit code says: 0 done, 1 something could not be done, 2 the command line itself is wrong. */
import { FailureError } from "../../shared/failure.ts";

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The command was called wrongly: an unknown format, zone, time or filter. */
export class UsageError extends FailureError {
  constructor(message: string) {
    super("usage", message);
    this.name = "UsageError";
  }
}
