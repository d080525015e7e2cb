/** The thread that thinks: a read-only look at the whole case, away from the import and from the window's questions. */
import { parentPort } from "node:worker_threads";
import { openCaseReader } from "../store/case-reader.ts";
import { serve } from "../threads/rpc.ts";
import type { AnalysisMethods } from "./protocol.ts";
import { runDetectors } from "./run-detectors.ts";

const methods: AnalysisMethods = {
  run({ file, settings }, context) {
    using reader = openCaseReader(file);
    return runDetectors(reader, settings, () => context.checkpoint());
  },
};

if (parentPort === null) throw new Error("analysis.worker runs as a worker thread");
serve(parentPort, methods);
