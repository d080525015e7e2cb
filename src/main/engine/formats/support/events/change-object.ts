/** What commits, deploys and flags have in common. */
import { type JsonObject, textOf } from "../json/value.ts";

/** A commit id of git or Mercurial, perhaps shortened. */
export const SHA = /^[0-9a-f]{7,64}$/i;
export const shortSha = (sha: string): string => sha.slice(0, 7);
export const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0]?.trim() ?? "";

/** `NAME` of `https://api.github.com/repos/OWNER/NAME/…` or `https://github.com/OWNER/NAME/…`. */
export function repositoryOf(object: JsonObject): string | undefined {
  const address = textOf(object, ["repository_url", "deployment_url", "url", "html_url"]);
  return /^https:\/\/(?:[^/]+\/(?:api\/v3\/)?repos|github\.com)\/[^/]+\/([^/]+)/.exec(address ?? "")?.[1];
}
