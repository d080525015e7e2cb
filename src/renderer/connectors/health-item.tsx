/** The overall health of the connectors in the status bar. */
import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { showView } from "../state/layout.ts";
import { Hint } from "../ui/tooltip.tsx";
import { followHealth, useConnectors } from "./store.ts";
import { OVERALL_WORD, overallText } from "./words.ts";

const ICON = { healthy: CircleCheck, degraded: TriangleAlert, critical: OctagonAlert } as const;

export function ConnectorHealthItem(): ReactNode {
  useEffect(followHealth, []);
  const health = useConnectors((state) => state.health);
  if (health === null) return null;
  const { overall, open } = health;
  const Icon = ICON[overall];
  return (
    <Hint text={overallText(health)} side="top">
      <button type="button" className="status-item" data-health={overall} onClick={() => showView("connectors")}>
        <Icon size={13} className={overall === "healthy" ? "good" : "attention"} aria-hidden />
        {OVERALL_WORD[overall]}
        {overall !== "healthy" && open > 0 && `, ${open} open`}
      </button>
    </Hint>
  );
}
