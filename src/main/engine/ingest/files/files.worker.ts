/** The thread that looks at small files and reads them. A mount that hangs holds up nothing but this. */
import { parentPort, workerData } from "node:worker_threads";
import { yieldToWindow } from "../../threads/priority.ts";
import { serve, Transferred } from "../../threads/rpc.ts";
import type { FilesMethods, FilesThreadStart, SmallFile } from "./protocol.ts";
import { lookAtFiles, readFiles } from "./small-files.ts";

if (parentPort === null) throw new Error("files.worker runs as a worker thread");
if ((workerData as FilesThreadStart).yields) yieldToWindow();
const methods: Omit<FilesMethods, "read"> & Record<"read", (files: readonly SmallFile[]) => unknown> = {
  look: lookAtFiles,
  read(files) {
    const answer = readFiles(files);
    const some = answer.files.find((bytes) => bytes !== null);
    return new Transferred(answer, some === undefined ? [] : [some.buffer]);
  },
};
serve(parentPort, methods);
