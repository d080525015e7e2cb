/** Runs one thing at a time; what is asked for meanwhile runs once more afterwards, with the newest state. */

/** @param restMs pause after a run before the next may begin: a busy import asks many times a second. */
export function latest(run: () => Promise<void>, restMs = 0): () => void {
  let running = false;
  let again = false;
  const start = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await run();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void start();
  };
}
