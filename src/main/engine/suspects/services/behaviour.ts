/**
 * Whose behaviour changed first: in which visits a service fails by itself, logs what it did not, or no longer calls
 * what it called. Of all that is unusual in one trace, what happened first is where it came from.
 */
import type { Signals, Windows } from "../signals.ts";
import { comparedVisits } from "./compared-visits.ts";
import { firstInTraces } from "./first-in-trace.ts";
import { shareShift, type Shift } from "./likelihood.ts";
import { quickVisits } from "./quick-visits.ts";
import { natsOnSamePaths } from "./same-paths.ts";
import { unreachedServices, type Unreached } from "./unreached.ts";
import { type Item, visitItems } from "./visit-items.ts";
import { visitShares } from "./visit-shares.ts";
import { NONE, type Visits } from "./visits.ts";

/** Nats below which a change is taken for chance. */
const LEAST_NATS = 2;

/** Of an error that is new where requests failed before as often for another reason. */
const FAILS_OTHERWISE = 0.5;

/** Quick visits come and go with caches; who returns too early does so in at least this share. */
const LEAST_QUICK = 0.3;
const isMostlyNow = ({ rises, during, duringOf }: Shift): boolean => rises && during >= LEAST_QUICK * duringOf;

/** One item whose share of the visits changed. */
export interface BehaviourChange {
  readonly service: string;
  /** The operation that serves the visits. */
  readonly operation: string;
  /** Null when the visits fail by themselves, whatever they log. */
  readonly item: Item | null;
  readonly shift: Shift;
  /** Of the first visit of the incident that differs; NaN and 0xffffffff where none is left. */
  readonly time: number;
  readonly row: number;
}

export interface Behaviour {
  readonly changes: readonly BehaviourChange[];
  /** Traces of the incident in which a service is unusual, and in which it is so first. */
  readonly traces: ReadonlyMap<string, { readonly unusual: number; readonly first: number }>;
  readonly unreached: readonly Unreached[];
}

export function behaviourOf(signals: Signals, windows: Windows, visits: Visits, checkpoint: () => void): Behaviour {
  const { spans } = signals;
  const paired = comparedVisits(spans, windows, visits);
  const happened = visitItems(signals, visits, paired, quickVisits(spans, visits, paired));
  checkpoint();
  const compared = visitShares(paired, happened);
  checkpoint();
  const shifts = new Map<number, { readonly context: number; readonly item: number | null; readonly shift: Shift }>();
  const keep = (context: number, item: number | null, shift: Shift | null): void => {
    if (shift !== null && shift.nats >= LEAST_NATS)
      shifts.set(compared.codeOf(context, item), { context, item, shift });
  };
  const isQuick = (item: number): boolean => happened.items[item]?.kind === "quick";
  for (const [number, { items, visits: all, sound, failed }] of compared.contexts.entries()) {
    const failing = shareShift(failed, all);
    const failsMore = failing?.rises === true && failing.nats >= LEAST_NATS;
    if (failsMore) keep(number, null, failing);
    // Of many items one will always move: each pays for all that were looked at.
    const tests = Math.log(1 + items.size);
    for (const [item, counts] of items) {
      const tellsFailure = happened.items[item]?.tellsFailure === true;
      const shift = shareShift(counts, tellsFailure ? all : sound);
      if (shift === null || (tellsFailure && !shift.rises) || (isQuick(item) && !isMostlyNow(shift))) continue;
      const weight = tellsFailure && !failsMore ? FAILS_OTHERWISE : 1;
      keep(number, item, { ...shift, nats: (shift.nats - tests) * weight });
    }
  }
  const found = [...shifts];
  const likely = natsOnSamePaths(
    found.map(([, { context, item }]) => ({ context, item })),
    visits,
    compared,
    happened,
  );
  for (const [at, [code, { context, item, shift }]] of found.entries()) {
    const nats = Math.min(shift.nats, likely[at] ?? 0);
    if (nats < LEAST_NATS) shifts.delete(code);
    else shifts.set(code, { context, item, shift: { ...shift, nats } });
  }
  const signed = new Map([...shifts].map(([code, { shift }]) => [code, shift.rises ? shift.nats : -shift.nats]));
  const { services, places } = firstInTraces(spans, visits, happened, compared, signed);
  return {
    changes: [...shifts].map(([code, { context, item, shift }]) => {
      const place = places.get(code);
      const { service, operation } = compared.contexts[context] ?? { service: NONE, operation: 0 };
      return {
        service: spans.services[service] ?? "",
        operation: spans.operations[operation] ?? "",
        item: item === null ? null : (happened.items[item] ?? null),
        shift,
        time: place?.time ?? Number.NaN,
        row: place?.row ?? NONE,
      };
    }),
    unreached: unreachedServices(signals, windows.incident, happened, compared),
    traces: new Map([...services].map(([service, counts]) => [spans.services[service] ?? "", counts])),
  };
}
