/** Paths of entries: "ARCHIVE › path/in/it", and so on for an archive in it. */

const SEPARATOR = " › ";
/** A name may have 65,535 bytes; nobody reads them. */
const LONGEST_NAME = 1_000;

/**
 * What would move a cursor, turn a line around or not be seen at all is written out; so is what SQLite's text ends at.
 * Such a path names nothing on disk: it is shown, compared, and never opened.
 */
const UNSAFE = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

export const entryPath = (archive: string, name: string): string => `${archive}${SEPARATOR}${name}`;

/** Whether a path lies in an archive, or in one within it. */
export const isEntryOf = (path: string, archive: string): boolean => path.startsWith(archive + SEPARATOR);

/** Whether an entry is a wanted one, is an archive around it, or lies in it. */
export const leadsTo = (path: string, wanted: string): boolean =>
  path === wanted || isEntryOf(wanted, path) || isEntryOf(path, wanted);

/** What of a path may be an archive's, the shortest first; none of a path that cannot be an entry's. */
export function archivesIn(path: string): readonly string[] {
  const parts = path.split(SEPARATOR);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(SEPARATOR));
}

/** Names as they are shown, each once: an archive may hold one twice. */
export class EntryNames {
  /** With how often each was asked for. */
  readonly #used = new Map<string, number>();

  of(name: string): string {
    const shown =
      name
        .replace(/^(?:\.\/)+/u, "")
        .replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`)
        .slice(0, LONGEST_NAME) || "(no name)";
    let count = (this.#used.get(shown) ?? 0) + 1;
    let unique = shown;
    for (; count > 1 && this.#used.has((unique = `${shown} (${count})`)); count += 1);
    this.#used.set(shown, count);
    this.#used.set(unique, this.#used.get(unique) ?? 1);
    return unique;
  }
}
