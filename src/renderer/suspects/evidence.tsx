/** What speaks for a suspect and what against it; each piece leads to its record, series or trace. */
import { Activity, Check, CircleHelp, Clock, Waypoints, X } from "lucide-react";
import type { ReactNode } from "react";
import { visibleLine } from "../../shared/text/visible.ts";
import { attempt } from "../state/notices.ts";
import { IconButton } from "../ui/button.tsx";
import type { Evidence, Suspect } from "./store.ts";
import { showChart, showInDetail, showOnTimeline, showTrace } from "./ways.ts";

export function EvidenceOf({ suspect }: { readonly suspect: Suspect }): ReactNode {
  const speaksFor = suspect.evidence.filter((evidence) => evidence.for);
  const against = suspect.evidence.filter((evidence) => !evidence.for);
  return (
    <div className="suspect-evidence">
      {speaksFor.length > 0 && <Side title="For" of={speaksFor} />}
      {against.length > 0 && <Side title="Against" of={against} />}
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

function Side({ title, of }: { readonly title: "For" | "Against"; readonly of: readonly Evidence[] }): ReactNode {
  return (
    <section>
      <h4>{title}</h4>
      <ul>
        {of.map((evidence, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a verdict is replaced as a whole, and texts may repeat
          <Piece key={at} evidence={evidence} />
        ))}
      </ul>
    </section>
  );
}

function Piece({ evidence }: { readonly evidence: Evidence }): ReactNode {
  const { text, weight, place, series, spanId, time } = evidence;
  const Mark = evidence.for ? Check : X;
  return (
    <li className="suspect-piece" data-for={evidence.for}>
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
