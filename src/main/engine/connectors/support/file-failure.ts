/** What an error of the file system means to the person who opened the path. */
import { FailureError } from "../../../../shared/failure.ts";

const SENTENCES: Readonly<Record<string, readonly [reason: string, text: string]>> = {
  ENOENT: ["not-found", "there is no such file or folder; check the path, or whether it was moved meanwhile"],
  ENOTDIR: ["not-found", "a part of the path is a file, not a folder"],
  EACCES: ["unreadable", "you may not read it; change its permissions, or copy it to where you may"],
  EPERM: ["unreadable", "the system does not allow to read it"],
  ELOOP: ["link-loop", "its links lead back to themselves"],
  ENAMETOOLONG: ["not-found", "the path is longer than the system allows"],
  EISDIR: ["not-a-file", "it is a folder where a file was expected"],
  EIO: [
    "read-error",
    "the mount reported an error while it was read; see whether its server is well, then add it again",
  ],
  ESTALE: ["read-error", "the mount it lies on has gone stale; mount it again"],
  EMFILE: ["too-many-files", "too many files are open; close some and add it again"],
};

export function fileFailure(path: string, thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const code = errorCode(thrown);
  // Node names files in Unicode: a name that is none reaches us with its bytes replaced, and is not found again.
  if (code === "ENOENT" && path.includes("\ufffd")) {
    return new FailureError("bad-name", `${path}: its name holds bytes that are no UTF-8; rename it to open it.`, {
      cause: thrown,
    });
  }
  const [reason, text] = SENTENCES[code] ?? ["unreadable", thrown instanceof Error ? thrown.message : String(thrown)];
  return new FailureError(reason, `${path}: ${text}.`, { cause: thrown });
}

export function errorCode(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}
