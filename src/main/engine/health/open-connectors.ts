/** The home of connectors' calls as the window and the command line open it: over the library, with all connectors. */
import { userInfo } from "node:os";
import { connectors } from "../connectors/registry.ts";
import type { Library } from "../store/library.ts";
import type { SettingsHome } from "../settings/settings-home.ts";
import { ConnectorHome, type ConnectorHomeOptions } from "./connector-home.ts";

export type OpenConnectors = Pick<ConnectorHomeOptions, "tokens" | "log" | "onChanged" | "onFailure"> & {
  readonly library: Library;
  readonly settings: SettingsHome;
  /** Where a person decides: " (command line)". */
  readonly place?: string;
};

export function openConnectors({ library, settings, place = "", ...more }: OpenConnectors): ConnectorHome {
  return new ConnectorHome({
    rows: library.connectors,
    connectors: [...connectors.values()]
      .map(({ id, title, fallback, ...connector }) => ({
        id,
        title,
        isRemote: "scheme" in connector,
        noFallback: fallback === "last-good-answer" ? null : fallback.none,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    settings: () => settings.resolved,
    actor: `${accountName()}${place}`,
    ...more,
  });
}

/** An account that the system has no name for (a container) still decides. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
