/**
 * A connector says how the bytes of a source are fetched. One file, one default export; `registry.ts` finds it.
 * Whatever it calls outside goes through the `run` it is handed, so that one place decides on retry, limits and breakers.
 */
import type { Run } from "../../../shared/run.ts";

/** A path that was looked at: enough to choose the connector that opens it. */
export interface Place {
  /** Absolute, as the person reached it; links in it are kept. */
  readonly path: string;
  /** Where it really lies, with every link resolved: the same for the same thing. */
  readonly realPath: string;
  /** The same for all names of one file: its hard links. Null where it has but one. */
  readonly inode: string | null;
  readonly kind: "file" | "folder";
  /** Size on disk of a file; 0 for a folder. */
  readonly bytes: number;
  /** Nanoseconds since the epoch. */
  readonly modified: bigint;
  /** First bytes of a file, at most {@link HEAD_BYTES}; empty for a folder. */
  readonly head: Uint8Array;
  /** Names in a folder, sorted; empty for a file. */
  readonly names: readonly string[];
}

/** Bytes that are enough to see what a file is wrapped in. */
export const HEAD_BYTES = 512;

export interface ConnectorContext {
  readonly run: Run;
  readonly signal: AbortSignal;
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
  /** Fails with a FailureError; ends early, with a message, where a stream is cut. */
  chunks(context: ConnectorContext): AsyncIterable<Chunk>;
}

/** What a folder-like place holds. */
export interface Listing {
  readonly items: readonly ListedItem[];
  /** What was left out, and why. */
  readonly messages: readonly string[];
}
export interface ListedItem {
  readonly path: string;
  /** Id of the connector that is to open it; absent when its content decides. */
  readonly connector?: string;
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
