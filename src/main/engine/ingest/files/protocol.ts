/** What crosses between an import and the thread that looks at files and reads them many at a time. */
import type { FileLook } from "../../connectors/connector.ts";
import type { CallContext } from "../../threads/rpc.ts";

/** What the thread is told when it is made. */
export interface FilesThreadStart {
  /** Whether it stands behind the threads of a window. */
  readonly yields: boolean;
}

export interface SmallFile {
  readonly path: string;
  /** That it had when it was looked at. */
  readonly bytes: number;
}

/** One of several. Null is whatever is not as it should be: asked for by itself, it says what is wrong. */
export interface FilesAnswer<T> {
  readonly files: readonly (T | null)[];
  /** Time that the calls of the file system took, in milliseconds. */
  readonly tookMs: number;
}

/** Served by `files.worker.ts`. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is no map of methods by name
export type FilesMethods = {
  look(paths: readonly string[], context: CallContext): FilesAnswer<FileLook>;
  /** The bytes of files that are as long as they were, and did not change while they were read: views of one buffer. */
  read(files: readonly SmallFile[], context: CallContext): FilesAnswer<Uint8Array<ArrayBuffer>>;
};
