// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
/**
 * A zip archive and its entries. Nothing is unpacked to disk, and each entry is on its own: one that is encrypted,
 * damaged or made to mislead is a source that failed, beside the others.
 */
import { FailureError } from "../../../shared/failure.ts";
import {
  type ConnectorContext,
  type ContainerConnector,
  type Content,
  HEAD_BYTES,
  type Listing,
  type Place,
} from "./connector.ts";
import { type ArchiveEntry, archiveListing, budgetOf, entriesLeft } from "./support/archive.ts";
import { firstBytesOf, sizeOf } from "./support/content.ts";
import { probePath } from "./support/look.ts";
import { Window } from "./support/window.ts";
import { headOf, unreadMethod, ZipContent } from "./support/zip-content.ts";
import { END, readZipDirectory, viewOf, type ZipEntry } from "./support/zip-directory.ts";
import { findZipEntries, LOCAL, LOCAL_BYTES } from "./support/zip-recovery.ts";

/** APPNOTE.TXT 8.5.3: what a zip begins with that was once in several parts. */
const SPANNED = 0x08074b50;

const zip: ContainerConnector = {
  id: "zip",
  title: "Zip archive",
  isArchive: true,
  fallback: "last-good-answer",
  probe: (target, context) => probePath("zip", target, context),
  claims: ({ head }) => (isZip(head) ? 0.8 : 0),
  list: async (place, context) => {
    const { content } = place;
    if (content === null) throw new FailureError("not-an-archive", `${place.path} is a folder, not a zip archive.`);
    return await listing(place, content, context);
  },
};

export default zip;

function isZip(head: Uint8Array): boolean {
  if (head.byteLength < 8) return false;
  const view = viewOf(head);
  const first = view.getUint32(0, true);
  return first === LOCAL || first === END || (first === SPANNED && view.getUint32(4, true) === LOCAL);
}

async function listing(place: Place, content: Content, context: ConnectorContext): Promise<Listing> {
  const { path } = place;
  const budget = budgetOf(place);
  const connector = place.within?.connector ?? "zip";
  const most = entriesLeft(budget);
  const size = await sizeOf(content, context, connector);
  const directory =
    (await readZipDirectory(content, { size, connector, path, most }, context)) ??
    (await findZipEntries(content, { size, connector, most }, context));
  if (directory.entries.length === 0 && directory.notes.length > 0) {
    throw new FailureError(
      "damaged-archive",
      `${path}: no entry of the archive could be found. ${directory.notes.join(" ")}`,
    );
  }
  const document = documentKind(directory.entries);
  if (document !== null) return { items: [], messages: () => [document] };
  const window = new Window(content, connector);
  const sorted = directory.entries.toSorted((a, b) => a.at - b.at);
  let taken = 0;
  const entries = sorted.map((entry): ArchiveEntry => {
    const isOverlapping = entry.at < taken;
    taken = Math.max(taken, entry.at + LOCAL_BYTES + entry.nameBytes + entry.packed);
    const { name, kind, packed, size: unpacked, modified, crc } = entry;
    return {
      name,
      kind,
      packed,
      size: unpacked,
      modified,
      mark: `${crc}:${modified}`,
      open: async (entryPath, opening) => {
        refuse(entryPath, entry);
        const data = await dataOf(window, entry, entryPath, opening);
        if (isOverlapping) throw overlapping(entryPath);
        return await openEntry({ content, window, connector }, entry, { path: entryPath, data }, opening);
      },
    };
  });
  return archiveListing(place, "zip", budget, { entries, notes: () => directory.notes });
}

function refuse(path: string, { isEncrypted, method }: ZipEntry): void {
  if (isEncrypted) {
    throw new FailureError("encrypted", `${path} is encrypted; unpack it with its password first, and open that.`);
  }
  const name = unreadMethod(method);
  if (name === null) return;
  throw new FailureError(
    "unsupported-compression",
    `${path} is compressed with ${name}, which is not read; unpack it first, and open that.`,
  );
}

/** The same bytes as many entries are how a small archive unpacks to petabytes: https://www.bamsoftware.com/hacks/zipbomb/ */
const overlapping = (path: string): FailureError =>
  new FailureError(
    "decompression-bomb",
    `${path} shares its bytes with another entry, which no packer does; refused as a decompression bomb.`,
  );

/** Where the bytes begin (APPNOTE.TXT 4.3.7): behind name and extra fields, which need not be as long as in the directory. */
async function dataOf(window: Window, entry: ZipEntry, path: string, context: ConnectorContext): Promise<number> {
  const header = viewOf(await window.read(entry.at, LOCAL_BYTES, context));
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL) {
    throw new FailureError(
      "damaged-archive",
      `${path}: no entry stands at byte ${entry.at} of the archive, where its directory says; it is damaged or was cut there.`,
    );
  }
  return entry.at + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
}

/** Compressed bytes that unpack to a whole head. */
const FIRST_BYTES = 2 * HEAD_BYTES;

async function openEntry(
  { content, window, connector }: { readonly content: Content; readonly window: Window; readonly connector: string },
  entry: ZipEntry,
  { path, data }: { readonly path: string; readonly data: number },
  context: ConnectorContext,
): Promise<{ content: Content; head: Uint8Array }> {
  const own = new ZipContent(content, entry, data, path);
  const first = await window.read(data, Math.min(entry.packed, FIRST_BYTES), context);
  const head = headOf(entry.method, first) ?? (await firstBytesOf(own, context, { connector, length: HEAD_BYTES }));
  return { content: own, head: head.slice(0, HEAD_BYTES) };
}

/** Office documents and programs are zips too, and their entries no dumps; null of what is an archive. */
function documentKind(entries: readonly ZipEntry[]): string | null {
  const names = new Set(entries.map(({ name }) => name));
  if (names.has("[Content_Types].xml") || entries[0]?.name === "mimetype") {
    return "It is an Office document; export its text, as CSV for a table, and open that.";
  }
  return names.has("META-INF/MANIFEST.MF") ? "It is a Java program; unpack it to read files in it." : null;
}
