/** One suspect: what it is, how sure the engine is, since when, and on which evidence. */
import { Cpu, GitCommitHorizontal, Globe, Server, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { formatOffset } from "../../shared/text/duration.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useZone } from "../state/zone.ts";
import { EvidenceOf } from "./evidence.tsx";
import { DecisionButtons, DecisionMark } from "./decision.tsx";
import type { Decided } from "../../shared/report/decisions.ts";
import type { PinnedEvidence } from "../../shared/report/pins.ts";
import { choose, type Suspect } from "./store.ts";
import { headingOf, KIND_NAME, likelihood, percent, shortObject } from "../../shared/text/suspect-words.ts";

const ICON: Readonly<Record<Suspect["kind"], LucideIcon>> = {
  change: GitCommitHorizontal,
  service: Server,
  resource: Cpu,
  outside: Globe,
};

interface CardProps {
  readonly suspect: Suspect;
  /** From 0. */
  readonly place: number;
  readonly open: boolean;
  readonly onset: number | null;
  /** What people concluded of it. */
  readonly decided: Decided | null;
  /** What people pinned to it. */
  readonly pins: readonly PinnedEvidence[];
}

export function SuspectCard({ suspect, place, open, onset, decided, pins }: CardProps): ReactNode {
  const { kind, service, object, confidence, since } = suspect;
  const zone = useZone((state) => state.zone);
  const Icon = ICON[kind];
  const heading = headingOf(suspect);
  const id = `suspect-${place}`;
  return (
    <li className="suspect" aria-current={open} data-place={place} data-decision={decided?.decision}>
      <button
        type="button"
        className="suspect-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => choose(place)}
      >
        <span className="suspect-rank">{place + 1}</span>
        <Icon size={15} aria-hidden />
        <span className="suspect-name" title={heading}>
          {visibleLine(heading)}
        </span>
        <Meter confidence={confidence} />
      </button>
      <p className="suspect-facts">
        <DecisionMark decided={decided} />
        <span>{KIND_NAME[kind]}</span>
        {object !== null && object !== heading && object !== service && (
          <code title={object}>{visibleLine(shortObject(object))}</code>
        )}
        {service !== null && service !== heading && <span>at {visibleLine(service)}</span>}
        {since !== null && (
          <span>
            {formatMoment(since, zone)}
            {onset !== null &&
              ` (${since === onset ? "at" : formatOffset(since - onset)} ${since === onset ? "the onset" : "from the onset"})`}
          </span>
        )}
      </p>
      <div id={id} hidden={!open}>
        {open && (
          <>
            <EvidenceOf suspect={suspect} pins={pins} />
            <DecisionButtons suspect={suspect} decided={decided} />
          </>
        )}
      </div>
    </li>
  );
}

function Meter({ confidence }: { readonly confidence: number }): ReactNode {
  return (
    <span className="suspect-confidence" title={`Confidence ${percent(confidence)}`}>
      <span className="suspect-likelihood">{likelihood(confidence)}</span>
      <span className="suspect-meter" aria-hidden>
        <span style={{ width: `${Math.round(confidence * 100)}%` }} />
      </span>
      <span className="suspect-percent">{percent(confidence)}</span>
    </span>
  );
}
