import { beforeEach, describe, expect, it, vi } from "vitest";
import { useFocus } from "../../../../src/renderer/state/focus.ts";
import { useLayout } from "../../../../src/renderer/state/layout.ts";
import { useNotices } from "../../../../src/renderer/state/notices.ts";
import { useSelection } from "../../../../src/renderer/state/selection.ts";
import {
  closeTrace,
  forgetTraces,
  openTrace,
  openTraceOfFocus,
  stepTrace,
  useTraces,
  type TraceSummary,
} from "../../../../src/renderer/traces/store.ts";
import { showLogsOfTrace, showSpanOnTimeline } from "../../../../src/renderer/traces/ways-out.ts";

const summary = (traceId: string): TraceSummary => ({
  traceId,
  service: "shop",
  name: "GET /",
  start: 0,
  duration: 1,
  spanCount: 1,
  errorCount: 0,
  services: ["shop"],
  slowestSpanId: null,
  slowestSpanName: null,
  slowestSpanService: null,
  severity: null,
});

const noEvent = { ok: true, value: null };

beforeEach(() => {
  forgetTraces();
  useFocus.setState({ focus: null, focusTime: null, wanted: null });
  useNotices.setState({ notices: [] });
  useSelection.setState({ filter: "", window: null, brush: null, history: [] });
  useLayout.setState({ view: "timeline" });
});

describe("opening a trace", () => {
  it("shows the view of traces with it, and the span that was asked for", () => {
    openTrace("abc", "s1:7");
    expect(useTraces.getState()).toMatchObject({ openId: "abc", wantedSpan: "s1:7", currentId: "abc" });
    expect(useLayout.getState().view).toBe("traces");
    closeTrace();
    expect(useTraces.getState()).toMatchObject({ openId: null, currentId: "abc" });
  });

  it("steps through the list, with the open trace too, and stays at the ends", () => {
    useTraces.setState({ listed: [summary("a"), summary("b")] });
    stepTrace(1);
    expect(useTraces.getState()).toMatchObject({ currentId: "a", openId: null });
    openTrace("a");
    stepTrace(1);
    stepTrace(1);
    expect(useTraces.getState()).toMatchObject({ currentId: "b", openId: "b" });
  });

  it("says so when what is selected has no trace", async () => {
    vi.stubGlobal("window", { faultline: { call: async () => noEvent } });
    useFocus.setState({ focus: { type: "event", id: 3 } });
    await openTraceOfFocus();
    expect(useTraces.getState().openId).toBeNull();
    expect(useNotices.getState().notices[0]?.message).toContain("no trace id");
    vi.unstubAllGlobals();
  });
});

describe("from a trace to the timeline", () => {
  it("filters on the trace's id, quoted where the filter language needs it", () => {
    showLogsOfTrace("4bf92f35");
    expect(useSelection.getState().filter).toBe("trace:4bf92f35");
    showLogsOfTrace("odd id*");
    expect(useSelection.getState().filter).toBe('trace:"odd id*"');
    expect(useLayout.getState().view).toBe("timeline");
  });

  it("keeps the window when the span is in it, and moves it when not", () => {
    useSelection.setState({ window: { from: 0, to: 10_000_000 } });
    showSpanOnTimeline("s1:7", 5_000_000, 100);
    expect(useSelection.getState().window).toEqual({ from: 0, to: 10_000_000 });
    expect(useFocus.getState()).toMatchObject({ focus: { type: "record", ref: "s1:7" }, wanted: { ref: "s1:7" } });
    showSpanOnTimeline("s1:8", 60_000_000, 100);
    expect(useSelection.getState().window).toEqual({ from: 59_000_000, to: 61_000_100 });
  });
});
