/**
 * The files that the person named in a dialog to be written. The page only repeats such a name: one that was taken over
 * could otherwise have any file of this account replaced.
 */
import { FailureError } from "../../shared/failure.ts";
import type { EngineCalls } from "../engine/engine-calls.ts";

type WritingCalls = Pick<EngineCalls, "case.copyTo" | "deadLetters.export">;

export class NamedFiles {
  readonly #files = new Set<string>();

  add(file: string): void {
    this.#files.add(file);
  }

  /** The same calls, which write a file once for each time that it was named. */
  guard(calls: WritingCalls): WritingCalls {
    return {
      "case.copyTo": async (input) => {
        this.#take(input.file);
        return await calls["case.copyTo"](input);
      },
      "deadLetters.export": async (input) => {
        this.#take(input.file);
        return await calls["deadLetters.export"](input);
      },
    };
  }

  #take(file: string): void {
    if (this.#files.delete(file)) return;
    throw new FailureError("forbidden", `${file} was not written: nobody named it in a dialog.`);
  }
}
