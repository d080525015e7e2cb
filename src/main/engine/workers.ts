/** Where the built worker threads lie: beside main and the command line, in out/main/. */
import { join } from "node:path";

export type WorkerName = "parser" | "writer" | "reader" | "analysis" | "files";

export const workerFile = (folder: string, name: WorkerName): string => join(folder, `${name}.worker.js`);
