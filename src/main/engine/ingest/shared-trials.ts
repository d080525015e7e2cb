/**
 * Files of one folder are mostly recognised alike. Their lists of what was tried are one list then: it crosses to another
 * thread once with all parts of a message that share it, and is held once.
 */
import type { FormatTrial } from "../../../shared/model/source.ts";
import type { ParsedPart } from "./protocol.ts";

export class SharedTrials {
  #last: readonly FormatTrial[] = [];

  /** The part, with the list of the part before where that is the same. */
  part(part: ParsedPart): ParsedPart {
    const { recognition } = part;
    if (recognition === null) return part;
    if (!isSame(this.#last, recognition.tried)) {
      this.#last = recognition.tried;
      return part;
    }
    return { ...part, recognition: { ...recognition, tried: this.#last } };
  }
}

const isSame = (a: readonly FormatTrial[], b: readonly FormatTrial[]): boolean =>
  a.length === b.length && a.every((trial, index) => isSameTrial(trial, b[index]));

const isSameTrial = (a: FormatTrial, b: FormatTrial | undefined): boolean =>
  b !== undefined && a.format === b.format && a.confidence === b.confidence && a.reason === b.reason;
