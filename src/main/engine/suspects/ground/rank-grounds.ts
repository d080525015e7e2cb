/**
 * Machines and volumes that services stand on: where one was full before anybody suffered, and no service did more work
 * of that kind, it is the cause, and what services show is what they see of it.
 */
import type { Micros } from "../../../../shared/units.ts";
import { micros } from "../../../../shared/units.ts";
import { bounded, evidenceOf, type Finding, scoreOf, type Strand } from "../services/finding.ts";
import { measureOf, measureSeries, NO_PEERS, peersOf } from "../services/metric-normal.ts";
import { metricShift, type MetricShift } from "../services/metric-shift.ts";
import { isOwn, kindOf, type ResourceKind } from "../services/resource-kind.ts";
import type { Evidence, MetricSignal, ServiceBlame, Windows } from "../signals.ts";
import { figure } from "../text.ts";

export interface GroundBlame {
  /** "node ip-10-0-3-7". */
  readonly name: string;
  /** Nats; comparable with those of services. */
  readonly score: number;
  readonly since: Micros;
  /** Whether it moved not later than the first service suffered, and no service can have filled it. */
  readonly isFirst: boolean;
  readonly evidence: readonly Evidence[];
}

/** From this share of what there is on, it is full. */
const FULL = 0.85;
const IS_SHARE = /percent|pct|%|ratio|utili[sz]|usage_?rate|used/iu;
/** What stays of what is moved while the machine has room left. */
const NOT_FULL = 0.5;
/** What stays of what moved after services suffered, or as a service of its own did more. */
const SYMPTOM = 0.3;
/** What a first one gathers of the strongest service, which suffers from it. */
const GATHERED = 0.75;
/** Services with at least this share of the score of the first may have filled it. */
const SUSPECTED = 0.5;

/** Likeliest first, those alike in the order of their names. `onset` is when services began to suffer. */
export function rankGrounds(
  metrics: readonly MetricSignal[],
  windows: Windows,
  { onset, slack, blame }: { readonly onset: Micros; readonly slack: number; readonly blame: readonly ServiceBlame[] },
): GroundBlame[] {
  const measured = metrics.flatMap((metric) =>
    metric.ground === null || metric.ground === undefined ? [] : (measureSeries(metric, windows) ?? []),
  );
  const peers = peersOf(measured);
  const found = new Map<string, MetricShift[]>();
  for (const series of measured) {
    const shift = metricShift(series, peers.get(measureOf(series.metric.name)) ?? NO_PEERS);
    if (shift === null || !shift.rises || !isGroundKind(shift.kind)) continue;
    const name = series.metric.ground ?? "";
    found.set(name, [...(found.get(name) ?? []), shift]);
  }
  const suffered = blame[0]?.score ?? 0;
  const worked = new Set(
    blame.flatMap(({ resource, score }) =>
      resource === null || score < SUSPECTED * suffered ? [] : [kindOf(resource)],
    ),
  );
  return [...found]
    .map(([name, shifts]) => {
      const since = micros(shifts.reduce((first, shift) => Math.min(first, risenAt(shift)), Number.POSITIVE_INFINITY));
      const strongest = shifts.reduce((most, shift) => (shift.nats > most.nats ? shift : most));
      const isFirst = since <= onset + slack && !worked.has(strongest.kind) && isFull(strongest);
      const findings = shifts.map(findingOf);
      const own = scoreOf(findings);
      return {
        name,
        score: isFirst ? own + GATHERED * suffered : own * SYMPTOM,
        since,
        isFirst,
        evidence: findings.toSorted((a, b) => b.nats - a.nats).map(evidenceOf),
      };
    })
    .toSorted((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

/** The incident begins when somebody suffers: back from there to the first sample beyond half of the way. */
function risenAt({ metric: { times, values }, before, during, time }: MetricShift): number {
  let first = time;
  for (let index = times.findLastIndex((at) => at < time); index >= 0; index--) {
    const value = values[index] ?? Number.NaN;
    if (value < (before + during) / 2) break;
    first = times[index] ?? first;
  }
  return first;
}

const isGroundKind = (kind: ResourceKind): boolean => isOwn(kind) || kind === "saturation" || kind === "errors";

/** Of what is no share of a whole, nobody knows when it is full. */
function isFull({ metric, during }: MetricShift): boolean {
  if (!IS_SHARE.test(measureOf(metric.name))) return true;
  return during >= (during <= 1 ? FULL : FULL * 100);
}

function findingOf(shift: MetricShift): Finding {
  const { metric, kind, before, during, ratio, nats } = shift;
  const isShown = isFull(shift);
  return {
    service: "",
    strand: strandOf(kind),
    nats: bounded(nats) * (isShown ? 1 : NOT_FULL),
    since: micros(risenAt(shift)),
    resource: metric.name,
    text: `${measureOf(metric.name)} of ${metric.ground ?? ""} rose from ${figure(before)} to ${figure(during)}, ${figure(ratio)} times beyond what it strays by itself`,
    place: metric.place,
  };
}

const strandOf = (kind: ResourceKind): Strand => (kind === "saturation" || kind === "availability" ? "other" : kind);
