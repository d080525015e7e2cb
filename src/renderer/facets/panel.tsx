/** What the selection is made of, by service, severity, source and kind; a click narrows it. */
import { Ban, ChevronDown, ChevronRight, Focus, PanelLeftClose } from "lucide-react";
import { memo, useCallback, useMemo, useState, type MouseEvent, type ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { nextFacetButton } from "./facet-keys.ts";
import { SEVERITIES, type Severity } from "../../shared/model/severity.ts";
import { call } from "../bridge.ts";
import { setTerm, termState, type TermState } from "../filter/terms.ts";
import { formatCompact, formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useAfterBars } from "../state/after-bars.ts";
import { useCase, useRevision } from "../state/case.ts";
import { toggleFacets } from "../state/layout.ts";
import { useQuery } from "../state/query.ts";
import { whole } from "../state/searching.ts";
import { listedRange, selectionKey, selectionOf, setFilter, useSelection } from "../state/selection.ts";
import { IconButton } from "../ui/button.tsx";
import { usePaced } from "../ui/use-paced.ts";
import { commonFolder } from "../../shared/text/path.ts";
import { SEVERITY_NAME, SeverityMark } from "../ui/severity.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import "./facets.css";

type Facet = CallOutput<"facets.list">["facets"][number];
type FacetValue = Facet["values"][number];

const TITLE: Readonly<Record<Facet["field"], string>> = {
  service: "Service",
  severity: "Severity",
  source: "Source",
  kind: "Kind",
};
const SHOWN = 8;
/** Nobody reads counts while the time is panned. */
const PACE_MS = 250;
const MOST = 200;

/** Severities in their own order, everything else by count as it came. */
export function orderedValues({ field, values }: Facet): readonly FacetValue[] {
  if (field !== "severity") return values;
  const rank = ({ value }: FacetValue): number => SEVERITIES.indexOf(value.toUpperCase() as Severity);
  return values.toSorted((a, b) => rank(a) - rank(b));
}

export function FacetPanel(): ReactNode {
  const revision = useRevision();
  const state = useSelection();
  const selection = selectionOf(state, listedRange(state));
  const isAfterBars = useAfterBars();
  const asked = usePaced(selectionKey(selection), PACE_MS);
  const key = revision === null || !isAfterBars ? null : `${revision}|${asked}`;
  const { data, failure, retry } = useQuery<CallOutput<"facets.list">>(key, (show) =>
    whole(() => call("facets.list", { selection, limit: MOST, partial: true }), show),
  );
  return (
    <section className="facets" aria-label="Facets">
      <div className="pane-title facets-title">
        Facets
        <span className="spacer" />
        <IconButton icon={PanelLeftClose} label="Hide facets" keys="\" onClick={toggleFacets} />
      </div>
      <div
        className="facets-body"
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
          if (!(event.target instanceof Element)) return;
          const next = nextFacetButton(event.key, event.target, event.currentTarget);
          if (next === null) return;
          event.preventDefault();
          next.focus();
        }}
      >
        {data === null && failure === null && <SkeletonLines count={12} />}
        {failure !== null && (
          <p className="facets-failure">
            {failure.message}{" "}
            <button type="button" className="link" onClick={retry}>
              Try again
            </button>
          </p>
        )}
        {data?.facets.map((facet) => (
          <FacetGroup key={facet.field} facet={facet} filter={selection.filter} />
        ))}
      </div>
    </section>
  );
}

function FacetGroup({ facet, filter }: { readonly facet: Facet; readonly filter: string }): ReactNode {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const values = orderedValues(facet);
  const sources = useCase((state) => state.sources);
  const folder = useMemo(() => commonFolder(sources.map(({ path }) => path)), [sources]);
  /** Without the folder that all sources of the case share. */
  const shorten = (label: string): string =>
    facet.field === "source" && label.startsWith(folder) ? label.slice(folder.length) : label;
  const most = values.reduce((highest, { count }) => Math.max(highest, count), 1);
  const shown = all ? values : values.slice(0, SHOWN);
  const rest = facet.distinct - shown.length;
  const Chevron = open ? ChevronDown : ChevronRight;
  const toggleOpen = useCallback(() => setOpen((is) => !is), []);
  const toggleAll = useCallback(() => setAll((is) => !is), []);
  return (
    <div className="facet">
      <button type="button" className="facet-title" aria-expanded={open} onClick={toggleOpen}>
        <Chevron size={12} aria-hidden />
        {TITLE[facet.field]}
        <span className="facet-distinct">{formatCount(facet.distinct)}</span>
      </button>
      {open && (
        <ul>
          {shown.map((value) => (
            <FacetRow
              key={value.value}
              field={facet.field}
              value={value.value}
              label={value.label}
              shown={shorten(value.label)}
              count={value.count}
              part={value.count / most}
              state={termState(filter, facet.field, value.value)}
            />
          ))}
        </ul>
      )}
      {open && (rest > 0 || all) && values.length > SHOWN && (
        <button type="button" className="link facet-more" onClick={toggleAll}>
          {all ? "Show fewer" : `${formatCount(rest)} more`}
        </button>
      )}
    </div>
  );
}

interface FacetRowProps {
  readonly field: Facet["field"];
  readonly value: string;
  readonly label: string;
  /** The label as far as the panel needs it. */
  readonly shown: string;
  readonly count: number;
  /** 0–1 of the most frequent value. */
  readonly part: number;
  readonly state: TermState;
}

const change = (field: string, value: string, state: TermState, alone = false): void =>
  setFilter(setTerm(useSelection.getState().filter, field, value, state, alone));

const exclude = (field: string, value: string, state: TermState): void =>
  change(field, value, state === "excluded" ? null : "excluded");

const FacetRow = memo(function FacetRow({ field, value, label, shown, count, part, state }: FacetRowProps): ReactNode {
  const severity = field === "severity" ? (value.toUpperCase() as Severity) : null;
  const name = severity === null ? visibleLine(shown) : SEVERITY_NAME[severity];
  // Counts change with all that is read: what is clicked must not be made anew with them.
  const onClick = useCallback(
    (event: MouseEvent): void => {
      if (event.altKey) exclude(field, value, state);
      else change(field, value, state === null ? "included" : null);
    },
    [field, value, state],
  );
  return (
    <li
      className="facet-row"
      data-menu="term"
      data-field={field}
      data-value={value}
      data-shown={name}
      data-state={state}
      {...(severity === null ? {} : { "data-severity": severity })}
    >
      <button
        type="button"
        className="facet-value"
        tabIndex={-1}
        aria-pressed={state === "included"}
        title={`${label}: ${formatCount(count)}. Alt-click excludes.`}
        onClick={onClick}
      >
        <span className="facet-bar" style={{ width: `${part * 100}%` }} aria-hidden />
        {severity !== null && <SeverityMark severity={severity} label={{ word: "" }} />}
        <span className="facet-name">{name}</span>
        <span className="facet-count">{formatCompact(count)}</span>
      </button>
      <FacetActions field={field} value={value} name={name} state={state} />
    </li>
  );
});

interface FacetActionsProps extends Pick<FacetRowProps, "field" | "value" | "state"> {
  readonly name: string;
}

/** Native titles: two floating hints a row would be half of what the window renders. */
const FacetActions = memo(function FacetActions({ field, value, name, state }: FacetActionsProps): ReactNode {
  return (
    <span className="facet-actions">
      <button
        type="button"
        className="icon-button"
        tabIndex={-1}
        title={`Only ${name}`}
        aria-label={`Only ${name}`}
        onClick={() => change(field, value, "included", true)}
      >
        <Focus size={13} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        tabIndex={-1}
        title={`Exclude ${name}`}
        aria-label={`Exclude ${name}`}
        aria-pressed={state === "excluded"}
        onClick={() => exclude(field, value, state)}
      >
        <Ban size={13} aria-hidden />
      </button>
    </span>
  );
});
