/** The one filter of all views: coloured as it is typed, completed, applied as soon as it can be read. */
import { CircleX, ListFilter } from "lucide-react";
import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { highlight } from "../../shared/query/highlight.ts";
import { parseFilter } from "../../shared/query/parse.ts";
import { call } from "../bridge.ts";
import { formatCount } from "../../shared/text/number.ts";
import { useRevision } from "../state/case.ts";
import { leaveDetail } from "../shell/pane-focus.ts";
import { useQuery } from "../state/query.ts";
import { setFilter, useSelection } from "../state/selection.ts";
import { IconButton } from "../ui/button.tsx";
import { useSettled } from "../ui/use-settled.ts";
import { readHistory, rememberFilter } from "./history.ts";
import { completeAt, MOST_OFFERS, offers, take, type Offer } from "./suggest.ts";
import "./filter.css";

/** Between the last key and the filter's application. */
const PAUSE_MS = 180;
/** Half a filter is no mistake while it is typed; it is one after a pause, on Enter, or once it is left. */
const PATIENCE_MS = 800;

export function FilterBox(): ReactNode {
  const applied = useSelection((state) => state.filter);
  const [text, setText] = useState(applied);
  const [cursor, setCursor] = useState(0);
  const [focused, setFocused] = useState(false);
  const [active, setActive] = useState(-1);
  const [dismissed, setDismissed] = useState(true);
  /** Place in the history while the person walks through it; -1 is their own text. */
  const [past, setPast] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const wantedCursor = useRef<number | null>(null);
  const id = useId();

  // Clicks elsewhere change the filter too; what is being typed and is not yet applied must not come back.
  const lastApplied = useRef(applied);
  /** What is typed in one go is one step of the way back. */
  const isTyping = useRef(false);
  useEffect(() => {
    if (applied === lastApplied.current) return;
    lastApplied.current = applied;
    setText(applied);
  }, [applied]);

  const parsed = useMemo(() => parseFilter(text), [text]);
  const rested = useSettled(text, PATIENCE_MS);
  const [entered, setEntered] = useState<string | null>(null);
  const isJudged = !focused || rested === text || entered === text;
  const error = parsed.ok || !isJudged ? null : parsed.error;
  const apply = (next: string): void => {
    if (!parseFilter(next).ok) return;
    lastApplied.current = next;
    setFilter(next, !isTyping.current);
    isTyping.current = true;
  };
  useEffect(() => {
    if (text === lastApplied.current || !parsed.ok) return undefined;
    const timer = setTimeout(() => {
      lastApplied.current = text;
      setFilter(text, !isTyping.current);
      isTyping.current = true;
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, parsed]);

  const completion = useMemo(() => completeAt(text, cursor), [text, cursor]);
  const revision = useRevision();
  const asksCase = focused && !dismissed && completion.asksCase && revision !== null;
  const { data: values } = useQuery(
    asksCase ? `${completion.field}|${completion.prefix}|${revision}` : null,
    async () => ({
      field: completion.field,
      found: await call("filter.values", { field: completion.field, prefix: completion.prefix, limit: MOST_OFFERS }),
    }),
  );
  const offered = useMemo<readonly Offer[]>(() => {
    if (dismissed) return [];
    if (text.trim() === "") {
      const recent = readHistory()
        .slice(0, 5)
        .map((insert) => ({ insert, about: "used before" }));
      return [...recent, ...offers(completion, [], formatCount)].slice(0, MOST_OFFERS);
    }
    return offers(completion, values?.field === completion.field ? values.found : [], formatCount);
  }, [dismissed, text, completion, values]);
  const open = focused && (offered.length > 0 || (error !== null && !dismissed));

  useLayoutEffect(() => {
    if (wantedCursor.current === null || input.current === null) return;
    input.current.setSelectionRange(wantedCursor.current, wantedCursor.current);
    wantedCursor.current = null;
  });
  const followScroll = (): void => {
    if (mirror.current !== null && input.current !== null) mirror.current.scrollLeft = input.current.scrollLeft;
  };
  // Asked where an input has scrolled to, the page lays itself out on the spot.
  useLayoutEffect(() => {
    if (text !== "") followScroll();
  });

  const replace = (next: string, at: number): void => {
    wantedCursor.current = at;
    setCursor(at);
    setText(next);
    setActive(-1);
  };
  const choose = (offer: Offer): void => {
    if (text.trim() === "" && offer.about === "used before") {
      replace(offer.insert, offer.insert.length);
      setDismissed(true);
      return;
    }
    const next = take(text, completion, offer.insert, completion.what === "value");
    replace(next.text, next.cursor);
  };
  const walk = (step: 1 | -1): void => {
    const history = readHistory();
    const next = Math.min(history.length - 1, Math.max(-1, past + step));
    setPast(next);
    setDismissed(true);
    const shown = next < 0 ? "" : (history[next] ?? "");
    replace(shown, shown.length);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const listed = open && offered.length > 0;
    const chosen = offered[active];
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => {
        if (past >= 0) walk(-1);
        else if (listed) setActive((active + 1) % offered.length);
        else setDismissed(false);
      },
      ArrowUp: () => {
        if (listed && active >= 0) setActive(active - 1);
        else walk(1);
      },
      Enter: () => {
        if (listed && chosen !== undefined) {
          choose(chosen);
          return;
        }
        apply(text);
        setEntered(text);
        if (parsed.ok) rememberFilter(text);
        setDismissed(parsed.ok);
        // What comes next is about the rows: their keys must not be written into the filter.
        if (parsed.ok) leaveDetail();
      },
      Escape: () => {
        // What was typed stays: the way back to the list must not cost the filter.
        if (open) setDismissed(true);
        else leaveDetail();
      },
    };
    const tabbed = event.key === "Tab" && !event.shiftKey && listed && text.trim() !== "";
    const action = tabbed ? () => choose(chosen ?? offered[0] ?? { insert: "", about: "" }) : keys[event.key];
    if (action === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  return (
    <div className="filter" role="search" data-invalid={error !== null || undefined}>
      <ListFilter size={14} className="filter-icon" aria-hidden />
      <div className="filter-field">
        <div ref={mirror} className="filter-mirror mono" aria-hidden>
          <Coloured text={text} error={error} />
        </div>
        <input
          ref={input}
          className="filter-input mono"
          role="combobox"
          aria-label="Filter of all views"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={error !== null}
          autoComplete="off"
          spellCheck={false}
          placeholder="Filter: words, level>=error, service:name, -text"
          data-main
          data-filter
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCursor(event.target.selectionStart ?? 0);
            setActive(-1);
            setPast(-1);
            setDismissed(false);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
          onScroll={followScroll}
          onFocus={() => {
            setFocused(true);
            isTyping.current = false;
          }}
          onMouseDown={() => setDismissed(false)}
          onBlur={() => {
            setFocused(false);
            setPast(-1);
            if (parsed.ok) rememberFilter(text);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {text !== "" && (
        <IconButton
          icon={CircleX}
          label="Clear the filter"
          onClick={() => {
            replace("", 0);
            apply("");
            input.current?.focus();
          }}
        />
      )}
      <p className="visually-hidden" role="status">
        {error?.message ?? ""}
      </p>
      {open && (
        <div className="filter-popup popup">
          {error !== null && (
            <p className="filter-error" aria-hidden>
              {error.message}
            </p>
          )}
          <ul id={`${id}-list`} role="listbox" aria-label="Completions">
            {offered.map((offer, index) => (
              <li
                key={`${offer.insert} ${offer.about}`}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className="menu-item"
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(offer);
                }}
              >
                <span className="mono picker-title">{offer.insert}</span>
                <span className="end">{offer.about}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

interface ColouredProps {
  readonly text: string;
  readonly error: { readonly from: number; readonly to: number } | null;
}

/** The typed text in the colours of its parts, under an input whose own text is transparent. */
function Coloured({ text, error }: ColouredProps): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  const push = (to: number, style: string): void => {
    if (to <= at) return;
    const wrong = error !== null && at < error.to && to > error.from;
    parts.push(
      <span key={at} className={wrong ? `${style} wrong` : style}>
        {text.slice(at, to)}
      </span>,
    );
    at = to;
  };
  for (const { from, to, style } of highlight(text)) {
    push(from, "plain");
    push(to, style);
  }
  push(text.length, "plain");
  if (error !== null && error.from >= text.length)
    parts.push(
      <span key="end" className="wrong end">
        {"\u00a0"}
      </span>,
    );
  return parts;
}
