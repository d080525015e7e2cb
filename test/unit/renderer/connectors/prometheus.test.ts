import { describe, expect, it } from "vitest";
import { readPrometheusForm, type PrometheusForm } from "../../../../src/renderer/connectors/prometheus.ts";

const form: PrometheusForm = {
  url: "http://localhost:9090",
  queries: "",
  start: "-1h",
  end: "now",
  step: "15s",
};

describe("the form that adds a Prometheus server", () => {
  it("writes the address with each query and the window, signs that mean something in a URL escaped", () => {
    const read = readPrometheusForm({
      ...form,
      url: "localhost:9090/prom/",
      queries: 'rate(http_requests_total{code=~"5.."}[1m])\n\n  up ',
      start: "2026-03-17T12:00:00+02:00",
      end: "2026-03-17T11:00:00Z",
    });
    if (!read.ok) throw new Error("refused");
    const url = new URL(read.path.replace(/^prometheus:/u, ""));
    expect(url.origin + url.pathname).toBe("http://localhost:9090/prom/");
    expect([...url.searchParams]).toEqual([
      ["query", 'rate(http_requests_total{code=~"5.."}[1m])'],
      ["query", "up"],
      ["start", "2026-03-17T12:00:00+02:00"],
      ["end", "2026-03-17T11:00:00Z"],
      ["step", "15s"],
    ]);
  });

  it("leaves what is empty to the engine", () => {
    expect(readPrometheusForm({ ...form, start: "", end: "", step: "" })).toEqual({
      ok: true,
      path: "prometheus:http://localhost:9090/",
    });
  });

  it.each([
    ["url", ""],
    ["url", "ftp://host/"],
    ["url", "http://"],
    ["start", "yesterday"],
    ["start", "2026-13-40T00:00:00Z"],
    ["end", "+1h"],
    ["step", "0"],
    ["step", "fast"],
  ] as const)("refuses %s “%s” beside the field", (field, value) => {
    const read = readPrometheusForm({ ...form, [field]: value });
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : Object.keys(read.problems)).toEqual([field]);
  });

  it("refuses a window that ends before it begins", () => {
    const read = readPrometheusForm({ ...form, start: "2026-03-17T12:00:00Z", end: "2026-03-17T11:00:00Z" });
    expect(read).toMatchObject({ ok: false, problems: { end: "This is not after the beginning." } });
  });
});
