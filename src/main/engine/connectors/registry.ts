/** Every connector of this folder: a new one is a new file, found here. */
import type { AddressConnector, Connector, Place, PlaceConnector } from "./connector.ts";
import { hasScheme } from "./support/address.ts";

const modules = import.meta.glob<Connector>(["./*.ts", "!./connector.ts", "!./registry.ts", "!./locate.ts"], {
  eager: true,
  import: "default",
});

export const connectors: ReadonlyMap<string, Connector> = byId(Object.entries(modules));

function byId(found: readonly (readonly [string, Connector])[]): ReadonlyMap<string, Connector> {
  const map = new Map<string, Connector>();
  for (const [file, connector] of found) {
    if (map.has(connector.id)) throw new Error(`${file}: the connector id "${connector.id}" is taken`);
    map.set(connector.id, connector);
  }
  return map;
}

const addressConnectors = [...connectors.values()].filter((connector) => "scheme" in connector);

/** The connector whose addresses begin as this one does, or null: then it is a path. */
export const connectorForAddress = (path: string): AddressConnector | null =>
  addressConnectors.find(({ scheme }) => hasScheme(path, scheme)) ?? null;

/** The connector that claims a place most, or null. */
export function connectorFor(place: Place): PlaceConnector | null {
  let best: PlaceConnector | null = null;
  let most = 0;
  for (const connector of connectors.values()) {
    if (!("claims" in connector)) continue;
    const claim = connector.claims(place);
    if (claim > most) [best, most] = [connector, claim];
  }
  return best;
}

/** The connector that a listed item names, which is one for places. */
export function placeConnector(id: string): PlaceConnector | null {
  const connector = connectors.get(id);
  return connector !== undefined && "claims" in connector ? connector : null;
}
