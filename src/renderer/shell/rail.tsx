/** The views at the left, with the counts that ask for attention. */
import type { ReactNode } from "react";
import { formatCompact, formatCount } from "../../shared/text/number.ts";
import { useCase } from "../state/case.ts";
import { showView, useLayout } from "../state/layout.ts";
import { Hint } from "../ui/tooltip.tsx";
import { RAIL_VIEWS } from "../views/registry.ts";
import { keysOf } from "../views/view.ts";

export function Rail(): ReactNode {
  const shown = useLayout((state) => state.view);
  const info = useCase((state) => state.info);
  return (
    <nav className="rail" aria-label="Views" data-pane="rail">
      {RAIL_VIEWS.map((view) => {
        const { id, title, icon: Icon, badge, apart = false } = view;
        const sign = info === null ? null : (badge?.(info) ?? null);
        const name = sign === null || sign.count === 0 ? title : `${title}, ${formatCount(sign.count)}`;
        return (
          <Hint key={id} text={name} keys={keysOf(view)[0] ?? ""} side="right">
            <button
              type="button"
              className="rail-item"
              aria-label={name}
              aria-current={shown === id ? "page" : undefined}
              data-apart={apart || undefined}
              disabled={info === null && !apart}
              onClick={() => showView(id)}
            >
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              <span className="rail-title" aria-hidden>
                {title}
              </span>
              {sign !== null && sign.count > 0 && (
                <span className={sign.attention ? "rail-badge attention" : "rail-badge"} aria-hidden>
                  {formatCompact(sign.count)}
                </span>
              )}
            </button>
          </Hint>
        );
      })}
    </nav>
  );
}
