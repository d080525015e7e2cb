/** Every connector of this folder: a new one is a new file, found here. */
import type { Connector, Place } from "./connector.ts";

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

/** The connector that claims a place most, or null. */
export function connectorFor(place: Place): Connector | null {
  let best: Connector | null = null;
  let most = 0;
  for (const connector of connectors.values()) {
    const claim = connector.claims(place);
    if (claim > most) [best, most] = [connector, claim];
  }
  return best;
}
