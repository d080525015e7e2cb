/** Paths in narrow columns. */

/** app.jsonl of /srv/dumps/app.jsonl, C:\dumps\app.jsonl or /srv/dumps.zip › app.jsonl. */
export const fileName = (path: string): string => path.split(/[/\\]| › /u).findLast((part) => part !== "") ?? path;

/** Of what is asked of a server, the server says most: only the scheme may go. */
const SCHEME = /^(?:[a-z]+:)?https?:\/\/(?=.)/iu;

/** What was asked of a server has no folder on disk. */
export const isAddress = (path: string): boolean => SCHEME.test(path);

/** What stands between the parts of a path: " › " behind an archive. */
const SEPARATOR = /[/\\]+| › /gu;

/** "/srv/dumps/" and "app.jsonl", "/srv/dumps.zip › " and "app.jsonl"; a path without folders is all name. */
export function splitPath(path: string): { readonly folders: string; readonly name: string } {
  const scheme = SCHEME.exec(path)?.[0];
  if (scheme !== undefined) return { folders: scheme, name: path.slice(scheme.length) };
  const whole = path.replace(/(?:[/\\]| › )+$/u, "");
  const last = [...whole.matchAll(SEPARATOR)].at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  return { folders: path.slice(0, end), name: path.slice(end) };
}

/** The folder that holds all of these paths, with its last separator; empty when there is none. */
export function commonFolder(paths: readonly string[]): string {
  const [first, ...rest] = paths;
  let { folders } = splitPath(first ?? "");
  for (const path of rest) {
    while (!path.startsWith(folders)) ({ folders } = splitPath(folders));
    if (folders === "") break;
  }
  return folders;
}
