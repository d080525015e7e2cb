/** Opens a case for writing, or makes it: under its lock, and only once it is known to be one that can be written. */
import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { CASE_MIGRATIONS } from "./case-migrations.ts";
import { checkThere, createCase, hasContent, inspectCase } from "./case-file.ts";
import { lockCase } from "./case-lock.ts";
import { CaseWriter } from "./case-writer.ts";
import { guarded } from "./failures.ts";
import type { Migrations } from "./migrate.ts";

interface OpenOptions {
  readonly file: string;
  /** Makes the case when there is none; one that is there is opened and keeps its title. */
  readonly create: boolean;
  readonly title: string;
}

/**
 * Fails with "not-a-case", "newer-case", "damaged-case", "unreadable" or "case-in-use", and leaves the file untouched
 * then.
 */
export function openCaseWriter(
  { file, create, title }: OpenOptions,
  migrations: Migrations = CASE_MIGRATIONS,
): CaseWriter {
  return guarded(file, () => {
    const exists = hasContent(file);
    if (exists || !create) inspectCase(file, migrations);
    checkThere(dirname(file));
    const path = exists ? realpathSync(file) : file;
    const lock = lockCase(path);
    try {
      // Looked at again under the lock: another process may have made one meanwhile, which must not be overwritten.
      const isNew = create && !hasContent(path);
      if (isNew) createCase(path, title, Date.now() * 1_000, migrations);
      else if (hasContent(path)) inspectCase(path, migrations);
      return new CaseWriter(path, { lock, isNew }, migrations);
    } catch (thrown) {
      lock[Symbol.dispose]();
      throw thrown;
    }
  });
}
