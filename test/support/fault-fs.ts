// Plays faults of a file system under real connectors, at the one seam that every call of theirs goes through: an action
// fails as the system call would, stalls, or finds the file changed on disk. The files and the system calls are real.
import type { Run, RunCall } from "../../src/shared/run.ts";

export type FileFault =
  /** EBUSY, EIO, ESTALE …, as Node throws it. */
  | { readonly type: "error"; readonly code: string }
  /** A mount that does not answer: the call never ends. */
  | { readonly type: "stall" }
  /** Something happens to the file just before the call: it vanishes, is cut, grows. */
  | { readonly type: "meanwhile"; readonly act: () => void };

export interface FaultyFiles {
  /** Goes between the policies and the call: each attempt is played for. */
  through(run: Run): Run;
  /** The attempts that were made, as "operation". */
  readonly attempts: RunCall[];
}

/** `plan` is asked for each attempt with its number, from 1, among the attempts of that operation; null lets it through. */
export function faultyFiles(plan: (call: RunCall, attempt: number) => FileFault | null): FaultyFiles {
  const attempts: RunCall[] = [];
  const numbers = new Map<string, number>();
  const before = async (call: RunCall): Promise<void> => {
    const number = (numbers.get(call.operation) ?? 0) + 1;
    numbers.set(call.operation, number);
    attempts.push(call);
    const fault = plan(call, number);
    if (fault?.type === "error") throw systemError(fault.code, call);
    if (fault?.type === "stall") await new Promise<never>(() => {});
    if (fault?.type === "meanwhile") fault.act();
  };
  return {
    attempts,
    through: (run) => (call, action, signal, fallback) =>
      run(
        call,
        async (attempt, access) => {
          await before(call);
          return await action(attempt, access);
        },
        signal,
        fallback,
      ),
  };
}

const systemError = (code: string, { operation, target }: RunCall): Error =>
  Object.assign(new Error(`${code}: played, ${operation} '${target}'`), { code, syscall: operation, path: target });
