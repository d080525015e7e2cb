/**
 * What metrics say of each service. Resources are its own; latency and errors are handed down to the callees that show
 * the same; and what somebody was alerted of tells which of these matter, and when.
 */
import { micros } from "../../../../shared/units.ts";
import { ServiceGraph } from "../service-graph.ts";
import type { AlertSignal, Signals, Windows } from "../signals.ts";
import { figure } from "../text.ts";
import { handDown } from "./blame-flow.ts";
import { bounded, type Finding, type Strand } from "./finding.ts";
import { alignment } from "./alignment.ts";
import { goneFindings } from "./gone.ts";
import { LoadFlow } from "./load-flow.ts";
import { measureOf, measureSeries, NO_PEERS, peersOf } from "./metric-normal.ts";
import { metricShift, type MetricShift } from "./metric-shift.ts";
import { isOfMachine, kindOf, type ResourceKind } from "./resource-kind.ts";
import { ShiftSizes } from "./shift-sizes.ts";

/** What stays of a shift that moves at other moments than what hurts. */
const NOT_ALIGNED = 0.3;
/** What stays of a latency where errors were alerted of, and of errors where a latency was. */
const NOT_ALERTED = 0.4;
/** Nats from which a service shows something. */
const LEAST_SHOWN = 0.5;
/** Of a machine's metric, for each of those that run on it. */
const SHARED = 0.3;

/** What is in use or queued is the rate of requests times how long each takes (Little 1961): latency once more. */
function strandOf(kind: ResourceKind): Strand {
  if (kind === "availability") return "errors";
  return kind === "saturation" ? "latency" : kind;
}
const isShown = (strand: Strand): boolean => strand === "latency" || strand === "errors";

export function metricFindings(signals: Signals, windows: Windows): Finding[] {
  const series = signals.metrics.flatMap((metric) => {
    const measured = metric.service === null ? null : measureSeries(metric, windows);
    return measured === null ? [] : [measured];
  });
  const peers = peersOf(series);
  const shifts = series.flatMap(
    (measured) => metricShift(measured, peers.get(measureOf(measured.metric.name)) ?? NO_PEERS) ?? [],
  );
  const alerted = alertedStrands(signals.alerts);
  const symptom = symptomOf(shifts, signals.alerts, alerted);
  const findings = shifts.map((shift) => {
    const finding = findingOf(shift);
    const aligned = symptom === null ? 1 : NOT_ALIGNED + (1 - NOT_ALIGNED) * alignment(shift, symptom, windows);
    const isMeant = alerted.size === 0 || !isShown(finding.strand) || alerted.has(finding.strand);
    return weighed(finding, aligned * (isMeant ? 1 : NOT_ALERTED));
  });
  const graph = new ServiceGraph(signals.dependencies);
  const load = new LoadFlow(shifts, graph);
  const gone = goneFindings(signals, shifts, graph, windows);
  const shown = [
    ...explained(findings, [], { strand: "latency", shifts, graph, load }),
    ...explained(findings, gone, { strand: "errors", shifts, graph, load }),
  ];
  const all = [...findings.filter(({ strand }) => !isShown(strand)), ...shown];
  return all
    .map((finding) => weighed(finding, load.weightOf(finding)))
    .map((finding) => weighed(finding, finding.nats > 0 ? bounded(finding.nats) / finding.nats : 1));
}

const weighed = (finding: Finding, share: number): Finding => ({ ...finding, nats: finding.nats * share });

function findingOf({ metric, kind, rises, before, during, nats, ratio, time }: MetricShift): Finding {
  const { service, name, place } = metric;
  return {
    service: service ?? "",
    strand: strandOf(kind),
    nats: isOfMachine(name) ? nats * SHARED : nats,
    since: micros(time),
    resource: name,
    text: `${name} ${rises ? "rose" : "fell"} from ${figure(before)} to ${figure(during)}, ${figure(ratio)} times beyond what it strays by itself`,
    place,
  };
}

/** The strands that alerts name, from their metric, or else from their words. */
function alertedStrands(alerts: readonly AlertSignal[]): ReadonlySet<Strand> {
  const strands = new Set<Strand>();
  for (const { message, fields } of alerts) {
    const metric = fields.find(([key]) => /metric|signal|slo|indicator/iu.test(key))?.[1];
    const strand = strandOf(kindOf(typeof metric === "string" ? metric : message));
    if (isShown(strand)) strands.add(strand);
  }
  return strands;
}

/** What was alerted of, as it is measured: the strongest shift of an alerted service in the alerted strand. */
function symptomOf(
  shifts: readonly MetricShift[],
  alerts: readonly AlertSignal[],
  alerted: ReadonlySet<Strand>,
): MetricShift | null {
  const services = new Set(alerts.map(({ service }) => service));
  return shifts
    .filter(({ metric, kind }) => services.has(metric.service) && (alerted.size === 0 || alerted.has(strandOf(kind))))
    .reduce<MetricShift | null>((best, shift) => (best === null || shift.nats > best.nats ? shift : best), null);
}

interface Explaining {
  readonly strand: Strand;
  readonly shifts: readonly MetricShift[];
  readonly graph: ServiceGraph;
  readonly load: LoadFlow;
}

/**
 * The findings of one strand with the blame moved to where it stays; callers keep a finding that says so. That a service
 * is `gone` nobody else shows as well, and it explains what its callers show.
 */
function explained(
  all: readonly Finding[],
  gone: readonly Finding[],
  { strand, shifts, graph, load }: Explaining,
): Finding[] {
  const findings = [...all.filter((finding) => finding.strand === strand), ...gone];
  const strongest = new Map<string, Finding>();
  for (const finding of findings) {
    const known = strongest.get(finding.service);
    if (known === undefined || finding.nats > known.nats) strongest.set(finding.service, finding);
  }
  const shown = new Map([...strongest].map(([service, { nats }]) => [service, nats]));
  const sizes = new ShiftSizes(shifts.filter(({ kind }) => strandOf(kind) === strand));
  const partOf = (caller: string, callee: string): number => {
    const below = strongest.get(callee);
    if (below === undefined) return 0;
    const part = Math.max(below.nats / (shown.get(caller) ?? 1), sizes.partOf(caller, callee));
    return part * load.passedOn(below, caller);
  };
  const held = handDown(shown, graph, partOf);
  const alike = graph.isEmpty ? unexplained(shown) : 1;
  return findings.map((finding) => {
    const own = shown.get(finding.service) ?? 0;
    const left = own === 0 ? 0 : (held.get(finding.service) ?? 0) / own;
    return weighed(finding, gone.includes(finding) ? left : left * alike);
  });
}

/** Where nobody knows who calls whom, what several show at once is one's own and what the others see of it. */
const unexplained = (shown: ReadonlyMap<string, number>): number =>
  1 / Math.sqrt(Math.max(1, [...shown.values()].filter((nats) => nats >= LEAST_SHOWN).length));
