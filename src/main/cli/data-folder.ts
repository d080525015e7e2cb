/** Where settings and library lie: in the same place as for the window, unless somebody says otherwise. */
import { join, resolve } from "node:path";

export interface DataFolderHints {
  /** Of the command line. */
  readonly option: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** Electron's own rule for `userData`: https://www.electronjs.org/docs/latest/api/app#appgetpathname */
export function dataFolder({ option, environment, platform, home }: DataFolderHints): string {
  const named = option ?? nonEmpty(environment["FAULTLINE_DATA"]);
  if (named !== undefined) return resolve(named);
  return join(applications(environment, platform, home), "Faultline");
}

function applications(environment: DataFolderHints["environment"], platform: NodeJS.Platform, home: string): string {
  if (platform === "darwin") return join(home, "Library", "Application Support");
  if (platform === "win32") return nonEmpty(environment["APPDATA"]) ?? join(home, "AppData", "Roaming");
  return nonEmpty(environment["XDG_CONFIG_HOME"]) ?? join(home, ".config");
}

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);
