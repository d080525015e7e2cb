/** What people concluded of a suspect, and pinned to it: said in its card, and decided there. */
import { Check, MessageSquareText, X } from "lucide-react";
import type { ReactNode } from "react";
import { decisionsIn, DECISION_WORDS, suspectKey, type Decided } from "../../shared/report/decisions.ts";
import { pinsIn, type PinnedEvidence } from "../../shared/report/pins.ts";
import { readNotes } from "../../shared/report/notes.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { call } from "../bridge.ts";
import { useCase, useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { Button } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { decide, sayWhy } from "./decide.ts";
import type { Suspect } from "./store.ts";

/** Both by the key of the suspect. */
export interface Concluded {
  readonly decisions: ReadonlyMap<string, Decided>;
  readonly pins: ReadonlyMap<string, readonly PinnedEvidence[]>;
}

const NONE: Concluded = { decisions: new Map(), pins: new Map() };
const NO_PINS: readonly PinnedEvidence[] = [];

/** Empty until the notes are read. */
export function useConcluded(): Concluded {
  const revision = useRevision();
  const file = useCase((state) => state.info?.file ?? "");
  const { data } = useQuery(`${file}|${revision ?? ""}`, async () => {
    const notes = await readNotes((input) => call("events.list", input));
    return { decisions: decisionsIn(notes), pins: pinsIn(notes) };
  });
  return data ?? NONE;
}

export const decidedOf = ({ decisions }: Concluded, suspect: Suspect): Decided | null =>
  decisions.get(suspectKey(suspect)) ?? null;

export const pinsOf = ({ pins }: Concluded, suspect: Suspect): readonly PinnedEvidence[] =>
  pins.get(suspectKey(suspect)) ?? NO_PINS;

export const DecisionMark = ({ decided }: { readonly decided: Decided | null }): ReactNode =>
  decided !== null && (
    <span className="suspect-decision" data-decision={decided.decision}>
      {decided.decision === "cause" ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
      {DECISION_WORDS[decided.decision]}
    </span>
  );

interface DecisionProps {
  readonly suspect: Suspect;
  readonly decided: Decided | null;
}

export function DecisionButtons({ suspect, decided }: DecisionProps): ReactNode {
  return (
    <div className="suspect-decide">
      <h4>What you conclude</h4>
      {decided !== null && decided.why !== "" && <p className="suspect-why">{visibleLine(decided.why)}</p>}
      <div className="suspect-buttons">
        <Button
          icon={Check}
          aria-pressed={decided?.decision === "cause"}
          title="Keep it in the case as the cause; the report begins with it"
          onClick={() => decide(suspect, "cause")}
        >
          It is the cause <Keycaps binding="c" />
        </Button>
        <Button
          icon={X}
          aria-pressed={decided?.decision === "ruled-out"}
          title="Keep in the case that it is not the cause"
          onClick={() => decide(suspect, "ruled-out")}
        >
          Rule it out <Keycaps binding="x" />
        </Button>
        {decided !== null && (
          <Button icon={MessageSquareText} title="The reasons stand in the report" onClick={() => sayWhy(suspect)}>
            {decided.why === "" ? "Say why…" : "Change the reasons…"} <Keycaps binding="w" />
          </Button>
        )}
      </div>
    </div>
  );
}
