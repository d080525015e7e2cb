/** Notices that the settings file was edited by hand, or by a command, while the program runs. */
import { watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import type { ResolvedSettings } from "../../../shared/settings/resolve.ts";
import type { SettingsHome } from "./settings-home.ts";

/** An editor writes a file in several steps: it is read when they are over. */
const REST_MS = 200;

/**
 * Tells of settings that are others than before, or have other problems. Where the system cannot watch a folder (a
 * network mount, no more watches) nothing is told: the file is read again when somebody looks at the settings.
 */
export function watchSettings(
  home: SettingsHome,
  onChanged: (now: ResolvedSettings, before: ResolvedSettings) => void,
): Disposable {
  const name = basename(home.file);
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const before = home.resolved;
    const now = home.reload();
    if (JSON.stringify(now) !== JSON.stringify(before)) onChanged(now, before);
  };
  const watcher = watching(dirname(home.file), (changed) => {
    if (changed !== null && changed !== name) return;
    clearTimeout(timer);
    timer = setTimeout(look, REST_MS).unref();
  });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

/** The folder, not the file: a file that is replaced whole is another one. */
function watching(folder: string, onEvent: (changed: string | null) => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, (_, changed) => onEvent(changed)).on("error", () => {});
  } catch {
    return null;
  }
}
