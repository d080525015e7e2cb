/** The anomalies of the looked-at range, gravest first. */
import { Activity, CircleAlert } from "lucide-react";
import { useMemo, useRef, type ReactNode } from "react";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import { useRegistered, type Command } from "../commands/registry.ts";
import { formatCountOf } from "../format/number.ts";
import { formatClock, formatMoment, formatRange, formatShortDate } from "../format/time.ts";
import { visibleLine } from "../format/visible.ts";
import { useCase } from "../state/case.ts";
import { toggle, useLayout } from "../state/layout.ts";
import type { Query } from "../state/query.ts";
import { fit, listedRange, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SEVERITY_NAME, SeverityMark } from "../ui/severity.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { useRevealed } from "../ui/use-revealed.ts";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { handleListKey } from "./list-keys.ts";
import { methodsOf, ORDERS, ranked, servicesOf, severitiesOf, type Anomaly, type AnomalyOrder } from "./ranking.ts";
import { Sparkline } from "./sparkline.tsx";
import { readAnomalies, showAnomaly, useAnomalies } from "./store.ts";
import { lasting, multipleText } from "./words.ts";

const ROW = 44;

function choose(): Parameters<typeof ranked>[1] {
  const { order, atLeast, service, method } = useAnomalies.getState();
  return { order, atLeast, service, method, range: listedRange(useSelection.getState()) };
}

async function step(by: 1 | -1): Promise<void> {
  const listed = ranked(await readAnomalies(), choose());
  const { charted } = useAnomalies.getState();
  const at = listed.findIndex(({ id }) => charted?.type === "anomaly" && charted.id === id);
  const next = listed[at < 0 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))];
  if (next !== undefined) showAnomaly(next);
}

const listCommands: readonly Command[] = [
  { id: "anomalies.row-next", title: "Next row", group: "List", keys: ["j"], run: () => void step(1) },
  { id: "anomalies.row-previous", title: "Previous row", group: "List", keys: ["k"], run: () => void step(-1) },
];

export function AnomalyList({ query }: { readonly query: Query<readonly Anomaly[]> }): ReactNode {
  useRegistered(listCommands);
  const { order, atLeast, service, method, charted } = useAnomalies();
  const range = useSelection(listedRange);
  const zone = useZone((state) => state.zone);
  const list = useRef<VirtualListHandle>(null);
  const all = query.data;
  const listed = useMemo(
    () => (all === null ? [] : ranked(all, { order, atLeast, service, method, range })),
    [all, order, atLeast, service, method, range],
  );
  const current = listed.findIndex(({ id }) => charted?.type === "anomaly" && charted.id === id);
  const onRows = useRevealed(list, current);

  if (all === null) {
    return query.failure === null ? (
      <SkeletonLines count={16} />
    ) : (
      <EmptyState icon={CircleAlert} title="The anomalies could not be read">
        {query.failure.message}
      </EmptyState>
    );
  }
  if (all.length === 0) return <NoAnomalies />;
  const dated = listed.some(
    ({ time }) => formatShortDate(time, zone) !== formatShortDate(listed[0]?.time ?? time, zone),
  );
  return (
    <>
      <Choices all={all} />
      <p className="anomaly-count" role="status">
        {formatCountOf(listed.length, "anomaly", "anomalies")}
        {range !== null && ` in ${formatRange(range.from, range.to, zone)}`}
      </p>
      {listed.length === 0 ? (
        <EmptyState
          icon={Activity}
          title="None of them here"
          actions={
            service !== null || method !== null || atLeast !== "INFO" ? (
              <Button onClick={() => useAnomalies.setState({ service: null, method: null, atLeast: "INFO" })}>
                Show all
              </Button>
            ) : (
              <Button onClick={fit}>Show the whole incident</Button>
            )
          }
        >
          {`The case has ${formatCountOf(all.length, "anomaly", "anomalies")}; none fits the range and the choices above.`}
        </EmptyState>
      ) : (
        <VirtualList
          handle={list}
          className="anomaly-rows"
          count={listed.length}
          rowHeight={ROW}
          onRows={onRows}
          role="listbox"
          tabIndex={0}
          data-main
          aria-label="Anomalies"
          aria-activedescendant={current < 0 ? undefined : `anomaly-row-${current}`}
          onKeyDown={(event) => {
            if (event.key === "Enter" && current >= 0 && !useLayout.getState().detailOpen) toggle("detailOpen");
            handleListKey(event, { current, count: listed.length, page: list.current?.pageRows() ?? 1 }, (row) => {
              const next = listed[row];
              if (next !== undefined) showAnomaly(next);
            });
          }}
          renderRow={(row) => {
            const anomaly = listed[row];
            return (
              anomaly !== undefined && (
                <AnomalyRow
                  anomaly={anomaly}
                  row={row}
                  count={listed.length}
                  current={row === current}
                  zone={zone}
                  dated={dated}
                />
              )
            );
          }}
        />
      )}
    </>
  );
}

const ORDER_TITLE: Readonly<Record<AnomalyOrder, string>> = { severity: "Severity", score: "Score", time: "Time" };

function Choices({ all }: { readonly all: readonly Anomaly[] }): ReactNode {
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
            {name}
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

interface AnomalyRowProps {
  readonly anomaly: Anomaly;
  readonly row: number;
  readonly count: number;
  readonly current: boolean;
  readonly zone: string;
  readonly dated: boolean;
}

function AnomalyRow({ anomaly, row, count, current, zone, dated }: AnomalyRowProps): ReactNode {
  const { service, series, time, severity, method } = anomaly;
  const clock = formatClock(time, zone, 0);
  return (
    <div
      id={`anomaly-row-${row}`}
      className={current ? "anomaly-row current" : "anomaly-row"}
      role="option"
      aria-selected={current}
      aria-posinset={row + 1}
      aria-setsize={count}
      onPointerDown={() => showAnomaly(anomaly)}
    >
      <div className="anomaly-line">
        <SeverityMark severity={severity} />
        <span className="anomaly-series" title={series}>
          {visibleLine(series)}
        </span>
        <span className="anomaly-multiple" title="Score as a multiple of what it had to reach">
          {multipleText(anomaly)}
        </span>
      </div>
      <div className="anomaly-line anomaly-where">
        {service !== null && (
          <span className="anomaly-service" title={service}>
            {visibleLine(service)}
          </span>
        )}
        <span className="anomaly-when" title={formatMoment(time, zone, 3)}>
          {dated ? `${formatShortDate(time, zone)} ${clock}` : clock}
        </span>
        <span className="anomaly-lasting">{lasting(anomaly)}</span>
        <span className="anomaly-method" title={methodOf(method).title}>
          {methodOf(method).title}
        </span>
        <Sparkline seriesKey={{ service, name: series }} />
      </div>
    </div>
  );
}

function NoAnomalies(): ReactNode {
  const samples = useCase((state) => state.info?.samples ?? 0);
  const busy = useCase((state) => (state.info?.reading ?? 0) > 0 || state.info?.analysing === true);
  if (busy) {
    return (
      <EmptyState icon={Activity} title="No anomalies yet">
        Series are looked through when their samples have been read.
      </EmptyState>
    );
  }
  if (samples === 0) {
    return (
      <EmptyState icon={Activity} title="This case has no metrics">
        Samples from Prometheus, OpenTelemetry or CSV files are compared with their own baseline and listed here when
        they leave it. Drop such a file on the window to add it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Activity}
      title="No series left its baseline"
      actions={<Button onClick={() => useAnomalies.setState({ tab: "series" })}>Look through all series</Button>}
    >
      {`${formatCountOf(samples, "sample")} were compared with their series' own baseline.`}
    </EmptyState>
  );
}
