/**
 * What of a work tree is a program's own: its sources, which git tracks, and the folders it ignores (dependencies, build
 * output). Nobody dropped these as dumps. Single files that are ignored may well be logs.
 */
import { join } from "node:path";
import type { ConnectorContext } from "../connector.ts";
import { gitText } from "./git-process.ts";
import type { OmissionReason } from "./omissions.ts";

const IGNORED_FOLDERS = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];

/** Paths below `folder` with the reason to leave them out; null when git cannot tell, for then everything is looked at. */
export async function ownFiles(folder: string, context: ConnectorContext): Promise<Map<string, OmissionReason> | null> {
  const own = new Map<string, OmissionReason>();
  try {
    for (const name of await names(folder, ["ls-files", "-z"], context)) own.set(join(folder, name), "tracked");
    for (const name of await names(folder, IGNORED_FOLDERS, context)) {
      if (name.endsWith("/")) own.set(join(folder, name.slice(0, -1)), "ignored");
    }
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    return null;
  }
  return own;
}

const names = async (folder: string, args: readonly string[], context: ConnectorContext): Promise<string[]> =>
  (await gitText(folder, args, context)).split("\0").filter((name) => name !== "");
