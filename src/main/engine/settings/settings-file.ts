/** The settings file on disk. It is replaced whole or not at all, and never when nobody could read what stands in it. */
import {
  closeSync,
  copyFileSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { FailureError } from "../../../shared/failure.ts";
import { NONE_COUNTS } from "../../../shared/settings/file.ts";

export const SETTINGS_FILE = "settings.json";
/** For nobody but its owner: addresses and names in it are nobody else's business. Windows knows no such modes. */
const OWN_FILE = 0o600;
const OWN_FOLDER = 0o700;
/** No person writes more; what is larger is another file. */
const LARGEST_BYTES = 1_048_576;

export interface SettingsText {
  /** Null when there is none, or none that can be read. */
  readonly text: string | null;
  /** Why it could not be read. */
  readonly problem: string | null;
}

export function readSettingsFile(file: string): SettingsText {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { text: null, problem: `${file} is no file, so ${NONE_COUNTS}.` };
    if (stat.size > LARGEST_BYTES) {
      return {
        text: null,
        problem: `${file} is larger than 1 MiB, so it was not read and ${NONE_COUNTS}.`,
      };
    }
    return { text: readFileSync(file, "utf8"), problem: null };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return { text: null, problem: null };
    return { text: null, problem: `${file} cannot be read (${code ?? message}), so ${NONE_COUNTS}.` };
  }
}

/** Through a file beside it, so that a reader meets the old settings or the new ones. What others could read, they then cannot. */
export function writeSettingsFile(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: OWN_FOLDER });
    // One that a crash left would keep the mode that it has.
    rmSync(temporary, { force: true });
    const handle = openSync(temporary, "wx", OWN_FILE);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, target);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FailureError("settings-not-saved", `${file} cannot be written (${why}). The setting was not changed.`, {
      cause: thrown,
    });
  }
}

/** Keeps a copy under a name that is free; returns its path. */
export function keepBrokenFile(file: string): string {
  for (let number = 1; ; number += 1) {
    const kept = join(dirname(file), `settings.broken-${number}.json`);
    try {
      copyFileSync(file, kept, constants.COPYFILE_EXCL);
      return kept;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "EEXIST") continue;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new FailureError(
        "settings-not-saved",
        `${file} cannot be read, and could not be kept aside (${why}). Mend or remove it; the setting was not changed.`,
        { cause: thrown },
      );
    }
  }
}
