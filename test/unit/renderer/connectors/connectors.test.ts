import { describe, expect, it } from "vitest";
import type { CallSummary, ConnectorRow, ConnectorTarget } from "../../../../src/shared/contract/connectors.ts";
import { chartPaths } from "../../../../src/renderer/connectors/chart.ts";
import { treeRows } from "../../../../src/renderer/connectors/tree.ts";
import {
  bulkheadText,
  errorRateText,
  errorsText,
  latencyText,
  limitUse,
  overallText,
  stateText,
} from "../../../../src/renderer/connectors/words.ts";

const QUIET: CallSummary = { calls: 0, errors: {}, errorRate: 0, p50Ms: null, p95Ms: null, p99Ms: null };
const BULKHEAD = { active: 0, queued: 0, maxConcurrent: 8, maxQueued: 64 };

function targetOf(name: string, change: Partial<ConnectorTarget> = {}): ConnectorTarget {
  return {
    name: `file:${name}`,
    connector: "file",
    target: name,
    state: "closed",
    percent: 100,
    health: "healthy",
    openMs: null,
    failures: 0,
    failuresToOpen: 5,
    windowMs: 60_000,
    reopenings: 0,
    last5Minutes: QUIET,
    lastHour: QUIET,
    ever: QUIET,
    minutes: [],
    bulkhead: BULKHEAD,
    rateLimit: null,
    deadLetters: null,
    lastError: null,
    actions: [],
    ...change,
  };
}

function connectorOf(connector: string, targets: readonly ConnectorTarget[]): ConnectorRow {
  return {
    connector,
    title: connector === "file" ? "File" : "Prometheus",
    isRemote: connector !== "file",
    noFallback: null,
    health: "healthy",
    last5Minutes: QUIET,
    lastHour: QUIET,
    ever: QUIET,
    minutes: [],
    operations: [],
    bulkhead: BULKHEAD,
    deadLetters: 0,
    targets,
    moreTargets: 0,
  };
}

const ids = (rows: ReturnType<typeof treeRows>): readonly string[] => rows.map(({ id }) => id);

describe("the list of connectors", () => {
  const slow = targetOf("/slow", { lastHour: { ...QUIET, calls: 9, p95Ms: 4_000 } });
  const fast = targetOf("/fast", { lastHour: { ...QUIET, calls: 90, p95Ms: 4 } });
  const connectors = [connectorOf("file", [slow, fast]), connectorOf("prometheus", [])];

  it("lists each connector with its targets below it, as the engine orders them", () => {
    expect(ids(treeRows(connectors, "", null))).toEqual(["file", "file:/slow", "file:/fast", "prometheus"]);
  });

  it("sorts connectors, and targets within theirs", () => {
    expect(ids(treeRows(connectors, "", { column: "p95", descending: false }))).toEqual([
      "file",
      "file:/fast",
      "file:/slow",
      "prometheus",
    ]);
    expect(ids(treeRows(connectors, "", { column: "name", descending: true }))[0]).toBe("prometheus");
  });

  it("keeps a connector for the target that fits, and all targets of one that fits itself", () => {
    expect(ids(treeRows(connectors, "slow", null))).toEqual(["file", "file:/slow"]);
    expect(ids(treeRows(connectors, "File", null))).toEqual(["file", "file:/slow", "file:/fast"]);
    expect(treeRows(connectors, "nowhere", null)).toEqual([]);
  });

  it("finds targets by their state", () => {
    const open = connectorOf("file", [slow, targetOf("/dead", { state: "open", openMs: 1 })]);
    expect(ids(treeRows([open], "open", null))).toEqual(["file", "file:/dead"]);
  });
});

describe("words for connectors", () => {
  it("counts an open breaker down from the moment of the answer", () => {
    expect(stateText({ state: "open", openMs: 23_400 }, 0)).toBe("Open, 24 s left");
    expect(stateText({ state: "open", openMs: 23_400 }, 2_400)).toBe("Open, 21 s left");
    expect(stateText({ state: "open", openMs: 95_000 }, 0)).toBe("Open, 1 m 35 s left");
    expect(stateText({ state: "open", openMs: 1_000 }, 5_000)).toBe("Open, next call tries");
    expect(stateText({ state: "half-open", openMs: null }, 0)).toBe("Half-open");
  });

  it("does not round the first failures to nothing", () => {
    expect(errorRateText({ calls: 0, errorRate: 0 })).toBe("–");
    expect(errorRateText({ calls: 10_000, errorRate: 0 })).toBe("0 %");
    expect(errorRateText({ calls: 10_000, errorRate: 0.0001 })).toBe("< 0.1 %");
    expect(errorRateText({ calls: 250, errorRate: 0.004 })).toBe("0.4 %");
    expect(errorRateText({ calls: 8, errorRate: 0.125 })).toBe("13 %");
  });

  it("writes latencies in the unit that fits", () => {
    expect(latencyText(null)).toBe("–");
    expect(latencyText(0.42)).toBe("420 µs");
    expect(latencyText(12.4)).toBe("12.4 ms");
    expect(latencyText(2_300)).toBe("2.3 s");
  });

  it("names errors by class, the most frequent first", () => {
    expect(errorsText({ connection: 1, timeout: 3 })).toBe("timeout × 3, connection × 1");
  });

  it("says how full bulkhead and rate limit are", () => {
    expect(bulkheadText({ ...BULKHEAD, active: 2 })).toBe("2 of 8 at work");
    expect(bulkheadText({ ...BULKHEAD, active: 8, queued: 3 })).toBe("8 of 8 at work, 3 waiting");
    expect(limitUse({ tokens: 10, burst: 10 })).toBe(0);
    expect(limitUse({ tokens: 2.5, burst: 10 })).toBe(0.75);
    expect(limitUse({ tokens: -4, burst: 10 })).toBe(1);
  });

  it("sums the breakers up and names the open ones", () => {
    const none = { targets: 0, closed: 0, halfOpen: 0, open: 0, disabled: 0, openNames: [] };
    expect(overallText({ overall: "healthy", ...none })).toBe("Nothing was called yet.");
    expect(
      overallText({ ...none, overall: "degraded", targets: 3, closed: 2, open: 1, openNames: ["git:/srv/shop"] }),
    ).toBe("3 targets: 2 closed, 1 open. Open: git:/srv/shop");
  });
});

describe("the chart of the last hour", () => {
  const minute = (minutesAgo: number, p95Ms: number | null, errors = 0) => ({
    minutesAgo,
    calls: 4,
    errors,
    p50Ms: p95Ms,
    p95Ms,
  });

  it("joins minutes that follow each other and breaks where no call was", () => {
    const { line, topMs } = chartPaths([minute(5, 10), minute(4, 20), minute(1, 5)], 60, 12);
    expect(topMs).toBe(20);
    expect(line).toBe("M54 6h1L55 1h1M58 8.5h1");
  });

  it("fills what lies below the line, so that a lone minute is seen", () => {
    expect(chartPaths([minute(0, 5)], 60, 12).area).toBe("M59 12V1h1V12z");
  });

  it("draws errors from below, and one that is small beside others still to be seen", () => {
    const { errors, mostErrors } = chartPaths([minute(59, null, 1_000), minute(0, null, 1)], 120, 20);
    expect(mostErrors).toBe(1_000);
    expect(errors).toBe("M0 20v-12h1v12zM118 20v-1h1v1z");
  });

  it("draws nothing where nothing was called", () => {
    expect(chartPaths([], 60, 12)).toEqual({ line: "", area: "", errors: "", topMs: 0, mostErrors: 0 });
  });
});
