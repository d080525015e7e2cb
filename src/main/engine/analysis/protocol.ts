import type { Settings } from "../../../shared/settings.ts";
import type { CallContext } from "../threads/rpc.ts";
import type { Pass } from "./run-detectors.ts";

/** Served by `analysis.worker.ts`. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- a type literal satisfies the index signature of Methods
export type AnalysisMethods = {
  /** Reads the case as it is stored now and tells everything the detectors find in it. Can be cancelled. */
  run(input: { file: string; settings: Settings }, context: CallContext): Pass;
};
