/** From the paths a person gave to the things that can be read: each once, in a stable order, with what was left out. */
import { resolve } from "node:path";
import { asFailure, FailureError, type Failure } from "../../../shared/failure.ts";
import type { AddressConnector, ConnectorContext, FileLook, ListedItem, Opening, Place } from "./connector.ts";
import { connectorFor, connectorForAddress, placeConnector } from "./registry.ts";
import { withoutSecrets } from "./support/address.ts";
import { MOST_DEPTH } from "./support/archive.ts";
import { archivesIn, leadsTo } from "./support/entry-path.ts";
import { fileFailure } from "./support/file-failure.ts";
import { isThere, lookAt } from "./support/look.ts";
import { lookedAhead } from "./support/look-ahead.ts";
import { recentItems } from "./support/recent-listing.ts";
import { asUtf8 } from "./support/utf16.ts";

export type Located =
  | { readonly type: "source"; readonly connector: string; readonly opening: Opening }
  /** A folder or an archive of which something was left out, or another name of what is read already. */
  | { readonly type: "note"; readonly connector: string; readonly path: string; readonly messages: readonly string[] }
  | { readonly type: "failure"; readonly connector: string; readonly path: string; readonly failure: Failure };

export async function* locate(paths: readonly string[], context: ConnectorContext): AsyncGenerator<Located> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const connector = connectorForAddress(path);
    if (connector === null) yield* locatePath(path, seen, context);
    else yield* locateAddress(path, connector, seen, context);
  }
}

/** A path on disk, or that of an entry of an archive. */
async function* locatePath(
  given: string,
  seen: Map<string, string>,
  context: ConnectorContext,
): AsyncGenerator<Located> {
  const archive = await archiveOf(given, context);
  if (archive === null) {
    yield* locateOne({ path: resolve(given) }, { seen, context, wanted: null });
    return;
  }
  // What an entry is called is no path on disk: ".." in it leads nowhere.
  const path = resolve(archive);
  const wanted = path + given.slice(archive.length);
  let isFound = false;
  for await (const located of locateOne({ path }, { seen, context, wanted })) {
    isFound ||= located.type !== "note";
    yield located;
  }
  if (isFound) return;
  const failure = { reason: "not-found", message: `${wanted}: there is no such entry in the archive.` };
  yield { type: "failure", connector: "file", path: wanted, failure };
}

/** The part of a path that is an archive on disk; null of one that lies on disk itself. */
async function archiveOf(path: string, context: ConnectorContext): Promise<string | null> {
  const candidates = archivesIn(path);
  if (candidates.length === 0) return null;
  const isPlain = !path.split(/[/\\]/u).includes("..");
  if (isPlain && (await isThere(resolve(path), context)) !== null) return null;
  for (const candidate of candidates) {
    if ((await isThere(resolve(candidate), context)) === "file") return candidate;
  }
  return null;
}

async function* locateAddress(
  address: string,
  connector: AddressConnector,
  seen: Map<string, string>,
  context: ConnectorContext,
): AsyncGenerator<Located> {
  try {
    const opening = await connector.openAddress(address, context);
    const key = `${connector.id}:${opening.path}`;
    if (seen.has(key)) return;
    seen.set(key, opening.path);
    yield { type: "source", connector: connector.id, opening };
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    const path = withoutSecrets(address);
    yield { type: "failure", connector: connector.id, path, failure: asFailure(thrown) };
  }
}

interface Search {
  readonly seen: Map<string, string>;
  readonly context: ConnectorContext;
  /** The one entry that is looked for; null for all. */
  readonly wanted: string | null;
}

async function* locateOne(item: ListedItem, search: Search, look: FileLook | null = null): AsyncGenerator<Located> {
  const { path } = item;
  const { seen, context, wanted } = search;
  let connectorId = item.entry?.connector ?? item.connector ?? "file";
  try {
    const place = await (item.entry === undefined
      ? lookAt(path, context, { realPath: item.realPath, look })
      : item.entry.look(context));
    const connector = item.connector === undefined ? connectorFor(place) : placeConnector(item.connector);
    if (connector === null) throw new Error(`no connector opens ${path}`);
    connectorId = place.within?.connector ?? connector.id;
    const key = `${connector.id}:${place.inode ?? place.realPath}`;
    const first = seen.get(key);
    if (first !== undefined && wanted === null) {
      const messages = [`This is ${first} under another name; it is read once.`];
      if (first !== path) yield { type: "note", connector: connector.id, path, messages };
      return;
    }
    seen.set(key, path);
    if ("open" in connector) {
      yield { type: "source", connector: connectorId, opening: asUtf8(await connector.open(place, context)) };
      return;
    }
    if (connector.isArchive) refuseDepth(place);
    if (wanted !== null) {
      const items = await recentItems(place, () => connector.list(place, context));
      for (const child of items) if (leadsTo(child.path, wanted)) yield* locateOne(child, search);
      return;
    }
    const listing = await connector.list(place, context);
    for await (const child of lookedAhead(listing.items, path, context))
      yield* locateOne(child.item, search, child.look);
    const messages = listing.messages();
    if (messages.length > 0) yield { type: "note", connector: connectorId, path, messages };
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    yield { type: "failure", connector: connectorId, path, failure: asFailure(fileFailure(path, thrown)) };
  }
}

function refuseDepth({ path, within }: Place): void {
  if (within === null || within.depth < MOST_DEPTH) return;
  throw new FailureError(
    "nested-too-deep",
    `${path} is an archive within ${MOST_DEPTH} others, which is as deep as archives are opened; unpack it, and open that.`,
  );
}
