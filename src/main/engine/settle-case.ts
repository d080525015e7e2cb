/** What an ended process left behind in a case, put in order when the case is opened again. */
import type { Settings } from "../../shared/settings.ts";
import { micros, MICROS_PER_MILLISECOND } from "../../shared/units.ts";
import type { WriterMethods } from "./store/writer-methods.ts";
import type { WorkerClient } from "./threads/rpc.ts";

const DAY_MS = 86_400_000;
const INTERRUPTED = "Reading was interrupted when Faultline ended; add the path again to read it whole.";

/**
 * What was left half read says so, instead of looking as if somebody still read it. Dead letters that are too old go;
 * they stay counted, and their bytes stay in the stored text of their sources.
 */
export async function settleCase(
  writer: WorkerClient<WriterMethods>,
  { maxAgeDays }: Settings["deadLetters"],
): Promise<void> {
  const before = micros((Date.now() - maxAgeDays * DAY_MS) * MICROS_PER_MILLISECOND);
  await Promise.all([
    writer.call("interruptSources", { message: INTERRUPTED }),
    writer.call("dropOldDeadLetters", { before }),
  ]);
}
