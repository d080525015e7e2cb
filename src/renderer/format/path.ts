/** Paths in narrow columns. */

/** app.jsonl of /srv/dumps/app.jsonl or C:\dumps\app.jsonl. */
export const fileName = (path: string): string => path.split(/[/\\]/u).findLast((part) => part !== "") ?? path;
