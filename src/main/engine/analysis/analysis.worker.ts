/** The thread that thinks: a read-only look at the whole case, away from the import and from the window's questions. */
import { parentPort } from "node:worker_threads";
import { openCaseReader, type OpenCaseReader } from "../store/case-reader.ts";
import { serve, Transferred } from "../threads/rpc.ts";
import { seal } from "../threads/sealed.ts";
import { findSuspects } from "./find-suspects.ts";
import type { AnalysisMethods, SuspectProgress } from "./protocol.ts";
import { runDetectors } from "./run-detectors.ts";

/** Pages that are kept: nearly all are read once. */
const CACHE_KIB = 2_048;

function open(file: string): OpenCaseReader {
  const reader = openCaseReader(file);
  reader.db.pragma(`cache_size = -${CACHE_KIB}`);
  return reader;
}

const methods: AnalysisMethods = {
  run({ file, settings }, context) {
    using reader = open(file);
    const { found, failures } = runDetectors(reader, settings, () => context.checkpoint());
    const sealed = seal(found);
    return new Transferred({ found: sealed, failures }, [sealed.buffer]);
  },
  suspects({ file, windows }, context) {
    using reader = open(file);
    const revision = reader.revision();
    const progress = (done: number, what: string): void => context.emit({ done, what } satisfies SuspectProgress);
    return { revision, verdict: findSuspects(reader, windows, progress, () => context.checkpoint()) };
  },
};

if (parentPort === null) throw new Error("analysis.worker runs as a worker thread");
serve(parentPort, methods);
