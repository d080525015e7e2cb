/** What the thread that writes a case can be asked. */
import type { IncidentEvent, NewEvent } from "../../../shared/model/event.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { DecisionKind, TemplateDecision } from "../../../shared/model/template.ts";
import type { CallContext } from "../threads/rpc.ts";
import type { Sealed } from "../threads/sealed.ts";
import type { DeadLetterWrites } from "./dead-letters/protocol.ts";
import type { EncodedOverview } from "./overview.ts";
import type { AddedSource, Batch, BatchesTogether, DetectionSet, NewSource, SourceChange } from "./protocol.ts";

/** Served by `writer.worker.ts`. Every method is one transaction, and answers with the case's new revision where it changes it. */
export type WriterMethods = DeadLetterWrites & {
  /** Fails with "not-a-case", "newer-case", "damaged-case" or "unreadable", and leaves the file untouched then. */
  open(
    input: { file: string; create: boolean; title: string },
    context: CallContext,
  ): { revision: number; backup: string | null; isNew: boolean };
  /** As the transactions so far left them. */
  sources(input: null, context: CallContext): readonly Source[];
  /**
   * A path that is there already keeps its source: `unchanged` when it has the same identity and was read to its end
   * ("done", "empty", "not-recognised"); otherwise it is cleared and takes the new identity, bytes, connector and zone.
   */
  addSource(input: NewSource, context: CallContext): AddedSource & { revision: number };
  /** The same for many, in one transaction; `added` is in the order of the input. */
  addSources(input: readonly NewSource[], context: CallContext): { added: readonly AddedSource[]; revision: number };
  changeSource(input: { sourceId: number; change: SourceChange }, context: CallContext): { revision: number };
  /** Sources that an ended process left half read are "cancelled" from now on, and say why. */
  interruptSources(input: { message: string }, context: CallContext): { interrupted: number; revision: number };
  /** Everything of a source goes; the source row stays, in state "waiting", with nothing read. */
  clearSource(input: { sourceId: number }, context: CallContext): { revision: number };
  commit(batch: Batch, context: CallContext): { revision: number };
  /** The same for parts of several sources, with what they share, in one transaction: all of them, or none. */
  commitAll(input: BatchesTogether, context: CallContext): { revision: number };
  /** Replaces what detectors found before; events of people (MANUAL) and their changes stay. */
  replaceDetections(input: Sealed<DetectionSet>, context: CallContext): { revision: number };
  createEvent(input: { event: NewEvent }, context: CallContext): { event: IncidentEvent; revision: number };
  updateEvent(
    input: { id: number; change: Partial<NewEvent> },
    context: CallContext,
  ): { event: IncidentEvent; revision: number };
  deleteEvent(input: { id: number }, context: CallContext): { revision: number };
  decideTemplate(input: { decision: TemplateDecision }, context: CallContext): { revision: number };
  takeBackDecision(input: { kind: DecisionKind; id: string }, context: CallContext): { revision: number };
  /** No change of what the case holds: the revision stays. */
  keepOverview(input: EncodedOverview, context: CallContext): null;
  copyTo(input: { file: string }, context: CallContext): null;
  close(input: null, context: CallContext): null;
};
