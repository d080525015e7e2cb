/** By what the anomalies are ordered, and which kinds of them are listed. */
import { visibleLine } from "../../shared/text/visible.ts";
import { useMemo, type ReactNode } from "react";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import { SEVERITY_NAME } from "../ui/severity.tsx";
import { methodsOf, ORDERS, servicesOf, severitiesOf, type Anomaly, type AnomalyOrder } from "./ranking.ts";
import { useAnomalies } from "./store.ts";

const ORDER_TITLE: Readonly<Record<AnomalyOrder, string>> = { severity: "Severity", score: "Score", time: "Time" };

export function Choices({ all }: { readonly all: readonly Anomaly[] }): ReactNode {
  const { order, atLeast, service, method } = useAnomalies();
  const methods = useMemo(() => methodsOf(all), [all]);
  const services = useMemo(() => servicesOf(all), [all]);
  const severities = useMemo(() => severitiesOf(all), [all]);
  return (
    <div className="anomaly-choices in-pairs">
      <select
        className="field"
        aria-label="Order"
        value={order}
        onChange={({ target }) =>
          useAnomalies.setState({ order: ORDERS.find((one) => one === target.value) ?? "severity" })
        }
      >
        {ORDERS.map((one) => (
          <option key={one} value={one}>
            By {ORDER_TITLE[one].toLowerCase()}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Least severity"
        value={atLeast}
        onChange={({ target }) =>
          useAnomalies.setState({ atLeast: severities.find((one) => one === target.value) ?? "INFO" })
        }
      >
        <option value="INFO">Any severity</option>
        {severities
          .filter((one) => one !== "INFO")
          .map((one) => (
            <option key={one} value={one}>
              {one === "CRITICAL" ? SEVERITY_NAME[one] : `${SEVERITY_NAME[one]} and graver`}
            </option>
          ))}
      </select>
      <select
        className="field"
        aria-label="Service"
        value={service ?? ""}
        onChange={({ target }) => useAnomalies.setState({ service: target.value === "" ? null : target.value })}
      >
        <option value="">All services</option>
        {services.map((name) => (
          <option key={name} value={name}>
            {visibleLine(name)}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Method"
        value={method ?? ""}
        onChange={({ target }) => useAnomalies.setState({ method: target.value === "" ? null : target.value })}
      >
        <option value="">All methods</option>
        {methods.map((id) => (
          <option key={id} value={id}>
            {methodOf(id).title}
          </option>
        ))}
      </select>
    </div>
  );
}
