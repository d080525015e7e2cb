import type { Failure } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import type { GivenWindows } from "../suspects/onset.ts";
import type { Verdict } from "../suspects/signals.ts";
import type { DetectionSet } from "../store/protocol.ts";
import type { CallContext, Transferred } from "../threads/rpc.ts";
import type { Sealed } from "../threads/sealed.ts";

/** Served by `analysis.worker.ts`. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- a type literal satisfies the index signature of Methods
export type AnalysisMethods = {
  /** Reads the case as it is stored now and tells everything the detectors find in it. Can be cancelled. */
  run(input: { file: string; settings: Settings }, context: CallContext): Transferred<SealedPass>;
  /**
   * What is to blame, by the case as it is stored now. Can be cancelled; emits {@link SuspectProgress}.
   */
  suspects(input: { file: string; windows: GivenWindows }, context: CallContext): RevisedVerdict;
};

/** A pass whose findings go to the writer unread. */
export interface SealedPass {
  readonly found: Sealed<DetectionSet>;
  readonly failures: readonly Failure[];
}

export interface RevisedVerdict {
  /** Of the case when it was searched. Notes and events make revisions too; only records change the answer. */
  readonly revision: number;
  readonly verdict: Verdict;
}

export interface SuspectProgress {
  /** 0–1. */
  readonly done: number;
  readonly what: string;
}
