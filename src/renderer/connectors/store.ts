/** Connectors as the engine last told of them, which one is looked at, and how the list is narrowed. */
import { create } from "zustand";
import type { ConnectorHealth, ConnectorRow } from "../../shared/contract/connectors.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call, on } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { latest } from "../state/latest.ts";
import { attempt } from "../state/notices.ts";
import { nextSort, type Sort } from "../ui/data-grid.tsx";

interface ConnectorsState {
  /** Null until the first answer. */
  readonly connectors: readonly ConnectorRow[] | null;
  /** When `connectors` were told, on the clock of `performance.now()`: open breakers count down from then. */
  readonly toldAt: number;
  readonly failure: Failure | null;
  readonly health: ConnectorHealth | null;
  /** Id of a connector or name of a target. */
  readonly chosen: string | null;
  readonly typed: string;
  readonly sort: Sort | null;
}

export const useConnectors = create<ConnectorsState>(() => ({
  connectors: null,
  toldAt: 0,
  failure: null,
  health: null,
  chosen: null,
  typed: "",
  sort: null,
}));

/** Calls are made by the thousand while a folder is read. */
const REST_MS = 500;

export const reloadConnectors = latest(async () => {
  try {
    const connectors = await call("connectors.list", undefined);
    useConnectors.setState({ connectors, toldAt: performance.now(), failure: null });
  } catch (thrown) {
    useConnectors.setState({ failure: asFailure(thrown) });
  }
}, REST_MS);

/** Reads the list now and whenever it changed, until the returned function is called. */
export function followConnectors(): () => void {
  reloadConnectors();
  const stops = [
    on("connectors.changed", reloadConnectors),
    // Their dead letters come and go with the case.
    useCase.subscribe(({ info }, before) => {
      if (info?.file !== before.info?.file || info?.deadLetters !== before.info?.deadLetters) reloadConnectors();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Follows the overall health, until the returned function is called. */
export function followHealth(): () => void {
  call("connectors.health", undefined).then(
    (health) => useConnectors.setState({ health }),
    // Without it the status bar says nothing; the view says why.
    () => {},
  );
  return on("connectors.changed", ({ health }) => useConnectors.setState({ health }));
}

export const choose = (chosen: string | null): void => useConnectors.setState({ chosen });
export const find = (typed: string): void => useConnectors.setState({ typed });
export const sortBy = (column: string): void =>
  useConnectors.setState(({ sort }) => ({ sort: nextSort(sort, column) }));

export type Decision = "reset" | "holdOpen" | "disable" | "enable" | "retryNow";

/** @param name of a target, or of a connector for all of its targets. */
export function decide(decision: Decision, name: string): void {
  attempt(async () => {
    await call(`connectors.${decision}`, { name });
    reloadConnectors();
  });
}
