/** A notice outlives its case: what it offers to take back must not reach into the next one. */
import { useCase } from "./case.ts";
import { notify } from "./notices.ts";

export function inThisCase(run: () => void): () => void {
  const file = useCase.getState().info?.file;
  return () => {
    if (useCase.getState().info?.file === file) run();
    else notify("failure", "The case that this belongs to is no longer open. Open it again first.");
  };
}
