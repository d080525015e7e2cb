import { describe, expect, it } from "vitest";
import { parsePrometheusAddress } from "../../../src/main/engine/connectors/support/prometheus-address.ts";
import { titleOf } from "../../../src/main/engine/case-names.ts";
import { located } from "./support.ts";

/** 2026-03-01T14:00:00Z */
const NOW = 1_772_373_600;
const parsed = (more: string) => parsePrometheusAddress(`prometheus:http://db:9090/${more}`, NOW);
const windowOf = (more: string): number[] => {
  const { start, end, stepSeconds } = parsed(more);
  return [start - NOW, end - NOW, stepSeconds];
};

describe("the address of a Prometheus query", () => {
  it.each([
    ["the last hour without a window", "", [-3_600, 0, 15]],
    ["before now", "?start=-2h&end=-1h30m", [-7_200, -5_400, 15]],
    ["a thousandth of a long window as step", "?start=-1d", [-86_400, 0, 87]],
    ["seconds since the epoch", `?start=${NOW - 60}&end=${NOW}&step=1`, [-60, 0, 1]],
    ["ISO 8601 in UTC", "?start=2026-03-01T13:00:00Z&end=2026-03-01T13:30:00", [-3_600, -1_800, 15]],
    [
      "ISO 8601 in a zone, whose plus is a space",
      "?start=2026-03-01T14:00:00+01:00&end=now&step=1m30s",
      [-3_600, 0, 90],
    ],
    ["a day", "?start=2026-03-01", [-50_400, 0, 51]],
    ["an end to come, which is now", "?start=-1h&end=2026-03-02T00:00:00Z", [-3_600, 0, 15]],
  ])("knows %s", (_, more, expected) => {
    expect(windowOf(more)).toEqual(expected);
  });

  it("keeps queries in their order, the server's path, and no credentials in what is shown", () => {
    const address = "prometheus:https://ada:p%40ss@db/prom?query=up&query=rate(x[5m])&start=-1h";
    const { shown, base, queries, authorization } = parsePrometheusAddress(address, NOW);
    expect(shown).toBe("prometheus:https://db/prom?query=up&query=rate(x[5m])&start=-1h");
    expect(base.href).toBe("https://db/prom/");
    expect(queries).toEqual(["up", "rate(x[5m])"]);
    expect(authorization).toBe(`Basic ${Buffer.from("ada:p@ss").toString("base64")}`);
  });

  it.each([
    ["another scheme", "prometheus:ftp://db/", "http:// or https://"],
    ["no host", "prometheus:", "http:// or https://"],
    ["a word as time", "prometheus:http://db/?start=soon", "start=soon is no time"],
    ["no step", "prometheus:http://db/?step=0", "step=0 is no duration"],
    ["a window that ends before it begins", "prometheus:http://db/?start=now&end=-1h", "start must be before end"],
    ["a window to come", "prometheus:http://db/?start=2027-01-01&end=2027-01-02", "start must be before end"],
    ["more steps than anyone reads", "prometheus:http://db/?start=-10y&step=1s", "take a longer step"],
    ["a window from before all time", `prometheus:http://db/?start=-${"9".repeat(400)}y`, "begins before 1970"],
    ["a window from before 1970", "prometheus:http://db/?start=-60y&step=52w", "begins before 1970"],
    ["a name that no % can be taken from", "prometheus:http://%zz:secret@db/", "write %25"],
    ["a part that it does not know", "prometheus:http://db/?match=up", '"match" is none of'],
  ])("is refused for %s", (_, address, message) => {
    expect(() => parsePrometheusAddress(address, NOW)).toThrow(message);
  });

  it.each([
    "prometheus:http://ada:sec/ret@db:9090/?start=soon",
    "prometheus:http://ada:sec?ret@db:9090/",
    "prometheus:http://ada:secret@db:port/",
    "prometheus:http://ada:secret%@db/",
    "prometheus:http://db:9090/?token=secret",
    "prometheus:ftp://ada:secret@db/",
  ])("shows no secret of %s when it refuses it, nor calls the case by it", async (address) => {
    const told = JSON.stringify([await located([address]), titleOf([address])]);
    expect(told).not.toMatch(/sec|ada/u);
  });
});
