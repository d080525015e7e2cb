/** What the connectors of archives share: which entries are sources, how they are called, and where their limits lie. */
import { FailureError } from "../../../../shared/failure.ts";
import type { ArchiveBudget, ConnectorContext, Content, ListedItem, Listing, Place } from "../connector.ts";
import { unwrapped } from "./codecs.ts";
import { EntryNames, entryPath } from "./entry-path.ts";
import { Omissions, type OmissionReason } from "./omissions.ts";
import { BOMB_BYTES, BOMB_RATIO } from "./unpack.ts";

/** Of all archives in one. Each is a row that people look at, and some hundred bytes until it is read. */
const MOST_ENTRIES = 250_000;
/** An archive in an archive in an archive is opened; what lies in that one as an archive is not. */
export const MOST_DEPTH = 3;

export interface ArchiveEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "special";
  /** On disk, as far as the archive tells. */
  readonly packed: number;
  /** Unpacked; null when the archive does not tell, or it is not packed. */
  readonly size: number | null;
  /** Milliseconds since the epoch, at the latest; null when it does not tell. */
  readonly modified: number | null;
  /** What tells it from what it was before, beside its sizes. */
  readonly mark: string;
  /** Its bytes, and the first of them; fails with why they cannot be read. */
  open(path: string, context: ConnectorContext): Promise<{ readonly content: Content; readonly head: Uint8Array }>;
}

/** The budget of the outermost archive that a place lies in, or is. */
export const budgetOf = (place: Place): ArchiveBudget =>
  place.within?.budget ?? { bytes: place.bytes, entries: 0, unpacked: 0 };

/** Entries that are still listed. */
export const entriesLeft = ({ entries }: ArchiveBudget): number => Math.max(0, MOST_ENTRIES - entries);

export interface ArchiveEntries {
  readonly entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>;
  /** What is to be said of the archive: all of it once all entries were taken. */
  notes(): readonly string[];
}

/** Files are items, in the order of the entries; the rest is left out, and said. */
export function archiveListing(
  place: Place,
  connector: string,
  budget: ArchiveBudget,
  listed: ArchiveEntries,
): Listing {
  const omissions = new Omissions();
  const names = new EntryNames();
  let items = 0;
  async function* sources(): AsyncGenerator<ListedItem> {
    for await (const entry of listed.entries) {
      budget.entries += 1;
      if (entry.kind === "folder") continue;
      const name = names.of(entry.name);
      const reason = omissionOf(entry);
      if (reason !== null) omissions.add(reason, name);
      else {
        items += 1;
        yield itemOf(place, entry, { name, connector, budget });
      }
    }
  }
  const messages = (): readonly string[] => {
    const notes = listed.notes();
    const said = [...notes, ...omissions.messages()];
    return items > 0 || notes.length > 0 ? said : ["The archive holds no file that could be read.", ...said];
  };
  return { items: sources(), messages };
}

function itemOf(
  place: Place,
  entry: ArchiveEntry,
  { name, connector, budget }: { name: string; connector: string; budget: ArchiveBudget },
): ListedItem {
  const path = entryPath(place.path, name);
  const within = {
    connector: place.within?.connector ?? connector,
    depth: (place.within?.depth ?? 0) + 1,
    budget,
  };
  const { packed, size, modified, mark } = entry;
  budget.unpacked += size ?? 0;
  const isTooMuch = budget.unpacked > Math.max(BOMB_BYTES, budget.bytes * BOMB_RATIO);
  const look = async (context: ConnectorContext): Promise<Place> => {
    if (isTooMuch) throw tooMuch(path, budget);
    const opened = await entry.open(path, context);
    return {
      ...(await unwrapped(path, opened, within.connector, context)),
      path,
      realPath: entryPath(place.realPath, name),
      inode: null,
      kind: "file",
      bytes: packed,
      identity: `${packed}:${size}:${mark}`,
      modified: earlier(modified, place.modified),
      within,
      names: [],
    };
  };
  return { path, entry: { connector: within.connector, look } };
}

const tooMuch = (path: string, { bytes }: ArchiveBudget): FailureError =>
  new FailureError(
    "decompression-bomb",
    `${path}: with it, the archive would unpack to more than ${BOMB_RATIO} times its ${bytes} bytes; refused as a decompression bomb.`,
  );

/** An entry is not younger than its archive. */
const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** A folder of git's own, whether a work tree lies around it or not: "repo/.git/config", "repo.git/HEAD". */
const REPOSITORY = /(?:^|\/)[^/]*\.git\//u;

function omissionOf({ name, kind }: ArchiveEntry): OmissionReason | null {
  if (kind === "link" || kind === "special") return kind;
  const parts = name.split("/");
  if (parts.includes("__MACOSX") || parts.at(-1) === ".DS_Store") return "macos";
  if (REPOSITORY.test(name)) return "repository";
  return parts.some((part) => part.startsWith(".") && part !== "." && part !== "..") ? "hidden" : null;
}
