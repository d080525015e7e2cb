/** Looks at a path before anything is read of it: what it is, where it really lies, how it begins. */
import { constants, type BigIntStats } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { FailureError } from "../../../../shared/failure.ts";
import { HEAD_BYTES, type ConnectorContext, type Place } from "../connector.ts";
import { fileFailure } from "./file-failure.ts";

/** Without O_NONBLOCK the open of a pipe that nobody writes to would never return. */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Whether a path can be looked at and, of a file, its first bytes be read. */
export async function probePath(connector: string, path: string, { run, signal }: ConnectorContext): Promise<string> {
  try {
    const { kind, bytes } = await run({ connector, target: path, operation: "open" }, () => look(path), signal);
    return kind === "folder" ? "The folder can be read." : `The file can be read; it has ${bytes} bytes.`;
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

export async function lookAt(path: string, { run, signal }: ConnectorContext): Promise<Place> {
  try {
    return await run({ connector: "file", target: path, operation: "open" }, () => look(path), signal);
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

async function look(path: string): Promise<Place> {
  const realPath = await realpath(path);
  const stats = await stat(path, { bigint: true });
  const inode = stats.isFile() && stats.nlink > 1n && stats.ino > 0n ? `${stats.dev}:${stats.ino}` : null;
  const common = { path, realPath, inode, modified: stats.mtimeNs };
  if (stats.isDirectory()) {
    const names = (await readdir(path)).toSorted(byCodeUnit);
    return { ...common, kind: "folder", bytes: 0, head: new Uint8Array(0), names };
  }
  refuseSpecial(path, stats);
  return { ...common, kind: "file", bytes: Number(stats.size), head: await readHead(path), names: [] };
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Sockets, pipes and devices have no end and no beginning: reading them can hang or change something. */
export function refuseSpecial(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  const what = stats.isSocket()
    ? "a socket"
    : stats.isFIFO()
      ? "a named pipe"
      : stats.isCharacterDevice() || stats.isBlockDevice()
        ? "a device"
        : stats.isDirectory()
          ? "a folder"
          : "neither a file nor a folder";
  throw new FailureError(
    "not-a-file",
    `${path} is ${what}; only files and folders can be read. Save its content to a file and open that.`,
  );
}

/** The same as long as a file has neither another size nor another time of change. */
export const fileIdentity = (place: Place): string => `${place.bytes}:${place.modified}`;

/** The same order on every machine, whatever its locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
