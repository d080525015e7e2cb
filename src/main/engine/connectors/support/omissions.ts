/** What a walk left out, by reason: how many, and which by name as far as a person wants to read them. */
const REASONS = {
  hidden: ["hidden entry was skipped", "hidden entries were skipped"],
  outside: ["link that leads outside of the folder was skipped", "links that lead outside of the folder were skipped"],
  loop: [
    "link that leads back to a folder above it was not followed",
    "links that lead back to a folder above them were not followed",
  ],
  again: [
    "link to what is read under its own name was not followed",
    "links to what is read under its own name were not followed",
  ],
  tracked: [
    "file that git tracks was not read beside its history (open its folder to read it)",
    "files that git tracks were not read beside their history (open their folder to read them)",
  ],
  ignored: [
    "folder that git ignores was not read beside the history (open it to read it)",
    "folders that git ignores were not read beside the history (open them to read them)",
  ],
  broken: ["link that leads nowhere was skipped", "links that lead nowhere were skipped"],
  repository: [
    "entry of a git repository was skipped (unpack the archive to read the history)",
    "entries of a git repository were skipped (unpack the archive to read the history)",
  ],
  macos: ["entry that macOS adds to archives was skipped", "entries that macOS adds to archives were skipped"],
  link: ["link in the archive was not followed", "links in the archive were not followed"],
  special: ["socket, pipe or device was skipped", "sockets, pipes or devices were skipped"],
  unreadable: ["entry could not be read", "entries could not be read"],
} as const;
export type OmissionReason = keyof typeof REASONS;

const NAMED = 10;

export class Omissions {
  readonly #notes: string[] = [];
  readonly #names = new Map<OmissionReason, string[]>();

  add(reason: OmissionReason, name: string): void {
    const names = this.#names.get(reason);
    if (names === undefined) this.#names.set(reason, [name]);
    else names.push(name);
  }

  note(message: string): void {
    this.#notes.push(message);
  }

  messages(): readonly string[] {
    const counted = [...this.#names].map(([reason, names]) => {
      const [one, several] = REASONS[reason];
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
      return `${names.length} ${names.length === 1 ? one : several}: ${names.slice(0, NAMED).join(", ")}${more}.`;
    });
    return [...this.#notes, ...counted];
  }
}
