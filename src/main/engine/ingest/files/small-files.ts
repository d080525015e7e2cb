/**
 * Many files in one call, by the synchronous calls of the file system: of a small file that lies in the system's cache,
 * handing each call to another thread and waiting for its answer takes many times as long as the call. A thread that may
 * wait makes them.
 */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type FileLook, HEAD_BYTES } from "../../connectors/connector.ts";
import { OPEN_FLAGS } from "../../connectors/support/special-files.ts";
import type { FilesAnswer, SmallFile } from "./protocol.ts";

export const lookAtFiles = (paths: readonly string[]): FilesAnswer<FileLook> => answerOf(paths, lookAtFile);

export function readFiles(files: readonly SmallFile[]): FilesAnswer<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(Buffer.allocUnsafeSlow(files.reduce((sum, { bytes }) => sum + bytes, 0)).buffer);
  let end = 0;
  return answerOf(files, ({ path, bytes }) => {
    const target = all.subarray(end, end + bytes);
    end += bytes;
    return isRead(path, target) ? target : null;
  });
}

function answerOf<A, T>(asked: readonly A[], one: (each: A) => T | null): FilesAnswer<T> {
  const begun = performance.now();
  const files = asked.map((each) => {
    try {
      return one(each);
    } catch {
      return null;
    }
  });
  return { files, tookMs: performance.now() - begun };
}

function lookAtFile(path: string): FileLook | null {
  const stats = statSync(path, { bigint: true });
  if (!stats.isFile()) return null;
  const { dev, ino, nlink, size, mtimeNs } = stats;
  const head = new Uint8Array(HEAD_BYTES);
  return {
    dev,
    ino,
    nlink,
    size,
    mtimeNs,
    head: head.subarray(
      0,
      opened(path, (file) => readInto(file, head)),
    ),
  };
}

/** Fills `target` with all of a file; false where the file is not that long, or changed meanwhile. */
function isRead(path: string, target: Uint8Array): boolean {
  return opened(path, (file) => {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile() || before.size !== BigInt(target.byteLength)) return false;
    if (readInto(file, target) < target.byteLength) return false;
    const after = fstatSync(file, { bigint: true });
    return after.size === before.size && after.mtimeNs === before.mtimeNs;
  });
}

function opened<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, OPEN_FLAGS);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** From the beginning; answers with how many bytes there were. */
function readInto(file: number, target: Uint8Array): number {
  let end = 0;
  while (end < target.byteLength) {
    const read = readSync(file, target, end, target.byteLength - end, end);
    if (read === 0) break;
    end += read;
  }
  return end;
}
