/** Sources that have more dead letters than are kept: their reading waits for a word. */
import { CirclePause } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { call } from "../bridge.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { cancelImport, useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import "./sources.css";

/** The question leaves with its answer: the keyboard goes on in the list below it. */
const listBelow = (): HTMLElement | null =>
  document.activeElement?.closest("section")?.querySelector("[data-main]") ?? null;

/** Many at once are of one kind: the first are enough to decide. */
const SHOWN = 3;

export function PausedSources(): ReactNode {
  const sources = useCase((state) => state.sources);
  const paused = useMemo(() => sources.filter(({ state }) => state === "paused"), [sources]);
  if (paused.length === 0) return null;
  const go = (sourceId: number, deadLetters: "count" | "keep"): void =>
    attempt(async () => {
      const list = listBelow();
      await call("import.continue", { sourceId, deadLetters });
      list?.focus();
    });
  return (
    <div className="paused-sources" role="alert">
      {paused.slice(0, SHOWN).map(({ id, path, deadLetters }) => (
        <div key={id} className="paused-source">
          <CirclePause size={15} aria-hidden />
          <span className="paused-words">
            Reading <strong title={visibleLine(path)}>{visibleLine(fileName(path))}</strong> waits: it has{" "}
            {formatCountOf(deadLetters, "dead letter")}, as many as are kept of one source. It may be read as the wrong
            format.
          </span>
          <Button
            tone="primary"
            title="Reads on; further ones are counted but not kept"
            onClick={() => go(id, "count")}
          >
            Continue, only count them
          </Button>
          <Button title="Reads on and keeps as many dead letters again" onClick={() => go(id, "keep")}>
            Continue, keep more
          </Button>
          <Button title="What was read stays in the case" onClick={() => attempt(() => cancelImport(id))}>
            Stop
          </Button>
        </div>
      ))}
      {paused.length > SHOWN && <p>{formatCountOf(paused.length - SHOWN, "more source")} wait too.</p>}
    </div>
  );
}
