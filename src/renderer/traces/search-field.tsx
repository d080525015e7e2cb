/** Search within the open trace: what matches stays bright, Enter goes from match to match. */
import { useRef, type ReactNode } from "react";
import { formatCount } from "../../shared/text/number.ts";
import { search, stepMatch, useWaterfall } from "./waterfall-state.ts";

export const SEARCH_FIELD_ID = "trace-search";

export function SearchField(): ReactNode {
  const typed = useWaterfall((state) => state.typed);
  const found = useWaterfall((state) => state.found);
  const place = useWaterfall(({ selected, model, found: all }) =>
    selected === null ? -1 : all.indexOf(model.position[selected] ?? -1),
  );
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="trace-search">
      <input
        ref={input}
        id={SEARCH_FIELD_ID}
        className="field"
        type="search"
        placeholder="Search spans"
        aria-label="Search spans of this trace"
        spellCheck={false}
        value={typed}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") stepMatch(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") {
            search("");
            input.current?.blur();
          } else return;
          event.preventDefault();
        }}
      />
      {typed.trim() !== "" && (
        <span className="trace-found" role="status">
          {found.length === 0
            ? "none"
            : `${place < 0 ? "" : `${formatCount(place + 1)} of `}${formatCount(found.length)}`}
        </span>
      )}
    </span>
  );
}
