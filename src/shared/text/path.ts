/** Paths in narrow columns. */

/** app.jsonl of /srv/dumps/app.jsonl, C:\dumps\app.jsonl or /srv/dumps.zip › app.jsonl. */
export const fileName = (path: string): string => path.split(/[/\\]| › /u).findLast((part) => part !== "") ?? path;
