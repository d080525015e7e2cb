/** The views at the left, with the counts that ask for attention. */
import { memo, type ReactNode } from "react";
import { formatCompact, formatCount } from "../../shared/text/number.ts";
import { useCase } from "../state/case.ts";
import { showView, useLayout } from "../state/layout.ts";
import { Hint } from "../ui/tooltip.tsx";
import { RAIL_VIEWS } from "../views/registry.ts";
import { keysOf, type View } from "../views/view.ts";

export function Rail(): ReactNode {
  const shown = useLayout((state) => state.view);
  const info = useCase((state) => state.info);
  return (
    <nav className="rail" aria-label="Views" data-pane="rail">
      {RAIL_VIEWS.map((view) => {
        const sign = info === null ? null : (view.badge?.(info) ?? null);
        return (
          <RailItem
            key={view.id}
            view={view}
            isShown={shown === view.id}
            count={sign?.count ?? 0}
            attention={sign?.attention ?? false}
            disabled={info === null && view.apart !== true}
          />
        );
      })}
    </nav>
  );
}

interface RailItemProps {
  readonly view: View;
  readonly isShown: boolean;
  readonly count: number;
  readonly attention: boolean;
  readonly disabled: boolean;
}

/** Most news of a case are none of a view's. */
const RailItem = memo(function RailItem({ view, isShown, count, attention, disabled }: RailItemProps): ReactNode {
  const { id, title, icon: Icon, apart = false } = view;
  const name = count === 0 ? title : `${title}, ${formatCount(count)}`;
  return (
    <Hint text={name} keys={keysOf(view)[0] ?? ""} side="right">
      <button
        type="button"
        className="rail-item"
        aria-label={name}
        aria-current={isShown ? "page" : undefined}
        data-apart={apart || undefined}
        disabled={disabled}
        onClick={() => showView(id)}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden />
        <span className="rail-title" aria-hidden>
          {title}
        </span>
        {count > 0 && (
          <span className={attention ? "rail-badge attention" : "rail-badge"} aria-hidden>
            {formatCompact(count)}
          </span>
        )}
      </button>
    </Hint>
  );
});
