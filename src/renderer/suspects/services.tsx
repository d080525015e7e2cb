/** Every service of the case, by how likely it is where it began. */
import type { ReactNode } from "react";
import { printTerm } from "../../shared/query/print.ts";
import { formatClock } from "../format/time.ts";
import { visibleLine } from "../format/visible.ts";
import { showView } from "../state/layout.ts";
import { setFilter } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import type { Verdict } from "./store.ts";

export function ServiceRanking({ services }: { readonly services: Verdict["services"] }): ReactNode {
  const zone = useZone((state) => state.zone);
  const most = Math.max(...services.map(({ score }) => score), Number.MIN_VALUE);
  return (
    <>
      <h3 className="suspects-aside-title">Where it began, by service</h3>
      <ol className="suspects-services">
        {services.map(({ service, score, since, resource }, index) => (
          <li key={service}>
            <button
              type="button"
              className="suspects-service"
              title={`Show the records of ${service}${resource === null ? "" : `; what stands out: ${resource}`}`}
              onClick={() => {
                setFilter(printTerm("service", service));
                showView("timeline");
              }}
            >
              <span className="suspect-rank">{index + 1}</span>
              <span className="suspects-service-name">{visibleLine(service)}</span>
              <span className="suspects-service-since">{since === null ? "" : formatClock(since, zone, 0)}</span>
              <span className="suspects-service-bar" aria-hidden>
                <span style={{ width: `${Math.round((Math.max(0, score) / most) * 100)}%` }} />
              </span>
              <span className="suspects-service-score">{score.toFixed(1)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
