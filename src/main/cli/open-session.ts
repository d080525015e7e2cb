/** A case that is changed: its writer, its reader and parser threads, and the detectors when they are needed. */
import { resolve } from "node:path";
import type { Settings } from "../../shared/settings.ts";
import { CaseSession, type SessionOptions } from "../engine/case-session.ts";
import { runDirectly } from "../engine/resilience/run.ts";
import type { Terminal } from "./terminal.ts";

interface Surroundings {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly workersFolder: string;
  readonly onReplay?: SessionOptions["onReplay"];
}

/** Waits for the detectors before it closes the case. */
export async function withSession<T>(
  path: string,
  { settings, terminal, workersFolder, onReplay }: Surroundings,
  use: (session: CaseSession) => Promise<T>,
): Promise<T> {
  const session = await CaseSession.open(resolve(path), null, {
    workersFolder,
    run: runDirectly,
    stallMs: settings.timeouts.parseStall,
    settings: () => settings,
    onChanged: () => {},
    onProgress: () => {},
    ...(onReplay === undefined ? {} : { onReplay }),
    onFailure: ({ message }) => terminal.complain(message),
  });
  try {
    const answer = await use(session);
    await session.idle();
    return answer;
  } finally {
    terminal.endProgress();
    await session[Symbol.asyncDispose]();
  }
}
