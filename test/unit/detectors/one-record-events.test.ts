import { describe, expect, it } from "vitest";
import alerts from "../../../src/main/engine/detectors/alerts.ts";
import changes from "../../../src/main/engine/detectors/changes.ts";
import ciResults from "../../../src/main/engine/detectors/ci-results.ts";
import { detectors } from "../../../src/main/engine/detectors/registry.ts";
import { inputOf } from "./segment-of.ts";

describe("changes", () => {
  it("makes an event of each commit, deploy and flag that has a time", () => {
    const { events } = changes.run(
      inputOf([
        [
          {
            kind: "commit",
            at: 1,
            name: "4f2a1c",
            message: "fix: pool size\n\nlong story",
            fields: [["author", "ada"]],
          },
          { kind: "deploy", at: 2, service: "checkout", name: "v7", message: "deploy checkout v7" },
          { kind: "deploy", at: 3, service: "checkout", name: "v8", level: 5, message: "deploy checkout v8 failed" },
          { kind: "flag", at: 4, name: "new-cart", message: "flag new-cart off->on" },
          { kind: "deploy", name: "v9", message: "no time" },
          { kind: "log", at: 5, message: "a log line" },
        ],
      ]),
    );
    expect(events?.map(({ kind, source, severity, title }) => [kind, source, severity, title])).toEqual([
      ["commit", "GIT", "INFO", "fix: pool size"],
      ["deploy", "CI", "LOW", "deploy checkout v7"],
      ["deploy", "CI", "HIGH", "deploy checkout v8 failed"],
      ["flag", "CI", "LOW", "flag new-cart off->on"],
    ]);
    expect(events?.[0]?.metadata).toEqual({ name: "4f2a1c", author: "ada" });
  });
});

describe("commits that stand in several sources", () => {
  it("are one event each", () => {
    const commit = (name: string) => ({ kind: "commit" as const, at: 1, name, message: name });
    const { events } = changes.run(
      inputOf([
        [commit("4f2a1c9b8d7e6f5a4b3c2d1e0f"), commit("aaaaaaaaaaaa")],
        [commit("4F2A1C9B8D7E6F5A4B3C2D1E0F"), commit("bbbbbbbbbbbb")],
      ]),
    );
    expect(events?.map(({ title }) => title.slice(0, 4))).toEqual(["4f2a", "aaaa", "bbbb"]);
  });
});

describe("alerts", () => {
  it("lasts as long as the alert fired, and is grave by its level", () => {
    const { events } = alerts.run(
      inputOf([
        [
          {
            kind: "alert",
            at: 10,
            lasts: 90_000,
            level: 6,
            service: "search",
            name: "p99",
            message: "p99 above 800 ms",
          },
          { kind: "alert", at: 20, message: "says nothing of severity" },
        ],
      ]),
    );
    expect(events).toMatchObject([
      {
        kind: "alert",
        severity: "CRITICAL",
        time: 10_000_000,
        endTime: 100_000_000,
        service: "search",
        metadata: { monitor: "p99" },
      },
      { kind: "alert", severity: "HIGH", endTime: null },
    ]);
  });
});

describe("CI results", () => {
  it("shows every run, and of tests the failed ones", () => {
    const { events } = ciResults.run(
      inputOf([
        [
          { kind: "ci-run", at: 1, lasts: 60_000, level: 3, message: "build passed" },
          { kind: "ci-run", at: 2, level: 5, message: "e2e failed" },
          { kind: "test", at: 3, level: 5, message: "pays once" },
          { kind: "test", at: 3, level: 3, message: "logs in" },
        ],
      ]),
    );
    expect(events?.map(({ kind, severity, title }) => [kind, severity, title])).toEqual([
      ["ci-run", "INFO", "build passed"],
      ["ci-run", "HIGH", "e2e failed"],
      ["test-failure", "MEDIUM", "pays once"],
    ]);
  });
});

describe("the registry of detectors", () => {
  it("finds every file of the folder", () => {
    expect(detectors.map((detector) => detector.id)).toEqual([
      "alerts",
      "changes",
      "ci-results",
      "log-bursts",
      "metric-watch",
      "metric-z-score",
      "slow-traces",
    ]);
  });
});
