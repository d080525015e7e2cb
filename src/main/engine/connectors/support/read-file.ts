/** The bytes of a file as it was when it was opened, in chunks that are read only when they are asked for. */
import type { BigIntStats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { FailureError } from "../../../../shared/failure.ts";
import type { Chunk, ConnectorContext } from "../connector.ts";
import { errorCode, fileFailure } from "./file-failure.ts";
import { OPEN_FLAGS, refuseSpecial } from "./special-files.ts";

/** The first chunk is small so that the first records are on the timeline before a large read has ended. */
export const FIRST_CHUNK_BYTES = 256 * 1_024;
export const CHUNK_BYTES = 1_024 * 1_024;

export interface ReadFileOptions {
  readonly connector: string;
  readonly path: string;
  readonly chunkBytes?: number;
  /** The first byte to read; 0 without it. */
  readonly from?: number;
  /** Where to stop; the end of the file without it. */
  readonly to?: number | undefined;
  /** What it must still be; fails with "replaced" otherwise. For a stretch whose place was found out before. */
  readonly expected?: FileStamp;
}
export interface FileStamp {
  readonly size: bigint;
  /** Nanoseconds since the epoch. */
  readonly modified: bigint;
}

export async function* readFileChunks(options: ReadFileOptions, context: ConnectorContext): AsyncGenerator<Chunk> {
  const { connector, path, chunkBytes = CHUNK_BYTES, from = 0, to, expected } = options;
  const attempt = async <T>(operation: string, action: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await context.run({ connector, target: path, operation }, action, context.signal);
    } catch (thrown) {
      throw fileFailure(path, thrown);
    }
  };
  let late: FileHandle | null = null;
  const opened = await attempt("open", async (signal) => {
    const file = await openFile(path, signal);
    letGo(late);
    late = file.handle;
    return file;
  }).catch((thrown: unknown) => {
    // It was opened in the moment in which it was given up.
    letGo(late);
    throw thrown;
  });
  let { handle } = opened;
  const before = opened.stats;
  let isStale = false;
  try {
    if (expected !== undefined) refuseChanged(path, expected, before);
    const size = Math.min(to ?? Infinity, Number(before.size));
    /** A handle that has gone stale stays so: the next attempt goes on with one of its own, from the same place. */
    const read = async (wanted: number, position: number, signal: AbortSignal) => {
      if (isStale) {
        const fresh = await openFile(path, signal);
        letGo(handle);
        handle = fresh.handle;
        refuseReplaced(path, before, fresh.stats);
        isStale = false;
      }
      try {
        // A read that timed out may still write into its buffer: each attempt has its own.
        const { buffer, bytesRead } = await handle.read(unwritten(wanted), 0, wanted, position);
        const isLast = to === undefined && position + bytesRead >= size;
        return { buffer, bytesRead, after: isLast ? await handle.stat({ bigint: true }) : null };
      } catch (thrown) {
        isStale = errorCode(thrown) === "ESTALE";
        throw thrown;
      }
    };
    let after: BigIntStats | null = null;
    let position = from;
    while (position < size) {
      const wanted = Math.min(
        position === from ? Math.min(FIRST_CHUNK_BYTES, chunkBytes) : chunkBytes,
        size - position,
      );
      const answer = await attempt("read", (signal) => read(wanted, position, signal));
      const { buffer: bytes, bytesRead } = answer;
      after = answer.after;
      if (bytesRead === 0) {
        context.say(`The file was cut to ${position} of ${size} bytes while it was read; what was there is kept.`);
        return;
      }
      position += bytesRead;
      yield { bytes: bytesRead === wanted ? bytes : bytes.slice(0, bytesRead), bytesRead: position };
    }
    if (to !== undefined) return;
    after ??= await attempt("read", () => handle.stat({ bigint: true }));
    if (after.size > before.size) {
      context.say(
        `The file grew by ${after.size - before.size} bytes while it was read; add it again to read the rest.`,
      );
    } else if (after.mtimeNs !== before.mtimeNs) {
      context.say("The file was changed while it was read; add it again to read what it is now.");
    }
  } finally {
    letGo(handle);
  }
}

/** Not waited for: on a mount that hangs it would never end, and letting go is never refused. */
const letGo = (handle: FileHandle | null): void => void handle?.close().catch(() => {});

/** Memory that is read into at once: it need not be cleared first. What is not read is cut off before anybody sees it. */
const unwritten = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer);

interface OpenFile {
  readonly handle: FileHandle;
  /** As it was opened. */
  readonly stats: BigIntStats;
}

async function openFile(path: string, signal: AbortSignal): Promise<OpenFile> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const stats = await handle.stat({ bigint: true });
    // Whoever asked has left: nobody else would close it.
    signal.throwIfAborted();
    refuseSpecial(path, stats);
    return { handle, stats };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** Where things lay in it is known of the file as it was. */
function refuseChanged(path: string, expected: FileStamp, now: BigIntStats): void {
  if (now.size === expected.size && now.mtimeNs === expected.modified) return;
  throw new FailureError("replaced", `${path} was changed after it was listed; add it again to read what it is now.`);
}

/** Half of one file and half of another is neither: after a remount it must be the same one, or just as it was. */
function refuseReplaced(path: string, before: BigIntStats, now: BigIntStats): void {
  const isSame = now.ino === before.ino && now.size >= before.size;
  if (isSame || (now.size === before.size && now.mtimeNs === before.mtimeNs)) return;
  throw new FailureError(
    "replaced",
    `${path}: its mount went stale, and another file lies there now; what was read before is kept. Add it again.`,
  );
}
