/**
 * A question asked of paths: they are read into a case that goes again, without what the detectors would say of it
 * unless the question is about that. One path that is a case file is asked itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FailureError } from "../../shared/failure.ts";
import type { Source } from "../../shared/model/source.ts";
import type { Settings } from "../../shared/settings.ts";
import { isCaseFile, titleOf } from "../engine/case-names.ts";
import { CaseSession } from "../engine/case-session.ts";
import type { ReaderMethods } from "../engine/query/protocol.ts";
import type { Askable } from "../engine/threads/rpc.ts";
import type { CommandConnectors } from "./command-connectors.ts";
import { EXIT_FAILED, UsageError } from "./failure-exit.ts";
import { withCase } from "./open-case.ts";
import { progressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

export interface Surroundings {
  readonly settings: Settings;
  readonly connectors: CommandConnectors;
  readonly terminal: Terminal;
  readonly workersFolder: string;
  /** Whether the question is about events and anomalies too: it waits for the detectors then. */
  readonly detects?: boolean;
}

/** Complains of each source that could not be read, and fails with "nothing-read" when there is no other. */
export async function withPaths<T>(
  paths: readonly string[],
  surroundings: Surroundings,
  use: (reader: Askable<ReaderMethods>, file: string) => Promise<T>,
): Promise<T> {
  if (paths.includes("")) throw new UsageError("One of the paths is empty; name a file or folder.");
  const [only] = paths;
  if (paths.length === 1 && only !== undefined && isCaseFile(only))
    return await withCase(only, surroundings.workersFolder, (reader) => use(reader, resolve(only)));
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  try {
    return await readInto(join(folder, "question.faultline"), paths, surroundings, use);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readInto<T>(
  file: string,
  paths: readonly string[],
  { settings, connectors, terminal, workersFolder, detects = false }: Surroundings,
  use: (reader: Askable<ReaderMethods>, file: string) => Promise<T>,
): Promise<T> {
  const session = await CaseSession.open(
    file,
    { title: titleOf(paths) },
    {
      workersFolder,
      run: connectors.home.run,
      stallMs: settings.timeouts.parseStall,
      settings: () => settings,
      onProgress: (progress) => terminal.progress(progressLine(progress)),
      onTooManyLetters: () => "count",
      onFailure: ({ message }) => terminal.complain(message),
    },
  );
  try {
    await session.importer.add(paths);
    await (detects ? session.idle() : session.importer.idle());
    terminal.endProgress();
    complainOfUnread(await session.sources(), terminal);
    return await use(session.reader, file);
  } finally {
    terminal.endProgress();
    await session[Symbol.asyncDispose]();
  }
}

function complainOfUnread(sources: readonly Source[], terminal: Terminal): void {
  const unread = sources.filter(({ state }) => state === "failed" || state === "not-recognised");
  for (const { path, messages, state } of unread) {
    const why = messages.at(-1) ?? (state === "failed" ? "could not be read." : "no format fits its content.");
    terminal.complain(`${path}: ${why}`);
  }
  if (unread.some(({ state }) => state === "failed")) process.exitCode = EXIT_FAILED;
  if (unread.length === sources.length && sources.length > 0)
    throw new FailureError("nothing-read", "None of the paths could be read; there is nothing to ask.");
}
