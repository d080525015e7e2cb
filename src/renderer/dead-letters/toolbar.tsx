/** Above the list: how many there are, of which source, and what can be done with all of them or the marked ones. */
import { Menu } from "@base-ui/react/menu";
import { Ellipsis, Play, Trash2, Wrench } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { Picker } from "../ui/picker.tsx";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import type { Letters } from "./letters.ts";
import { clearMarks, useMarked } from "./marked.ts";
import { replay, useReplay } from "./replay.ts";
import { retryLetters, useLetters } from "./store.ts";
import { targetOf } from "./target.ts";
import { askDiscard, askReadAs, exportLetters, importLetters } from "./task.ts";

export function Toolbar({ letters }: { readonly letters: Letters }): ReactNode {
  const failure = useLetters((state) => state.failure);
  const marked = useMarked((state) => state.ids);
  const looked = useLetters((state) => state.wanted.text);
  const isNew = useDeadLetterFilter(({ text }) => text !== looked) && failure === null;
  const soFar =
    letters.searched < 1 ? `${formatCount(letters.total)} so far…` : formatCountOf(letters.total, "dead letter");
  const count = isNew ? "Looking for words…" : soFar;
  return (
    <header className="letters-header">
      <strong>{marked.size > 0 ? `${formatCount(marked.size)} marked` : count}</strong>
      {marked.size > 0 ? (
        <button type="button" className="link" onClick={clearMarks}>
          of {formatCount(letters.total)}, unmark
        </button>
      ) : (
        <>
          <SourcePicker />
          <WordsField />
        </>
      )}
      {failure !== null && (
        <span className="failure" role="alert">
          {failure.message}{" "}
          <button type="button" className="link" onClick={retryLetters}>
            Try again
          </button>
        </span>
      )}
      <TargetActions letters={letters} />
    </header>
  );
}

/** Words that the listed letters hold. */
function WordsField(): ReactNode {
  const text = useDeadLetterFilter((state) => state.text);
  return (
    <input
      type="search"
      className="field letters-words"
      aria-label="Words in what is wrong"
      placeholder="Find words"
      spellCheck={false}
      value={text}
      onChange={(event) => filterDeadLetters({ text: event.target.value })}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || text === "") return;
        event.stopPropagation();
        filterDeadLetters({ text: "" });
      }}
    />
  );
}

function TargetActions({ letters }: { readonly letters: Letters }): ReactNode {
  const running = useReplay((state) => state.running !== null);
  // What the list on screen is the answer to: what is still being looked for must not be what is discarded.
  const wanted = useLetters((state) => state.wanted);
  const marked = useMarked((state) => state.ids);
  // Nor what is listed before all of it was found.
  const total = letters.searched < 1 ? 0 : letters.total;
  const target = useMemo(() => targetOf({ ...wanted, total, marked }), [wanted, total, marked]);
  const isAll = wanted.reason === null && wanted.text.trim() === "";
  const which = marked.size > 0 ? "marked" : isAll ? "all" : "these";
  return (
    <div className="letters-actions">
      {target !== null && (
        <>
          <Button
            icon={Play}
            disabled={running}
            title={`Replay ${target.words}`}
            onClick={() => attempt(() => replay(target))}
          >
            Replay {which}
          </Button>
          <Button
            icon={Wrench}
            disabled={running}
            title={`Use another format, zone or encoding for ${target.words}`}
            onClick={() => askReadAs(target)}
          >
            Read otherwise…
          </Button>
          <Button icon={Trash2} disabled={running} title={`Discard ${target.words}`} onClick={() => askDiscard(target)}>
            Discard…
          </Button>
        </>
      )}
      <Menu.Root>
        <Menu.Trigger className="icon-button" aria-label="Export and import">
          <Ellipsis size={15} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="layer" align="end" sideOffset={4}>
            <Menu.Popup className="popup">
              {target !== null && (
                <Menu.Item className="menu-item" onClick={() => exportLetters(target)}>
                  Export {target.words}…
                </Menu.Item>
              )}
              <Menu.Item className="menu-item" onClick={importLetters}>
                Import dead letters…
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

function SourcePicker(): ReactNode {
  const sourceId = useDeadLetterFilter((state) => state.sourceId);
  const sources = useCase((state) => state.sources);
  const chosen = sources.find(({ id }) => id === sourceId);
  const choices = (typed: string): readonly { id: string; title: string; aside?: string }[] => {
    const wanted = typed.trim().toLowerCase();
    const found = sources
      .filter(
        ({ deadLetters, id, path }) => (deadLetters > 0 || id === sourceId) && path.toLowerCase().includes(wanted),
      )
      .map(({ id, path, deadLetters }) => ({ id: String(id), title: fileName(path), aside: formatCount(deadLetters) }));
    return wanted === "" ? [{ id: "", title: "All sources" }, ...found] : found;
  };
  return (
    <Picker
      label="Source of the dead letters"
      shown={chosen === undefined ? "All sources" : visibleLine(fileName(chosen.path))}
      placeholder="Source"
      value={sourceId === null ? "" : String(sourceId)}
      choices={choices}
      onChoose={(id) => filterDeadLetters({ sourceId: id === "" ? null : Number(id) })}
    />
  );
}
