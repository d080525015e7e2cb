/** What it means to the person who named a file that it could not be written. */
import { FailureError } from "../../shared/failure.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder; name one that is there",
  ENOTDIR: "a part of the path is a file, not a folder; name another",
  EISDIR: "it is a folder; name a file within it",
  EACCES: "you may not write there; name a folder where you may",
  EPERM: "the system does not allow to write there; name another folder",
  EROFS: "what it lies on can only be read; name another folder",
  ENOSPC: "the disk is full; free some space, or name another disk",
  EDQUOT: "your share of the disk is used up; free some space, or name another disk",
  ENAMETOOLONG: "the name is longer than the system allows; name a shorter one",
};

export function writeFailure(file: string, thrown: unknown): FailureError {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  const why = SENTENCES[code] ?? (thrown instanceof Error ? thrown.message : String(thrown));
  return new FailureError("unwritable", `${file} could not be written: ${why}.`, { cause: thrown });
}
