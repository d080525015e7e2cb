/** Which files of a work tree are under version control: a program's sources, which nobody dropped as dumps. */
import { join } from "node:path";
import type { ConnectorContext } from "../connector.ts";
import { gitText } from "./git-process.ts";

/** Paths below `folder`; none when git cannot tell, for then every file is looked at. */
export async function trackedFiles(folder: string, context: ConnectorContext): Promise<readonly string[]> {
  try {
    const listed = await gitText(folder, ["ls-files", "-z"], context);
    return listed
      .split("\0")
      .filter((name) => name !== "")
      .map((name) => join(folder, name));
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    return [];
  }
}
