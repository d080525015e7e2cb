// Reads archives as sources, for the tests of each kind of archive.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, contextOf, located, temporaryFolder } from "./support.ts";

/** Path of a file of this name with these bytes, in a folder that goes away. */
export function written(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

export interface Found {
  readonly texts: Readonly<Record<string, string>>;
  readonly failures: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly said: readonly string[];
}

/** What comes of the archive at this path: texts and reasons of failures by the name of their entry. */
export async function readArchive(path: string): Promise<Found> {
  const texts: [string, string][] = [];
  const failures: [string, string][] = [];
  const notes: string[] = [];
  const context = contextOf();
  for (const item of await located([path])) {
    const name = (item.type === "source" ? item.opening.path : item.path).replace(`${path} › `, "");
    if (item.type === "note") notes.push(...item.messages);
    else if (item.type === "failure") failures.push([name, item.failure.reason]);
    else texts.push([name, (await bytesOf(item.opening.chunks(context))).toString()]);
  }
  return { texts: Object.fromEntries(texts), failures: Object.fromEntries(failures), notes, said: context.said };
}

/** What is found where nothing went wrong. */
export const plain = (texts: Readonly<Record<string, string>>): Found => ({ texts, failures: {}, notes: [], said: [] });
