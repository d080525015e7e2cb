/** What the command line of the app asks for: paths to open, and how to report to a script that waits. */
import { resolve } from "node:path";

export interface LaunchOptions {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Print what was loaded once it is loaded. */
  readonly summary: boolean;
  /** Write a picture of the loaded window there. */
  readonly screenshot: string | null;
  /** "key=value" of each --set=key=value. */
  readonly settings: readonly string[];
}

/** `args` without the executable and the app's folder; `from` is where relative paths start. */
export function parseLaunchOptions(args: readonly string[], from: string): LaunchOptions {
  const screenshot = args.find((arg) => arg.startsWith("--screenshot="))?.slice("--screenshot=".length) ?? null;
  return {
    paths: args.filter((arg) => !arg.startsWith("-")).map((path) => resolve(from, path)),
    summary: args.includes("--faultline-summary"),
    screenshot: screenshot === null ? null : resolve(from, screenshot),
    settings: args.filter((arg) => arg.startsWith("--set=")).map((arg) => arg.slice("--set=".length)),
  };
}

/**
 * Arguments of ours within `process.argv`. An app that is not packaged is started as `electron [switches] FOLDER …`,
 * a packaged one as `faultline …`.
 */
export function ownArguments(argv: readonly string[], packaged: boolean): readonly string[] {
  if (packaged) return argv.slice(1);
  const folder = argv.findIndex((arg, index) => index > 0 && !arg.startsWith("-"));
  const switches = argv.slice(1, folder === -1 ? argv.length : folder);
  return folder === -1 ? switches : [...switches, ...argv.slice(folder + 1)];
}
