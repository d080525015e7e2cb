/** Every service of the case, by how likely it is where it began. */
import { useState, type ReactNode } from "react";
import { printTerm } from "../../shared/query/print.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatClock } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { goTo } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import type { Verdict } from "./store.ts";

/** What rounds to nothing says only that the service was seen. */
const LEAST_SHOWN = 0.05;

export function ServiceRanking({ services }: { readonly services: Verdict["services"] }): ReactNode {
  const zone = useZone((state) => state.zone);
  const [whole, setWhole] = useState(false);
  const most = Math.max(...services.map(({ score }) => score), Number.MIN_VALUE);
  const telling = services.filter(({ score }) => score >= LEAST_SHOWN);
  const rest = services.length - telling.length;
  return (
    <>
      <h3
        className="suspects-aside-title"
        title="How much of what went wrong begins at each service; the figures only compare services of this incident"
      >
        Where it began, by service
      </h3>
      <ol className="suspects-services">
        {(whole ? services : telling).map(({ service, score, since, resource }, index) => (
          <li key={service}>
            <button
              type="button"
              className="suspects-service"
              title={`Show the records of ${service}${resource === null ? "" : `; what stands out: ${resource}`}`}
              onClick={() => goTo({ view: "timeline", filter: printTerm("service", service) })}
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
        {!whole && rest > 0 && (
          <li>
            <button type="button" className="link suspects-rest" onClick={() => setWhole(true)}>
              {`${formatCountOf(rest, telling.length === 0 ? "service" : "other service")} without a sign of it`}
            </button>
          </li>
        )}
      </ol>
    </>
  );
}
