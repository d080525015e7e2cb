/** Above the sources: how many there are, what wants a look, how far the reading is, and the way to add more. */
import { FilePlus2, FolderPlus, Search, X } from "lucide-react";
import { useEffect, useMemo, type ReactNode } from "react";
import { SOURCE_STATES } from "../../shared/model/source.ts";
import { formatBytes, formatCount, formatCountOf, formatPercent, formatRate } from "../../shared/text/number.ts";
import { cancelImport, chooseAndOpen, useCase, type SourceInfo } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { isActive, readAsPlainText } from "./actions.ts";
import { countStates } from "./order.ts";
import { STATE_WORD } from "./state-mark.tsx";
import { narrow, usePanel } from "./store.ts";

/** Beyond this many rows eyes alone no longer find a file. */
const FINDABLE = 12;

export function PanelHeader(): ReactNode {
  const sources = useCase((state) => state.sources);
  const text = usePanel((state) => state.text);
  const bytes = useMemo(() => sources.reduce((sum, source) => sum + source.bytes, 0), [sources]);
  return (
    <header className="sources-header">
      <strong>{formatCountOf(sources.length, "source")}</strong>
      <span className="quiet">{formatBytes(bytes)}</span>
      <StateChips sources={sources} />
      {(sources.length > FINDABLE || text !== "") && (
        <label className="sources-find">
          <Search size={13} aria-hidden />
          <input
            className="field"
            placeholder="Find a path"
            aria-label="Find a path"
            value={text}
            onChange={(event) => narrow({ text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape") narrow({ text: "" });
            }}
          />
        </label>
      )}
      <span className="spacer" />
      <Reading sources={sources} />
      <Button icon={FilePlus2} onClick={() => attempt(() => chooseAndOpen("files"))}>
        Add files…
      </Button>
      <Button icon={FolderPlus} onClick={() => attempt(() => chooseAndOpen("folder"))}>
        Add folder…
      </Button>
    </header>
  );
}

/** States other than "read", each a switch that lists only its sources. */
function StateChips({ sources }: { readonly sources: readonly SourceInfo[] }): ReactNode {
  const chosen = usePanel((state) => state.state);
  const counts = useMemo(() => countStates(sources), [sources]);
  // What was chosen to be mended is mended: back to all.
  const gone = chosen !== null && !counts.has(chosen);
  useEffect(() => {
    if (gone) narrow({ state: null });
  }, [gone]);
  const unknown = sources.filter(({ state }) => state === "not-recognised");
  return (
    <>
      {SOURCE_STATES.filter((state) => state !== "done" && counts.has(state)).map((state) => (
        <button
          key={state}
          type="button"
          className="chip"
          data-state={state}
          aria-pressed={state === chosen}
          onClick={() => narrow({ state: state === chosen ? null : state })}
        >
          {formatCount(counts.get(state) ?? 0)} {STATE_WORD[state].toLowerCase()}
        </button>
      ))}
      {chosen === "not-recognised" && unknown.length > 1 && (
        <Button tone="primary" onClick={() => readAsPlainText(unknown)}>
          Read all {formatCount(unknown.length)} as plain text
        </Button>
      )}
    </>
  );
}

function Reading({ sources }: { readonly sources: readonly SourceInfo[] }): ReactNode {
  const bytesPerSecond = useCase((state) => state.bytesPerSecond);
  if (!sources.some(isActive)) return null;
  const whole = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const done = sources.reduce((sum, source) => sum + (isActive(source) ? source.bytesRead : source.bytes), 0);
  return (
    <span className="sources-reading">
      <progress className="progress" max={Math.max(1, whole)} value={done} aria-label="All sources" />
      <span>{formatPercent(done, whole)}</span>
      <span className="quiet">{bytesPerSecond > 0 ? formatRate(bytesPerSecond) : ""}</span>
      <Button icon={X} onClick={() => attempt(() => cancelImport(null))}>
        Cancel all
      </Button>
    </span>
  );
}
