/** The incident at a glance, for whoever opens it at night: when, where, the likeliest causes, and what was not read. */
import type { ReactNode } from "react";
import { formatCountOf } from "../../shared/text/number.ts";
import { unreadTexts } from "../../shared/text/unread.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase } from "../state/case.ts";
import { goTo } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Keycaps } from "../ui/keycaps.tsx";
import { decidedOf, DecisionMark, useConcluded } from "./decision.tsx";
import { choose, useSuspects, type Verdict } from "./store.ts";
import { headingOf, KIND_NAME, likelihood, percent } from "../../shared/text/suspect-words.ts";
import { showOnTimeline } from "./ways.ts";
import "./suspects.css";

const MOST = 3;
/** Below it a suspect is named in the view alone, unless it is the first. */
const LEAST_CONFIDENCE = 0.1;

const HINTS = [
  { keys: "}", what: "next error" },
  { keys: "d", what: "what changed" },
  { keys: "/", what: "filter" },
  { keys: "p", what: "pin as evidence" },
  { keys: "?", what: "all keys" },
] as const;

/** Null while no onset is told. */
export function IncidentSummary(): ReactNode {
  const verdict = useSuspects((state) => state.verdict);
  const onset = verdict?.onset ?? null;
  if (verdict === null || onset === null) return null;
  return (
    <section className="summary" aria-label="The incident at a glance">
      <Onset onset={onset} />
      <Causes verdict={verdict} />
      <Unread />
      <p className="summary-hints second">
        Select a row or a mark to see every field of it.
        {HINTS.map(({ keys, what }) => (
          <span key={keys}>
            <Keycaps binding={keys} /> {what}
          </span>
        ))}
      </p>
    </section>
  );
}

function Onset({ onset }: { readonly onset: NonNullable<Verdict["onset"]> }): ReactNode {
  const zone = useZone((state) => state.zone);
  const given = useSuspects((state) => state.incident !== null);
  return (
    <>
      <h3>{given ? "In the range you gave, it began" : "It began"}</h3>
      <button
        type="button"
        className="suspects-moment"
        title="Show the onset on the timeline"
        onClick={() => showOnTimeline({ place: onset.place, time: onset.time })}
      >
        {formatMoment(onset.time, zone)}
      </button>
      <p className="second suspects-reason">
        {onset.service !== null && `At ${visibleLine(onset.service)}. `}
        <span className="whole">Confidence {percent(onset.confidence)}.</span>
      </p>
    </>
  );
}

function Causes({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { suspects, abstained, abstainedBecause } = verdict;
  const concluded = useConcluded();
  // The likeliest come first.
  const shown = suspects.slice(0, MOST).filter(({ confidence }, at) => at === 0 || confidence >= LEAST_CONFIDENCE);
  return (
    <>
      <h3>Suspects</h3>
      {abstained && <p className="second suspects-reason">{visibleLine(abstainedBecause)}</p>}
      <ol>
        {shown.map((suspect, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a verdict is replaced as a whole
          <li key={place}>
            <button
              type="button"
              className="summary-cause"
              title="Show its evidence"
              onClick={() => {
                choose(place);
                goTo({ view: "suspects" });
              }}
            >
              <span className="suspect-rank">{place + 1}</span>
              <span className="summary-name">
                {visibleLine(headingOf(suspect))}
                <span className="second">
                  {KIND_NAME[suspect.kind]}
                  {suspect.service !== null &&
                    suspect.service !== headingOf(suspect) &&
                    ` at ${visibleLine(suspect.service)}`}
                  , {likelihood(suspect.confidence)} <DecisionMark decided={decidedOf(concluded, suspect)} />
                </span>
              </span>
              <span className="suspect-percent">{percent(suspect.confidence)}</span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="link" onClick={() => goTo({ view: "suspects" })}>
        {suspects.length > shown.length ? `All ${suspects.length} suspects and their evidence` : "The evidence"}
      </button>
    </>
  );
}

function Unread(): ReactNode {
  const letters = useCase((state) => state.info?.deadLetters ?? 0);
  const sources = useCase((state) => state.sources);
  const unread = unreadTexts(sources);
  if (letters === 0 && unread.length === 0) return null;
  return (
    <>
      <h3>Not read</h3>
      {letters > 0 && (
        <button type="button" className="link" onClick={() => goTo({ view: "dead-letters" })}>
          {formatCountOf(letters, "dead letter")}
        </button>
      )}
      {unread.map((said) => (
        <button key={said} type="button" className="link" onClick={() => goTo({ view: "sources" })}>
          {said}
        </button>
      ))}
    </>
  );
}
