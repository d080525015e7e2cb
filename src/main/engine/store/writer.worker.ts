// The writer's thread: one open case at most, and every call of {@link WriterMethods} on it.
import { parentPort } from "node:worker_threads";
import { FailureError } from "../../../shared/failure.ts";
import { letGo } from "../threads/let-go.ts";
import { serve } from "../threads/rpc.ts";
import { unsealed } from "../threads/sealed.ts";
import type { CaseWriter } from "./case-writer.ts";
import { openCaseWriter } from "./open-case-writer.ts";
import type { BatchesTogether } from "./protocol.ts";
import type { WriterMethods } from "./writer-methods.ts";

let writer: CaseWriter | null = null;

function open(): CaseWriter {
  if (writer === null) throw new FailureError("no-case", "No case is open. Open one first.");
  return writer;
}

function close(): null {
  writer?.[Symbol.dispose]();
  writer = null;
  return null;
}

/** What is stored of records is in the case, or was refused: its memory came with the call. */
function storing<T>({ batches, packs }: BatchesTogether, store: (into: CaseWriter) => T): T {
  const into = open();
  try {
    return store(into);
  } finally {
    const columns = [...batches.flatMap(({ segments }) => segments), ...(packs?.columns ?? [])];
    const parts = [...columns.flatMap((one) => one.columns), ...batches.flatMap(({ blocks }) => blocks)];
    letGo([...parts, ...(packs?.texts ?? [])].map(({ data }) => data));
  }
}

const methods: WriterMethods = {
  open: (input) => {
    close();
    writer = openCaseWriter(input);
    return { revision: writer.revision(), backup: writer.backup, isNew: writer.isNew };
  },
  sources: () => open().sources(),
  addSource: (input) => open().addSource(input),
  addSources: (input) => open().addSources(input),
  changeSource: (input) => open().changeSource(input),
  interruptSources: (input) => open().interruptSources(input),
  clearSource: (input) => open().clearSource(input),
  commit: (batch) => storing({ batches: [batch] }, (into) => into.commit(batch)),
  commitAll: (input) => storing(input, (into) => into.commitAll(input)),
  commitReplay: (batch) => open().commitReplay(batch),
  editDeadLetter: (input) => open().editDeadLetter(input),
  discardDeadLetters: (input) => open().discardDeadLetters(input),
  importDeadLetters: (input) => open().importDeadLetters(input),
  dropOldDeadLetters: (input) => open().dropOldDeadLetters(input),
  replaceDetections: (found) => open().replaceDetections(unsealed(found)),
  createEvent: (input) => open().createEvent(input),
  updateEvent: (input) => open().updateEvent(input),
  deleteEvent: (input) => open().deleteEvent(input),
  decideTemplate: (input) => open().decideTemplate(input),
  takeBackDecision: (input) => open().takeBackDecision(input),
  keepOverview: (overview) => open().keepOverview(overview),
  copyTo: (input) => open().copyTo(input),
  close,
};

if (parentPort === null) throw new Error("writer.worker runs in a worker thread");
serve(parentPort, methods);
