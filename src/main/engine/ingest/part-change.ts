/** What a part of a source changes on its row. */
import type { SourceState } from "../../../shared/model/source.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { SourceChange } from "../store/protocol.ts";
import type { ParsedPart } from "./protocol.ts";
import { endMessages } from "./source-ending.ts";
import type { SourceLedger } from "./source-ledger.ts";

export interface ReadSoFar {
  /** With the part. */
  readonly ledger: SourceLedger;
  /** What the connector said. */
  readonly said: readonly string[];
  /** Bytes on disk. */
  readonly bytesRead: number;
}

export function partChange({ recognition }: ParsedPart, { ledger, said, bytesRead }: ReadSoFar): SourceChange {
  const { format, formatVersion, confidence, tried } = recognition ?? {};
  return {
    ...(recognition === null ? {} : { format, formatVersion, confidence, tried }),
    accounting: ledger.accounting,
    tests: ledger.tests ?? undefined,
    bytesRead,
    messages: [...said, ...ledger.messages],
  };
}

/** `bytes` are those that the source was said to have on disk; 0 where nobody knew. */
export function endChange(
  state: SourceState,
  failure: Failure | null,
  bytes: number,
  { ledger, said, bytesRead }: ReadSoFar,
): SourceChange {
  return {
    state,
    messages: endMessages(state, [...said, ...ledger.messages], failure),
    bytesRead,
    // A process tells its size only at the end.
    bytes: bytes === 0 && bytesRead > 0 ? bytesRead : undefined,
  };
}

/** The state of a source that was read to its end: `format` is undefined where nothing was there to be recognised. */
export function endState(format: string | null | undefined): SourceState {
  if (format === null) return "not-recognised";
  return format === undefined ? "empty" : "done";
}
