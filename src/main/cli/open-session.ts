/** A case that is changed: its writer, its reader and parser threads, and the detectors when they are needed. */
import { resolve } from "node:path";
import type { Settings } from "../../shared/settings.ts";
import { CaseSession, type SessionOptions } from "../engine/case-session.ts";
import type { CommandConnectors } from "./command-connectors.ts";
import type { Terminal } from "./terminal.ts";

interface Surroundings {
  readonly settings: Settings;
  readonly connectors: CommandConnectors;
  readonly terminal: Terminal;
  readonly workersFolder: string;
  readonly onReplay?: SessionOptions["onReplay"];
}

/** Waits for the detectors before it closes the case. */
export async function withSession<T>(
  path: string,
  { settings, connectors, terminal, workersFolder, onReplay }: Surroundings,
  use: (session: CaseSession) => Promise<T>,
): Promise<T> {
  const session = await CaseSession.open(resolve(path), null, {
    workersFolder,
    // Dead letters are read again from the case itself: the policies are opened for whatever calls outside.
    run: (...call) => connectors.home.run(...call),
    stallMs: settings.timeouts.parseStall,
    settings: () => settings,
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
