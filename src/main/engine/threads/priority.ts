/** What a thread takes from the others of its process. */
import { constants, setPriority } from "node:os";

/**
 * Puts this thread behind those of the window: it gets a tenth of a core that both want, and all of one that nobody else
 * wants. Only Linux knows a priority of a single thread (nice(2), "C library/kernel differences"); elsewhere the call
 * would put the whole process behind, and nothing is done.
 */
export function yieldToWindow(): void {
  if (process.platform === "linux") setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
}
