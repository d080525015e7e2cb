/** What speaks for a suspect and what against it; each piece leads to its record, series or trace. */
import { Activity, Check, CircleHelp, Clock, Waypoints, X } from "lucide-react";
import type { ReactNode } from "react";
import { visibleLine } from "../../shared/text/visible.ts";
import type { PinnedEvidence } from "../../shared/report/pins.ts";
import { attempt } from "../state/notices.ts";
import { IconButton } from "../ui/button.tsx";
import { PinnedPiece } from "./pinned.tsx";
import type { Evidence, Suspect } from "./store.ts";
import { showChart, showInDetail, showOnTimeline, showTrace } from "./ways.ts";

interface EvidenceProps {
  readonly suspect: Suspect;
  readonly pins: readonly PinnedEvidence[];
}

export function EvidenceOf({ suspect, pins }: EvidenceProps): ReactNode {
  return (
    <div className="suspect-evidence">
      <Side speaksFor of={suspect.evidence} pins={pins} />
      <Side speaksFor={false} of={suspect.evidence} pins={pins} />
      {suspect.missing.length > 0 && (
        <section>
          <h4>Missing</h4>
          <ul>
            {suspect.missing.map((what) => (
              <li key={what} className="suspect-missing">
                <CircleHelp size={13} aria-hidden />
                <span className="suspect-text">{visibleLine(what)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface SideProps {
  readonly speaksFor: boolean;
  readonly of: readonly Evidence[];
  readonly pins: readonly PinnedEvidence[];
}

function Side({ speaksFor, of, pins }: SideProps): ReactNode {
  const pinned = pins.filter((pin) => pin.for === speaksFor);
  if (pinned.length === 0 && of.every((evidence) => evidence.for !== speaksFor)) return null;
  return (
    <section>
      <h4>{speaksFor ? "For" : "Against"}</h4>
      <ul>
        {of.map(
          (evidence, at) =>
            evidence.for === speaksFor && (
              // oxlint-disable-next-line react/no-array-index-key -- a verdict is replaced as a whole, and texts may repeat
              <Piece key={at} evidence={evidence} at={at} />
            ),
        )}
        {pinned.map((pin) => (
          <PinnedPiece key={pin.note.id} pinned={pin} />
        ))}
      </ul>
    </section>
  );
}

/** @param at among all evidence of the suspect. */
function Piece({ evidence, at }: { readonly evidence: Evidence; readonly at: number }): ReactNode {
  const { text, weight, place, series, spanId, time } = evidence;
  const Mark = evidence.for ? Check : X;
  return (
    <li className="suspect-piece" data-for={evidence.for} data-piece={at}>
      <Mark size={13} aria-label={evidence.for ? "speaks for it" : "speaks against it"} />
      <span className="suspect-weight" title={`Weight ${weight.toFixed(2)} of 1`} aria-hidden>
        <span style={{ width: `${Math.round(weight * 100)}%` }} />
      </span>
      {place === null ? (
        <span className="suspect-text">{visibleLine(text)}</span>
      ) : (
        <button
          type="button"
          className="suspect-text suspect-link"
          title="Show the record"
          onClick={() => showInDetail(evidence)}
          onDoubleClick={() => showOnTimeline(evidence)}
        >
          {visibleLine(text)}
        </button>
      )}
      <span className="suspect-ways">
        {series !== undefined && place !== null && (
          <IconButton icon={Activity} label="Show the series" onClick={() => attempt(() => showChart(evidence))} />
        )}
        {spanId !== undefined && place !== null && (
          <IconButton icon={Waypoints} label="Open the trace" onClick={() => showTrace(evidence)} />
        )}
        {(time !== null || place !== null) && (
          <IconButton icon={Clock} label="Show on the timeline" onClick={() => showOnTimeline(evidence)} />
        )}
      </span>
    </li>
  );
}
