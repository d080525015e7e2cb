/** The graph of services: one focusable node a service, lines as strong as calls are frequent, failures in their colour. */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from "react";
import type { CallOutput } from "../../../shared/contract.ts";
import type { ServiceRow } from "../../../shared/contract/traces.ts";
import { formatDuration } from "../../../shared/text/duration.ts";
import { formatCompact } from "../../../shared/text/number.ts";
import { visibleLine } from "../../../shared/text/visible.ts";
import { errorRate, shareText } from "../figure-cells.tsx";
import { showTracesOf } from "../store.ts";
import { layoutGraph, neighbourOf, NODE, pathOf, type PlacedNode } from "./graph-layout.ts";

export type Graph = CallOutput<"traces.graph">;

interface ServiceGraphProps {
  readonly graph: Graph;
  readonly chosen: string | null;
  readonly onChoose: (service: string | null) => void;
  /** Size of what is drawn; null fits its width into the view. */
  readonly zoom: number | null;
}

/** Smaller than this, names cannot be read. */
const LEAST_FIT = 0.4;

/** Widest line, for the call that is made most often. */
const WIDEST = 5;
const NAME_LENGTH = 28;
/** Beside a share of failures. */
const NAME_LENGTH_FAILING = 17;

export function ServiceGraph({ graph, chosen, onChoose, zoom }: ServiceGraphProps): ReactNode {
  const { services, calls } = graph;
  const placed = useMemo(
    () =>
      layoutGraph(
        services.map(({ service }) => service),
        calls,
      ),
    [services, calls],
  );
  const figures = useMemo(() => new Map(services.map((row) => [row.service, row])), [services]);
  const box = useRef<HTMLDivElement>(null);
  const room = useWidth(box);
  const scale = zoom ?? Math.min(1, Math.max(LEAST_FIT, room / placed.width));
  const most = calls.reduce((largest, { count }) => Math.max(largest, count), 1);
  const near = useMemo(() => neighboursOf(graph, chosen), [graph, chosen]);
  const current = chosen ?? placed.nodes[0]?.service ?? null;

  useEffect(() => {
    if (chosen === null) return;
    const node = box.current?.querySelector(`[data-service="${CSS.escape(chosen)}"]`);
    node?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = placed.nodes.find(({ service }) => service === current);
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") showTracesOf(from.service);
    else if (event.key === "Escape" && chosen !== null) onChoose(null);
    else if (isArrow(event.key)) {
      const next = neighbourOf(placed.nodes, from, event.key) ?? from;
      onChoose(next.service);
      const node = box.current?.querySelector(`[data-service="${CSS.escape(next.service)}"]`);
      if (node instanceof SVGElement) node.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="service-graph" ref={box}>
      <svg
        width={placed.width * scale}
        height={placed.height * scale}
        viewBox={`0 0 ${placed.width} ${placed.height}`}
        role="group"
        aria-label={`Graph of ${services.length} services; arrow keys go from one to the next`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.target === event.currentTarget) onChoose(null);
        }}
      >
        {placed.calls.map(({ call, points }) => {
          const of = calls[call];
          if (of === undefined || points.length === 0) return null;
          const isNear = chosen === null || of.from === chosen || of.to === chosen;
          return (
            <path
              key={`${of.from}\0${of.to}`}
              className={`service-call${isNear ? "" : " faint"}${of.errors > 0 ? " failing" : ""}`}
              d={pathOf(points)}
              strokeWidth={1 + (WIDEST - 1) * Math.sqrt(of.count / most)}
            >
              <title>{`${of.from} → ${of.to}: ${of.count.toLocaleString("en-US")} calls, ${shareText(errorRate(of))} failed, p50 ${formatDuration(of.p50)}, p95 ${formatDuration(of.p95)}, p99 ${formatDuration(of.p99)}`}</title>
            </path>
          );
        })}
        {placed.nodes.map((node) => (
          <Node
            key={node.service}
            node={node}
            row={figures.get(node.service)}
            isChosen={node.service === chosen}
            isCurrent={node.service === current}
            isFaint={chosen !== null && !near.has(node.service)}
            onChoose={onChoose}
          />
        ))}
      </svg>
    </div>
  );
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(node.clientWidth));
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

const isArrow = (key: string): key is "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" =>
  ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(key);

function neighboursOf({ calls }: Graph, chosen: string | null): ReadonlySet<string> {
  const found = new Set<string>();
  if (chosen === null) return found;
  found.add(chosen);
  for (const { from, to } of calls) {
    if (from === chosen) found.add(to);
    if (to === chosen) found.add(from);
  }
  return found;
}

interface NodeProps {
  readonly node: PlacedNode;
  readonly row: ServiceRow | undefined;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  readonly isFaint: boolean;
  readonly onChoose: (service: string) => void;
}

function Node({ node, row, isChosen, isCurrent, isFaint, onChoose }: NodeProps): ReactNode {
  const { service, x, y } = node;
  const name = visibleLine(service);
  const failed = row === undefined ? 0 : errorRate(row);
  const facts =
    row === undefined || row.count === 0
      ? "calls only"
      : `${formatCompact(row.count)} ${row.count === 1 ? "call" : "calls"} · p95 ${formatDuration(row.p95)}`;
  const longest = failed > 0 ? NAME_LENGTH_FAILING : NAME_LENGTH;
  const classes = ["service-node", isChosen ? "chosen" : "", isFaint ? "faint" : "", failed > 0 ? "failing" : ""];
  return (
    <g
      className={classes.filter(Boolean).join(" ")}
      data-service={service}
      role="button"
      aria-pressed={isChosen}
      aria-label={`${name}: ${facts}, ${shareText(failed)} failed`}
      tabIndex={isCurrent ? 0 : -1}
      transform={`translate(${x} ${y})`}
      onPointerDown={() => onChoose(service)}
      onDoubleClick={() => showTracesOf(service)}
    >
      <title>{name}</title>
      <rect width={NODE.width} height={NODE.height} rx={4} />
      <rect className="service-failed-share" width={NODE.width * failed} height={3} y={NODE.height - 3} />
      <text className="service-name" x={10} y={18}>
        {name.length > longest ? `${name.slice(0, longest - 1)}…` : name}
      </text>
      {failed > 0 && (
        <text className="service-facts service-failed" x={NODE.width - 10} y={18} textAnchor="end">
          {`${shareText(failed)} failed`}
        </text>
      )}
      <text className="service-facts" x={10} y={34}>
        {facts}
      </text>
    </g>
  );
}
