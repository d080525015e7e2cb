/** The state of a target, or the health of a connector, as a shape, a word and a colour. */
import { CircleCheck, CircleDot, CircleSlash, CircleX, Hand, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { ConnectorRow, ConnectorTarget } from "../../shared/contract/connectors.ts";
import { useNow } from "./now.ts";
import { useConnectors } from "./store.ts";
import { HEALTH_WORD, STATE_MEANING, STATE_WORD, stateText, type TargetState } from "./words.ts";

const STATE_ICON: Readonly<Record<TargetState, LucideIcon>> = {
  closed: CircleCheck,
  "half-open": CircleDot,
  open: CircleX,
  "held-open": Hand,
  disabled: CircleSlash,
};

const HEALTH_ICON: Readonly<Record<ConnectorRow["health"], LucideIcon>> = {
  healthy: CircleCheck,
  degraded: TriangleAlert,
  down: CircleX,
};

/** A closed breaker lets calls through: its target is as well as its calls are. */
export function TargetMark({ target }: { readonly target: ConnectorTarget }): ReactNode {
  const { state, health } = target;
  const isClosed = state === "closed";
  const Icon = isClosed ? HEALTH_ICON[health] : STATE_ICON[state];
  const meaning =
    isClosed && health !== "healthy"
      ? `${STATE_MEANING[state]} ${HEALTH_WORD[health]}: slow, or too many errors.`
      : STATE_MEANING[state];
  return (
    <span className="connector-mark" data-state={isClosed ? health : state} title={meaning}>
      <Icon size={13} aria-hidden />
      {isClosed ? HEALTH_WORD[health] : state === "open" ? <Countdown target={target} /> : STATE_WORD[state]}
    </span>
  );
}

function Countdown({ target }: { readonly target: ConnectorTarget }): ReactNode {
  const toldAt = useConnectors((state) => state.toldAt);
  const now = useNow();
  return stateText(target, now - toldAt);
}

export function HealthMark({ health }: { readonly health: ConnectorRow["health"] }): ReactNode {
  const Icon = HEALTH_ICON[health];
  return (
    <span className="connector-mark" data-state={health}>
      <Icon size={13} aria-hidden />
      {HEALTH_WORD[health]}
    </span>
  );
}
