/** From the paths a person gave to the things that can be read: each once, in a stable order, with what was left out. */
import { resolve } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { asFailure } from "../../../shared/failure.ts";
import type { AddressConnector, ConnectorContext, ListedItem, Opening } from "./connector.ts";
import { connectorFor, connectorForAddress, placeConnector } from "./registry.ts";
import { withoutSecrets } from "./support/address.ts";
import { fileFailure } from "./support/file-failure.ts";
import { lookAt } from "./support/look.ts";
import { asUtf8 } from "./support/utf16.ts";

export type Located =
  | { readonly type: "source"; readonly connector: string; readonly opening: Opening }
  /** A folder whose walk left something out, or another name of what is read already. */
  | { readonly type: "note"; readonly connector: string; readonly path: string; readonly messages: readonly string[] }
  | { readonly type: "failure"; readonly connector: string; readonly path: string; readonly failure: Failure };

export async function* locate(paths: readonly string[], context: ConnectorContext): AsyncGenerator<Located> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const connector = connectorForAddress(path);
    yield* connector === null
      ? locateOne({ path: resolve(path) }, seen, context)
      : locateAddress(path, connector, seen, context);
  }
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

async function* locateOne(
  item: ListedItem,
  seen: Map<string, string>,
  context: ConnectorContext,
): AsyncGenerator<Located> {
  const { path } = item;
  let connectorId = item.connector ?? "file";
  try {
    const place = await lookAt(path, context);
    const connector = item.connector === undefined ? connectorFor(place) : placeConnector(item.connector);
    if (connector === null) throw new Error(`no connector opens ${path}`);
    connectorId = connector.id;
    const key = `${connector.id}:${place.inode ?? place.realPath}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const messages = [`This is ${first} under another name; it is read once.`];
      if (first !== path) yield { type: "note", connector: connector.id, path, messages };
      return;
    }
    seen.set(key, path);
    if ("open" in connector) {
      yield { type: "source", connector: connector.id, opening: asUtf8(await connector.open(place, context)) };
      return;
    }
    const { items, messages } = await connector.list(place, context);
    for (const child of items) yield* locateOne(child, seen, context);
    if (messages.length > 0) yield { type: "note", connector: connector.id, path, messages };
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    yield { type: "failure", connector: connectorId, path, failure: asFailure(fileFailure(path, thrown)) };
  }
}
