/** One path as one stream of bytes, for the commands that need no case. */
import { resolve } from "node:path";
import { FailureError } from "../../shared/failure.ts";
import type { ConnectorContext, Opening } from "../engine/connectors/connector.ts";
import { locate } from "../engine/connectors/locate.ts";
import { archivesIn, isEntryOf } from "../engine/connectors/support/entry-path.ts";
import { connectorForAddress } from "../engine/connectors/registry.ts";
import type { CommandConnectors } from "./command-connectors.ts";
import { UsageError } from "./failure-exit.ts";

export const contextOf = ({ home }: CommandConnectors, say: (message: string) => void): ConnectorContext => ({
  run: home.run,
  signal: new AbortController().signal,
  say,
});

export async function openFile(path: string, context: ConnectorContext): Promise<Opening> {
  if (path === "") throw new UsageError("The path is empty; name a file.");
  const isAddress = connectorForAddress(path) !== null;
  // What an entry is called is no path on disk.
  const [archive = path] = archivesIn(path);
  const wanted = resolve(archive) + path.slice(archive.length);
  for await (const located of locate([path], context)) {
    const found = located.type === "source" ? located.opening.path : located.path;
    if (isEntryOf(found, wanted)) {
      const entry = `${path}${found.slice(wanted.length)}`;
      throw new FailureError(
        "not-a-file",
        `${path} is an archive; name an entry of it, as "${entry}", or use "faultline analyze".`,
      );
    }
    if (located.type === "failure") throw new FailureError(located.failure.reason, located.failure.message);
    if (located.type === "source" && (isAddress || found === wanted)) return located.opening;
    break;
  }
  throw new FailureError("not-a-file", `${path} is a folder; name a file in it, or use "faultline analyze".`);
}
