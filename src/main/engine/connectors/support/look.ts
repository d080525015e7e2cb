/** Looks at a path before anything is read of it: what it is, where it really lies, how it begins. */
import { open, readdir, realpath, stat } from "node:fs/promises";
import { HEAD_BYTES, type ConnectorContext, type FileLook, type Place } from "../connector.ts";
import { unwrapped } from "./codecs.ts";
import { FileContent } from "./content.ts";
import { fileFailure } from "./file-failure.ts";
import { OPEN_FLAGS, refuseSpecial } from "./special-files.ts";

/** Whether a path can be looked at and, of a file, its first bytes be read. */
export async function probePath(connector: string, path: string, { run, signal }: ConnectorContext): Promise<string> {
  try {
    const { kind, bytes } = await run({ connector, target: path, operation: "open" }, () => look(path), signal);
    return kind === "folder" ? "The folder can be read." : `The file can be read; it has ${bytes} bytes.`;
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

/** What is known of a path spares asking for it. */
export interface KnownOfPath {
  readonly realPath?: string | undefined;
  /** Of a file at its real path. */
  readonly look?: FileLook | null;
}

export async function lookAt(path: string, context: ConnectorContext, known: KnownOfPath = {}): Promise<Place> {
  const { run, signal } = context;
  const { realPath, look: looked = null } = known;
  try {
    const call = { connector: "file", target: path, operation: "open" };
    const place =
      looked !== null && realPath !== undefined
        ? filePlace(path, realPath, looked)
        : await run(call, () => look(path, realPath), signal);
    const { content, head } = place;
    return content === null ? place : { ...place, ...(await unwrapped(path, { content, head }, "file", context)) };
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

/** Whether something lies at a path on disk. */
export async function isThere(path: string, { run, signal }: ConnectorContext): Promise<"file" | "folder" | null> {
  try {
    const stats = await run({ connector: "file", target: path, operation: "open" }, () => stat(path), signal);
    return stats.isDirectory() ? "folder" : "file";
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

async function look(path: string, knownRealPath?: string): Promise<Place> {
  const realPath = knownRealPath ?? (await realpath(path));
  const stats = await stat(path, { bigint: true });
  if (stats.isDirectory()) {
    const names = (await readdir(path)).toSorted(byCodeUnit);
    const bare = { kind: "folder", bytes: 0, content: null, head: new Uint8Array(0), inode: null } as const;
    return { ...commonPlace(path, realPath, { size: 0n, mtimeNs: stats.mtimeNs }), ...bare, names };
  }
  refuseSpecial(path, stats);
  const { dev, ino, nlink, size, mtimeNs } = stats;
  return filePlace(path, realPath, { dev, ino, nlink, size, mtimeNs, head: await readHead(path) });
}

function filePlace(path: string, realPath: string, { dev, ino, nlink, size, mtimeNs, head }: FileLook): Place {
  const inode = nlink > 1n && ino > 0n ? `${dev}:${ino}` : null;
  const content = new FileContent(path, { size, modified: mtimeNs });
  const common = commonPlace(path, realPath, { size, mtimeNs });
  return { ...common, kind: "file", bytes: content.size, content, head, inode, names: [] };
}

const commonPlace = (path: string, realPath: string, { size, mtimeNs }: Pick<FileLook, "size" | "mtimeNs">) => ({
  path,
  realPath,
  identity: `${size}:${mtimeNs}`,
  modified: Number(mtimeNs / 1_000_000n),
  wrapping: [],
  within: null,
});

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

/** The same order on every machine, whatever its locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
