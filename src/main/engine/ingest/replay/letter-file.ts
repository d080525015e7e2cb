/** Dead letters to and from files of JSON lines. Files come from other people: every line is checked before it is taken. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FailureError } from "../../../../shared/failure.ts";
import { letterLineSchema, type LetterLine } from "../../../../shared/letter-file.ts";
import type { DeadLetterChoice } from "../../../../shared/model/dead-letter.ts";
import { micros } from "../../../../shared/units.ts";
import type { ReaderMethods } from "../../query/protocol.ts";
import type { LetterPage } from "../../store/dead-letters/page.ts";
import type { ImportedCounts, ImportedLetter } from "../../store/dead-letters/protocol.ts";
import type { WriterMethods } from "../../store/writer-methods.ts";
import type { Askable } from "../../threads/rpc.ts";

const PAGE_LETTERS = 200;
/** Letters and characters that make one transaction of an import. */
const BATCH_LETTERS = 500;
const BATCH_CHARACTERS = 16 * 1024 * 1024;
/** Complaints that are told one by one. */
const MOST_REFUSED = 100;

/** Lines with their ends, oldest letter first. */
export async function* letterLines(reader: Askable<ReaderMethods>, choice: DeadLetterChoice): AsyncGenerator<string> {
  const { lastId } = await reader.call("deadLetterSize", { choice });
  let after: LetterPage["next"] = null;
  do {
    const request = { choice, after, lastId, limit: PAGE_LETTERS, quietOnly: false };
    const page: { lines: readonly string[]; next: LetterPage["next"] } = await reader.call("deadLetterLines", request);
    yield* page.lines;
    after = page.next;
  } while (after !== null);
}

/** Written beside its place and moved there whole; a pipe or a device is written to. Answers with the number of letters. */
export async function exportLetters(
  reader: Askable<ReaderMethods>,
  choice: DeadLetterChoice,
  file: string,
): Promise<number> {
  const isReplaced = await stat(file).then(
    (there) => there.isFile(),
    () => true,
  );
  const unfinished = isReplaced ? `${file}.${randomUUID()}.partial` : file;
  let letters = 0;
  const counted = async function* (): AsyncGenerator<string> {
    for await (const line of letterLines(reader, choice)) {
      letters += 1;
      yield line;
    }
  };
  try {
    await pipeline(Readable.from(counted()), createWriteStream(unfinished));
    if (isReplaced) await rename(unfinished, file);
  } catch (thrown) {
    // What could not be made may be impossible to remove, too.
    if (isReplaced) await rm(unfinished, { force: true }).catch(() => {});
    throw fileFailure(file, "written", thrown);
  }
  return letters;
}

export interface ImportedLetters extends ImportedCounts {
  /** Lines that were not taken, and why. */
  readonly refused: readonly string[];
}

/** Lines that are no letters are told and left out; the others are taken in batches, each of which is taken whole. */
export async function importLetters(writer: Askable<WriterMethods>, file: string): Promise<ImportedLetters> {
  const counts = { imported: 0, edited: 0, skipped: 0 };
  const refused: string[] = [];
  let batch: ImportedLetter[] = [];
  let characters = 0;
  let number = 0;
  const store = async (): Promise<void> => {
    if (batch.length === 0) return;
    const stored = await writer.call("importDeadLetters", { letters: batch });
    for (const key of ["imported", "edited", "skipped"] as const) counts[key] += stored[key];
    batch = [];
    characters = 0;
  };
  const input = createReadStream(file);
  try {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    for await (const line of lines) {
      number += 1;
      if (line.trim().length === 0) continue;
      const letter = letterOfLine(line);
      if (typeof letter === "string") {
        if (refused.length < MOST_REFUSED) refused.push(`line ${number}: ${letter}`);
        continue;
      }
      batch.push(letter);
      characters += line.length;
      if (batch.length >= BATCH_LETTERS || characters >= BATCH_CHARACTERS) await store();
    }
    await store();
  } catch (thrown) {
    throw fileFailure(file, "read", thrown);
  } finally {
    input.destroy();
  }
  return { ...counts, refused };
}

/** The letter of a line, or what is wrong with it. */
function letterOfLine(line: string): ImportedLetter | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return "it is not valid JSON";
  }
  const parsed = letterLineSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join(".") ?? "";
    return `it is no dead letter of Faultline (${where === "" ? "" : `${where}: `}${issue?.message ?? "invalid"})`;
  }
  return importedLetter(parsed.data);
}

function importedLetter(line: LetterLine): ImportedLetter | string {
  const raw = bytesOf(line.raw);
  if (createHash("sha256").update(raw).digest("hex") !== line.sha256) return "its bytes do not have the stated SHA-256";
  if (line.whole && raw.byteLength !== line.length) return `it states ${line.length} bytes and holds ${raw.byteLength}`;
  const {
    source,
    schema: _schema,
    whole: _whole,
    sha256: _sha256,
    edited,
    around,
    firstAt,
    lastAt,
    history,
    ...rest
  } = line;
  return {
    ...rest,
    path: source,
    raw,
    edited: edited === null ? null : bytesOf(edited),
    around: around ?? undefined,
    firstAt: micros(firstAt),
    lastAt: micros(lastAt),
    history: history.map(({ at, text, action, attempt, format, zone, encoding, reason, message }) => {
      const said = { action, attempt, format, zone, encoding, reason, message };
      return Object.assign(said, { at: micros(at), text: text === null ? null : bytesOf(text) });
    }),
  };
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));

function fileFailure(file: string, what: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : null;
  if (thrown instanceof FailureError || code === null || !/^E[A-Z]+$/u.test(code)) return thrown;
  const reason = code === "ENOENT" ? "not-found" : "unreadable";
  return new FailureError(reason, `${file} could not be ${what} (${code}). Check the path and your permissions.`, {
    cause: thrown,
  });
}
