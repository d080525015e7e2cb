/**
 * A connector says how the bytes of a source are fetched. One file, one default export; `registry.ts` finds it.
 * Whatever it calls outside goes through the `run` it is handed, so that one place decides on retry, limits and breakers.
 */
import type { Run } from "../../../shared/run.ts";

/** Bytes that can be read, wherever they lie: a file on disk, a stretch of one, or what one of these unpacks to. */
export interface Content {
  /** Null when it is not known before they are read. */
  readonly size: number | null;
  /** Bytes of it in order; fewer where it ends early. Fails with a FailureError. */
  chunks(context: ConnectorContext, range: ContentRange): AsyncGenerator<Chunk>;
  /** Not null where bytes are reached only through all before them: whoever reads several of these reads them in order. */
  readonly order: object | null;
  /** The {@link order} of stretches of it. */
  readonly orderOfParts: object | null;
}
export interface ContentRange {
  /** Id of the connector that asks: its calls count for it. */
  readonly connector: string;
  readonly from?: number;
  /** Where to stop; the end without it. */
  readonly to?: number;
}

/** What was looked at, on disk or in an archive: enough to choose the connector that opens it. */
export interface Place {
  /** Absolute, as the person reached it; links in it are kept. An entry's goes on behind its archive's. */
  readonly path: string;
  /** Where it really lies, with every link resolved: the same for the same thing. */
  readonly realPath: string;
  /** The same for all names of one file: its hard links. Null where it has but one. */
  readonly inode: string | null;
  readonly kind: "file" | "folder";
  /** Size on disk of a file, compressed as it is; 0 for a folder. */
  readonly bytes: number;
  /** The same as long as nothing changed. */
  readonly identity: string;
  /** Milliseconds since the epoch: nothing in it is younger. Null when that is not known. */
  readonly modified: number | null;
  /** What a file holds, out of its {@link wrapping}; null for a folder. */
  readonly content: Content | null;
  /** Compressions around a file's content, outermost first: ["gzip"] of "app.log.gz". */
  readonly wrapping: readonly string[];
  /** First bytes of the content, at most {@link HEAD_BYTES}; empty for a folder. */
  readonly head: Uint8Array;
  /** The archives that it lies in; null on disk. */
  readonly within: Archives | null;
  /** Names in a folder, sorted; empty for a file. */
  readonly names: readonly string[];
}

/** Bytes that are enough to see what a file is: the first header of a tar archive, which is the longest, has 512. */
export const HEAD_BYTES = 512;

/** The archives around an entry, seen as one. */
export interface Archives {
  /** Id of the connector of the outermost one: whatever is read of it counts for that. */
  readonly connector: string;
  /** Archives around it. */
  readonly depth: number;
  /** What all archives in the outermost one hold, counted while they are listed. */
  readonly budget: ArchiveBudget;
}
export interface ArchiveBudget {
  /** Bytes on disk of the outermost archive. */
  readonly bytes: number;
  entries: number;
  /** Bytes that the entries unpack to, as far as their archives tell. */
  unpacked: number;
}

/** What the system says of a file, as `fs.BigIntStats` names it, and its first bytes, at most {@link HEAD_BYTES}. */
export interface FileLook {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly head: Uint8Array;
}

export interface ConnectorContext {
  readonly run: Run;
  readonly signal: AbortSignal;
  /**
   * Looks at many files in one call, in an action that `run` is handed; null of one that has to be looked at by itself.
   * Absent where nobody offers that.
   */
  readonly lookAtFiles?: (paths: readonly string[], signal: AbortSignal) => Promise<readonly (FileLook | null)[]>;
  /** Something a person should know of what is opened, in a sentence; it lands on the source. */
  say(message: string): void;
}

/** A stretch of a source's decoded stream. Its buffer belongs to whoever receives it. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes on disk that were read up to the end of this chunk. */
  readonly bytesRead: number;
}

/** One thing that can be read. */
export interface Opening {
  /** As it is shown and remembered. */
  readonly path: string;
  /** Bytes on disk; 0 when that is not known before reading. */
  readonly bytes: number;
  /** The same as long as nothing changed. */
  readonly identity: string;
  /** Milliseconds since the epoch of the last change: nothing in it is younger. Null when that is not known. */
  readonly modified: number | null;
  /** Name of the format that the connector itself produces; null when it has to be recognised. */
  readonly format: string | null;
  /** Sources that share it lie in one compressed stream: they are read one at a time, in the order they were found. */
  readonly series?: object | null;
  /** Whether its bytes are those of the file at its path, as they lie there: it may be read together with others. */
  readonly isPlainFile?: boolean;
  /** Fails with a FailureError; ends early, with a message, where a stream is cut. */
  chunks(context: ConnectorContext): AsyncIterable<Chunk>;
}

/** What a folder or an archive holds. */
export interface Listing {
  /** In the order in which they are best read; of a stream, while it is read. */
  readonly items: Iterable<ListedItem> | AsyncIterable<ListedItem>;
  /** What was left out, and why: all of it once all items were taken. */
  messages(): readonly string[];
}
export interface ListedItem {
  readonly path: string;
  /** Id of the connector that is to open it; absent when its content decides. */
  readonly connector?: string;
  /** Where it really lies, if whoever lists it knows. */
  readonly realPath?: string;
  /** Of an entry of an archive; without it, the path is one on disk. */
  readonly entry?: {
    /** Id of the connector of the outermost archive. */
    readonly connector: string;
    /** Fails with a FailureError where it cannot be read. */
    look(context: ConnectorContext): Promise<Place>;
  };
}

interface ConnectorBase {
  /** Lower-case with hyphens: "file". */
  readonly id: string;
  readonly title: string;
  /** What stands in where a source that was read before cannot be fetched again: what the case holds of it, or nothing. */
  readonly fallback: "last-good-answer" | { readonly none: string };
  /** Asks a target for something harmless, to see whether it answers; resolves to what came of it, in a sentence. */
  probe(target: string, context: ConnectorContext): Promise<string>;
}
interface PlaceConnectorBase extends ConnectorBase {
  /** 0–1: whether this connector is the one for a place; 0 for "not mine". */
  claims(place: Place): number;
}
/** Gives one stream of bytes. */
export interface StreamConnector extends PlaceConnectorBase {
  open(place: Place, context: ConnectorContext): Promise<Opening>;
}
/** Gives more places. */
export interface ContainerConnector extends PlaceConnectorBase {
  /** Whether it lists archives, which may lie in each other. */
  readonly isArchive?: true;
  list(place: Place, context: ConnectorContext): Promise<Listing>;
}
/** Gives one stream of bytes from an address that is no path: "prometheus:http://…". */
export interface AddressConnector extends ConnectorBase {
  /** What its addresses begin with, before a colon. */
  readonly scheme: string;
  /** Fails with a FailureError that names nothing secret of the address. */
  openAddress(address: string, context: ConnectorContext): Promise<Opening>;
}
export type PlaceConnector = StreamConnector | ContainerConnector;
export type Connector = PlaceConnector | AddressConnector;
