import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { simulate } from "../../../scripts/simulate/incident.mjs";
import { KINDS } from "../../../scripts/simulate/cause.mjs";

interface JaegerTrace {
  traceID: string;
  spans: { spanID: string }[];
}
interface OtlpSpan {
  spanId: string;
  parentSpanId: string;
}
interface OtlpLine {
  resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
}
interface Dependency {
  parent: string;
  child: string;
}
interface Deploy {
  service: string;
  commit_sha: string;
  timestamp: string;
}

type Options = Parameters<typeof simulate>[0];
interface Account {
  path: string;
  format: string;
  lines: number;
  records: number;
  deadLetters: number;
  blank: number;
  comments: number;
  continuations: number;
  damage: { line: number }[];
}

// Each example writes whole incidents, which a busy machine may take its time over.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = mkdtempSync(join(tmpdir(), "simulate-"));
const command = resolve("scripts/simulate.mjs");
const wish: Omit<Options, "out"> = {
  seed: 11,
  services: 8,
  minutes: 20,
  lines: 4000,
  cause: "bad-deploy",
  start: Date.parse("2026-03-17T13:00:00Z"),
};
let truth: Awaited<ReturnType<typeof simulate>>;

const filesOf = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile()).sort();
const fingerprint = (folder: string) =>
  filesOf(folder).map(
    (name) =>
      `${name} ${createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex")}`,
  );
const textOf = (folder: string, path: string) => {
  const bytes = readFileSync(join(folder, path));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};
const json = (folder: string, path: string) => JSON.parse(textOf(folder, path));

/** Counts a file knowing only what its format looks like, not how it was made. */
function count(folder: string, { path, format }: Account) {
  const lines = textOf(folder, path).split("\n").slice(0, -1);
  const counted = {
    lines: lines.length,
    records: 0,
    deadLetters: 0,
    blank: 0,
    comments: 0,
    continuations: 0,
    damage: [] as number[],
  };
  const starts = {
    logfmt: /^ts=/,
    "java-text": /^\d{4}-\d\d-\d\d \d/,
    "python-text": /^\d{4}-\d\d-\d\d \d/,
    postgres: /^\d{4}-\d\d-\d\d \d/,
  }[format];
  lines.forEach((line, i) => {
    if (line === "") counted.blank++;
    else if (starts === undefined) {
      try {
        JSON.parse(line);
        counted.records++;
      } catch {
        counted.deadLetters++;
        counted.damage.push(i + 1);
      }
    } else if (line.startsWith("# ")) counted.comments++;
    else if (starts.test(line)) counted.records++;
    else counted.continuations++;
  });
  return counted;
}

/** When a service first said something that matches, in milliseconds since the epoch; read from the text alone. */
function firstTime(folder: string, service: string, pattern: RegExp) {
  const times = filesOf(join(folder, "logs"))
    .filter((name) => name.startsWith(`${service}.`) || name.startsWith(`${service}-worker.`))
    .flatMap((name) => {
      const line = textOf(join(folder, "logs"), name)
        .split("\n")
        .find((text) => pattern.test(text));
      if (line === undefined) return [];
      const iso = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{3}/.exec(line);
      const epoch = /"(?:time|ts)":([\d.]+)/.exec(line);
      return [
        iso
          ? Date.parse(`${iso[0].replace(" ", "T").replace(",", ".")}Z`)
          : Number(epoch?.[1]) * (line.includes('"ts"') ? 1000 : 1),
      ];
    });
  return Math.min(...times);
}

beforeAll(async () => {
  truth = await simulate({ ...wish, out: join(root, "one") });
});
afterAll(() => rmSync(root, { recursive: true }));

describe("a simulated incident", () => {
  it("is the same bytes for the same seed, and other bytes for another", async () => {
    await simulate({ ...wish, out: join(root, "two") });
    await simulate({ ...wish, seed: 12, out: join(root, "three") });
    expect(fingerprint(join(root, "two"))).toEqual(fingerprint(join(root, "one")));
    expect(readFileSync(join(root, "two.truth.json"))).toEqual(readFileSync(join(root, "one.truth.json")));
    expect(fingerprint(join(root, "three"))).not.toEqual(fingerprint(join(root, "one")));
  });

  it("has about as many lines as were asked for", () => {
    expect(Math.abs(truth.expected.lines / wish.lines - 1)).toBeLessThan(0.15);
  });

  it("accounts for every line of every log", () => {
    const folder = join(root, "one");
    const logs: Account[] = truth.expected.logs;
    expect(logs.map((l) => l.path).sort()).toEqual(filesOf(folder).filter((p) => p.startsWith("logs")));
    for (const account of logs) {
      const {
        path: _path,
        format: _format,
        services: _services,
        damage,
        ...stated
      } = account as Account & { services: string[] };
      const { damage: found, ...counted } = count(folder, account);
      expect({ path: account.path, ...counted }).toEqual({ path: account.path, ...stated });
      expect(found).toEqual(damage.map((d) => d.line));
      expect(stated.records + stated.deadLetters + stated.blank + stated.comments + stated.continuations).toBe(
        stated.lines,
      );
    }
    expect(truth.expected.deadLetters).toBeGreaterThan(2);
    expect(new Set(logs.map((l) => l.format)).size).toBe(10);
  });

  it("keeps each log in the order of its times", () => {
    const times = textOf(root, "one/logs/web-gateway.jsonl")
      .split("\n")
      .flatMap((line) => /^\{"level":\d+,"time":(\d{13}),"pid":1,[^{]*\}$/.exec(line)?.[1] ?? [])
      .map(Number);
    expect(times.length).toBeGreaterThan(500);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("states the spans and samples it wrote", () => {
    const folder = join(root, "one");
    const jaeger = json(folder, "traces/jaeger.json").data;
    const otlp = textOf(folder, "traces/otlp-spans.json")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const otlpSpans = otlp.flatMap((l: OtlpLine) =>
      l.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)),
    );
    const { traces, metrics } = truth.expected;
    expect(jaeger.flatMap((t: JaegerTrace) => t.spans).length).toBe(traces.jaegerSpans);
    expect([otlp.length, otlpSpans.length]).toEqual([traces.otlpLines, traces.otlpSpans]);
    expect(textOf(folder, "metrics/services.csv").trimEnd().split("\n").length - 1).toBe(metrics.longRows);
    expect(json(folder, "metrics/prometheus-pools.json").data.result.length).toBe(metrics.series);
    const gateway = textOf(folder, "logs/web-gateway.jsonl");
    expect(jaeger.every((t: JaegerTrace) => gateway.includes(t.traceID))).toBe(true);
    const parents = new Set([
      ...jaeger.flatMap((t: JaegerTrace) => t.spans.map((s) => s.spanID)),
      ...otlpSpans.map((s: OtlpSpan) => s.spanId),
    ]);
    expect(otlpSpans.every((s: OtlpSpan) => s.parentSpanId === "" || parents.has(s.parentSpanId))).toBe(true);
  });

  it("breaks the culprit before its callers, after the change, and alerts last", () => {
    const folder = join(root, "one");
    const culprit = truth.cause.service ?? "";
    const onset = Date.parse(truth.onset ?? "");
    const changed = Date.parse(truth.cause.changed ?? "");
    const own = firstTime(folder, culprit, /NullPointerException|NoneType|nil pointer|Cannot read properties/);
    const callers = json(folder, "dependencies.json")
      .data.filter((d: Dependency) => d.child === culprit)
      .map((d: Dependency) => d.parent);
    expect(callers.length).toBeGreaterThan(0);
    for (const caller of callers)
      expect(
        firstTime(folder, caller, new RegExp(`request failed: (${culprit}|circuit breaker for ${culprit})`)),
      ).toBeGreaterThan(own);
    expect(truth.hit[0]?.service).toBe(culprit);
    expect(changed).toBeLessThan(onset);
    expect(own).toBeGreaterThanOrEqual(onset);
    expect(Date.parse(json(folder, "alert.json").fired_at)).toBeGreaterThan(own);
    const deploys = json(folder, "changes/deploys.json");
    const guilty = deploys.find((d: Deploy) => d.service === culprit && Date.parse(d.timestamp) === changed);
    expect(truth.cause.object).toMatchObject({ type: "deploy", sha: guilty.commit_sha });
    expect(deploys.length).toBe(truth.decoys.deploys.length + 1);
  });

  it.each(KINDS)("can be of the kind %s", async (cause) => {
    const made = await simulate({ ...wish, services: 12, lines: 1000, minutes: 45, cause, out: join(root, cause) });
    expect(made.cause.kind).toBe(cause);
    expect(made.alert === null).toBe(cause === "none");
    expect(made.hit.length > 1).toBe(cause !== "none");
    expect(made.hit[0]?.service ?? null).toBe(made.cause.service);
  });
});

describe("the command", () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });

  it.each([
    [["--out", "x", "--cause", "gremlins"], /unknown cause "gremlins"/],
    [["--out", "x", "--lines", "many"], /--lines must be a whole number/],
    [["--out", "x", "--start", "yesterday"], /--start must be a time/],
    [["--cause", "cpu"], /--out DIR is missing/],
    [["--wat"], /Unknown option '--wat'/],
  ])("refuses %j with a sentence and code 2", (args, sentence) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("leaves a folder alone that is not its own", () => {
    const folder = mkdtempSync(join(root, "taken-"));
    writeFileSync(join(folder, "thesis.txt"), "mine");
    expect(run("--out", folder).status).toBe(2);
    expect(run("--out", folder, "--force").stderr).toMatch(/"thesis.txt", which no simulation wrote/);
    expect(readFileSync(join(folder, "thesis.txt"), "utf8")).toBe("mine");
  });
});

describe("the sample incident", () => {
  it("is what its command writes, small enough to ship", () => {
    const help = execFileSync(process.execPath, [command, "--help"], { encoding: "utf8" });
    const args = /--out resources\/sample-incident (.*)/.exec(help)?.[1]?.split(" ") ?? [];
    execFileSync(process.execPath, [command, "--out", join(root, "sample"), ...args]);
    const names = filesOf("resources/sample-incident");
    expect(names).toEqual(filesOf(join(root, "sample")));
    // Compressed bytes depend on the zlib of the Node that wrote them.
    const differing = names.filter(
      (name) => textOf("resources/sample-incident", name) !== textOf(join(root, "sample"), name),
    );
    expect(differing).toEqual([]);
    expect(readFileSync("resources/sample-incident.truth.json", "utf8")).toBe(
      readFileSync(join(root, "sample.truth.json"), "utf8"),
    );
    expect(names.reduce((sum, name) => sum + statSync(join("resources/sample-incident", name)).size, 0)).toBeLessThan(
      3 * 1024 * 1024,
    );
    expect(names.filter((name) => name.endsWith(".gz"))).toHaveLength(1);
  });
});
