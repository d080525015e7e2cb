/**
 * The clocks of the open case's sources. They are asked again whenever the case changes, by a note for instance, and look
 * at all of it: one answer stands until records come or go.
 */
import type { CallOutput } from "../../shared/contract.ts";
import type { AnalysisTurns } from "./analysis/analysis-turns.ts";
import type { SideReader } from "./side-reader.ts";

type Clocks = CallOutput<"clocks.list">;

export interface ClockComparisonParts {
  readonly sideReader: Pick<SideReader, "ask">;
  readonly turns: Pick<AnalysisTurns, "areTaken" | "ofClocks">;
}

export class ClockComparison {
  readonly #parts: ClockComparisonParts;
  #answer: Promise<Clocks> | null = null;

  constructor(parts: ClockComparisonParts) {
    this.#parts = parts;
  }

  /** Who asks meanwhile waits for the same answer; one that fails is asked for again. */
  async list(): Promise<Clocks> {
    const asked = (this.#answer ??= this.#compare());
    try {
      return await asked;
    } catch (thrown) {
      if (this.#answer === asked) this.#answer = null;
      throw thrown;
    }
  }

  /** Records came or went. */
  outdate(): void {
    this.#answer = null;
  }

  async #compare(): Promise<Clocks> {
    const { turns, sideReader } = this.#parts;
    await turns.ofClocks();
    // Beside a very large case there is no room for a thread that only might be asked again.
    const keptMs = turns.areTaken ? 0 : undefined;
    return await sideReader.ask((reader) => reader.call("clocks.list", null), keptMs);
  }
}
