// What SQLite and the file system refuse, as sentences that a person can act on.
import { FailureError } from "../../../shared/failure.ts";

/** Runs `work` on the database `file`; what SQLite cannot do becomes a failure that names the file. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw databaseFailure(file, thrown);
  }
}

type AnyMethods = Readonly<Record<string, (...input: never[]) => unknown>>;

/** The same methods, none of which uses `this`, each {@link guarded}. */
export const allGuarded = <T extends object>(file: string, methods: T): T =>
  Object.fromEntries(
    Object.entries(methods as AnyMethods).map(([name, method]) => [
      name,
      (...input: never[]) => guarded(file, () => method(...input)),
    ]),
  ) as T;

/** A failure for what is expected to go wrong with files; anything else, a bug, comes back as it is. */
function databaseFailure(file: string, thrown: unknown): unknown {
  // Lists and figures of a row are stored as JSON; what was written is.
  if (thrown instanceof SyntaxError) return damagedCase(file, `a row of it cannot be read (${thrown.message})`, thrown);
  const code = codeOf(thrown);
  if (thrown instanceof FailureError || code === null) return thrown;
  const fail = (reason: string, sentence: string): FailureError =>
    new FailureError(reason, sentence, { cause: thrown });
  if (code.startsWith("SQLITE_CORRUPT")) return damagedCase(file, messageOf(thrown), thrown);
  if (code === "SQLITE_NOTADB") return notACase(file, "it is not a database", thrown);
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return fail(
      "disk-full",
      `${file}: the disk is full. Free some space, then try again; nothing that was saved is lost.`,
    );
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return caseInUse(file, thrown);
  if (code.startsWith("SQLITE_READONLY") || code === "EROFS") {
    return fail("unwritable", `${file} cannot be written. Copy the case to a folder that can be, and open it there.`);
  }
  if (/^(?:SQLITE_(?:CANTOPEN|PERM|AUTH|IOERR)|E[A-Z]+$)/.test(code)) {
    return fail(
      "unreadable",
      `${file} cannot be opened (${messageOf(thrown)}). Check the path and your permissions on its folder.`,
    );
  }
  return thrown;
}

export const notACase = (file: string, why: string, cause?: unknown): FailureError =>
  new FailureError("not-a-case", `${file} is not a case of Faultline: ${why}. It was left untouched.`, { cause });

export const damagedCase = (file: string, what: string, cause?: unknown): FailureError =>
  new FailureError("damaged-case", `${file} is damaged: ${what}. Open a copy or a backup of it.`, { cause });

export const caseInUse = (file: string, cause?: unknown): FailureError =>
  new FailureError("case-in-use", `${file} is open in another Faultline. Close it there, or open a copy.`, { cause });

function codeOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !("code" in thrown)) return null;
  return typeof thrown.code === "string" ? thrown.code : null;
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
