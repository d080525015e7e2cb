// The reader's thread: one case, opened read-only, and every call of {@link ReaderMethods} on it.
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { formatById } from "../formats/registry.ts";
import { openCaseReader } from "../store/case-reader.ts";
import { serve } from "../threads/rpc.ts";
import { caseTables } from "./case-tables.ts";
import { OpenCase } from "./open-case.ts";
import { readerMethods } from "./reader-methods.ts";

const scannerFile = join(import.meta.dirname, "scanner.worker.js");

if (parentPort === null) throw new Error("reader.worker runs in a worker thread");
serve(
  parentPort,
  readerMethods((file) => {
    const reader = openCaseReader(file);
    return new OpenCase(file, reader, caseTables(reader.db), formatById, scannerFile);
  }),
);
