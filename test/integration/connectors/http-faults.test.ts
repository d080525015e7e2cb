// What goes wrong over HTTP, played by a server on this machine, through the real connector and all policies.
import { describe, expect, it, vi } from "vitest";
import type { Opening } from "../../../src/main/engine/connectors/connector.ts";
import { FailureError } from "../../../src/shared/failure.ts";
import { faultServer, type FaultServer } from "../../support/fault-server.ts";
import { bytesOf, contextOf, onlySource } from "../../unit/connectors/support.ts";
import { layer, type Layer } from "./support.ts";

const RANGE = "/api/v1/query_range";
const WINDOW = "start=2026-03-01T14:00:00Z&end=2026-03-01T14:10:00Z&step=60";
const series = (value: string): object => ({
  metric: { __name__: "up", job: "api" },
  values: [[1_772_373_600, value]],
});
const matrix = (...results: object[]): string =>
  JSON.stringify({ status: "success", data: { resultType: "matrix", result: results } });
const ANSWER = matrix(series("1"));

const address = ({ origin }: FaultServer, more = "query=up"): string => `prometheus:${origin}/?${more}&${WINDOW}`;

async function openingOf(path: string, policies: Layer): Promise<Opening> {
  return (await onlySource(path, contextOf(policies.run))).opening;
}

/** What was read, as the JSON it is. */
async function read(path: string, policies: Layer): Promise<unknown> {
  const opening = await openingOf(path, policies);
  const bytes = await policies.finish(bytesOf(opening.chunks(contextOf(policies.run))));
  return JSON.parse(bytes.toString("utf8"));
}

async function failureOf(path: string, policies: Layer): Promise<FailureError> {
  const thrown = await read(path, policies).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof FailureError)) throw new Error(`expected a failure, got ${String(thrown)}`);
  return thrown;
}

const delays = ({ events }: Layer): number[] =>
  events.flatMap((event) => (event.type === "retry" ? [event.delayMs] : []));

describe("a Prometheus server", () => {
  it("is read as an array of its answers", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "answer", body: ANSWER });
    expect(await read(address(server), layer())).toEqual([JSON.parse(ANSWER)]);
    expect(Object.fromEntries(server.asked[0]?.query ?? [])).toEqual({
      query: "up",
      start: "1772373600.000",
      end: "1772374200.000",
      step: "60",
    });
  });

  it("is asked again after 500, and then read", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "status", status: 500 }, { type: "answer", body: ANSWER });
    const policies = layer();
    expect(await read(address(server), policies)).toEqual([JSON.parse(ANSWER)]);
    expect(delays(policies)).toEqual([1_000]);
  });

  it("is given the time that it asks for with 429, up to the cap", async () => {
    const server = await faultServer();
    const throttled = (seconds: string) =>
      ({ type: "status", status: 429, headers: { "retry-after": seconds } }) as const;
    server.on(RANGE, throttled("4"), throttled("3600"), { type: "answer", body: ANSWER });
    const policies = layer();
    expect(await read(address(server), policies)).toEqual([JSON.parse(ANSWER)]);
    expect(delays(policies)).toEqual([4_000, 10_000]);
  });

  it.each([
    ["a connection that is reset", { type: "reset" }],
    ["an answer that is cut", { type: "truncated", body: ANSWER, bytes: 40 }],
    ["an answer that ends in the middle of a chunk", { type: "broken-chunks", body: ANSWER.slice(0, 40) }],
    ["an answer with a length that is too small", { type: "wrong-length", body: ANSWER, bytes: 40 }],
  ] as const)("is asked again after %s", async (_, play) => {
    const server = await faultServer();
    server.on(RANGE, play, { type: "answer", body: ANSWER });
    expect(await read(address(server), layer())).toEqual([JSON.parse(ANSWER)]);
    expect(server.asked).toHaveLength(2);
  });

  it("that always cuts its answers gives nothing instead of a part", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "truncated", body: ANSWER, bytes: 40 });
    const failure = await failureOf(address(server), layer());
    expect(failure.message).toBe(`${server.origin}: the connection was cut before the answer was whole.`);
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    ["does not answer", { type: "stall" }],
    ["begins its answer and does not go on", { type: "slow-body", body: ANSWER }],
  ] as const)("that %s is left after the timeout of each attempt", async (_, play) => {
    const server = await faultServer();
    server.on(RANGE, play);
    const policies = layer();
    const opening = await openingOf(address(server), policies);
    const reading = bytesOf(opening.chunks(contextOf(policies.run))).catch((error: unknown) => error);
    for (const attempt of [1, 2, 3]) {
      await vi.waitUntil(() => server.asked.length === attempt);
      await policies.clock.advance(15_000);
      await policies.clock.advance(10_000);
    }
    expect(String(await reading)).toContain("no answer within 15 s");
    expect(policies.clock.pending).toBe(0);
  });

  it("that is not there is said to be so, without asking again", async () => {
    const server = await faultServer();
    await server.close();
    const policies = layer();
    const failure = await failureOf(address(server), policies);
    expect(failure.message).toBe(`${server.origin}: nothing answers there; check that the server runs, and the port.`);
    expect(delays(policies)).toEqual([]);
  });

  it("that fails five times is not asked any more until it had time, and then once", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "status", status: 503 });
    const policies = layer({ breaker: { admission: 1 } });
    await failureOf(address(server), policies);
    const failure = await failureOf(address(server), policies);
    expect(server.asked).toHaveLength(5);
    expect(failure.failure.reason).toBe("circuit-open");
    expect(failure.message).toContain("Try again in 28 s");
    expect(policies.resilience.breakers.overall()).toBe("critical");
    await policies.clock.advance(30_000);
    server.on(RANGE, { type: "answer", body: ANSWER });
    expect(await read(address(server), policies)).toEqual([JSON.parse(ANSWER)]);
    expect(await read(address(server), policies)).toEqual([JSON.parse(ANSWER)]);
    expect(policies.resilience.breakers.overall()).toBe("healthy");
  });

  it("that is left by a cancel lets go of the connection, and is not blamed", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "stall" });
    const policies = layer();
    const context = contextOf(policies.run);
    const { opening } = await onlySource(address(server), context);
    const reading = bytesOf(opening.chunks(context)).catch((error: unknown) => error);
    await vi.waitUntil(() => server.asked.length === 1);
    context.cancel();
    expect(String(await reading)).toContain("cancelled");
    expect(policies.resilience.breakers.statuses()).toMatchObject([{ failures: 0, inFlight: 0 }]);
  });
});

describe("a redirect", () => {
  it("is followed, without credentials to another server", async () => {
    const [server, other] = [await faultServer(), await faultServer()];
    server.on(RANGE, { type: "redirect", to: `${other.origin}/elsewhere` });
    other.on("/elsewhere", { type: "redirect", to: "/here" });
    other.on("/here", { type: "answer", body: ANSWER });
    const path = address(server).replace("//", "//ada:secret@");
    expect(await read(path, layer())).toEqual([JSON.parse(ANSWER)]);
    expect(server.asked[0]?.authorization).toBe(`Basic ${Buffer.from("ada:secret").toString("base64")}`);
    expect(other.asked.map(({ authorization }) => authorization)).toEqual([null, null]);
  });

  it.each([
    ["in a circle", "/api/v1/query_range", "redirects in a circle"],
    ["to a file", "file:///etc/passwd", "redirects to what is no HTTP address"],
    ["nowhere", "http://", "redirects to what is no HTTP address"],
  ])("%s is a failure that is not tried again", async (_, to, expected) => {
    const server = await faultServer();
    server.on(RANGE, ({ query }) => ({ type: "redirect", to: to.startsWith("/") ? `${to}?${query.toString()}` : to }));
    const policies = layer();
    expect((await failureOf(address(server), policies)).message).toContain(expected);
    expect(server.asked).toHaveLength(1);
  });

  it("that never ends is left after five", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "redirect", to: "/a1" });
    for (let number = 1; number < 10; number += 1)
      server.on(`/a${number}`, { type: "redirect", to: `/a${number + 1}` });
    expect((await failureOf(address(server), layer())).message).toContain("redirects more than 5 times");
    expect(server.asked).toHaveLength(6);
  });
});

describe("what a person is told", () => {
  it("is what the server says of a query that it refuses", async () => {
    const server = await faultServer();
    const body = JSON.stringify({ status: "error", errorType: "bad_data", error: "parse error: unexpected \n end" });
    server.on(RANGE, { type: "status", status: 400, body });
    const policies = layer();
    expect((await failureOf(address(server), policies)).message).toBe(
      `${server.origin}: it refused the question (HTTP 400: parse error: unexpected   end).`,
    );
    expect(policies.resilience.breakers.statuses()).toMatchObject([{ failures: 0 }]);
  });

  it("never holds the password: not in paths, failures or events", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "status", status: 401 });
    const policies = layer();
    const path = address(server).replace("//", "//ada:pass%40word@");
    const { opening } = await onlySource(path, contextOf(policies.run));
    const failure = await failureOf(path, policies);
    const told = JSON.stringify([opening.path, opening.identity, failure.message, policies.events]);
    expect(told).not.toMatch(/ada|pass(?:%40|@)/u);
    expect(opening.path).toBe(address(server));
    expect(server.asked[0]?.authorization).toBe(`Basic ${Buffer.from("ada:pass@word").toString("base64")}`);
  });

  it("is each warning of the server, once", async () => {
    const server = await faultServer();
    const body = { ...(JSON.parse(ANSWER) as object), warnings: ['exceeded the "limit"\n of 3'] };
    server.on(RANGE, { type: "answer", body: JSON.stringify(body) });
    const policies = layer();
    const context = contextOf(policies.run);
    const { opening } = await onlySource(address(server, "query=up&query=down"), context);
    await policies.finish(bytesOf(opening.chunks(context)));
    expect(context.said).toEqual(['The server warns: exceeded the "limit"  of 3.']);
  });

  it("is that an answer came packed, for which nobody asked", async () => {
    const server = await faultServer();
    server.on(RANGE, {
      type: "status",
      status: 200,
      headers: { "content-encoding": "gzip" },
      body: "\u001f\u008b\b packed",
    });
    expect((await failureOf(address(server), layer())).message).toBe(
      `${server.origin}: it answered packed (gzip), which was not asked for; a proxy on the way may do that. Ask the server itself.`,
    );
    expect(server.asked).toMatchObject([{ codings: "identity" }]);
  });

  it("is that a server does not speak TLS", async () => {
    const server = await faultServer();
    const failure = await failureOf(address(server).replace("http:", "https:"), layer());
    expect(failure.message).toContain("it does not speak TLS as it must; try http:// if that is meant");
    expect(failure.failure.reason).toBe("not-trusted");
  });

  it("is that something else answers", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "answer", body: "<html>Sign in</html>" });
    expect((await failureOf(address(server), layer())).message).toContain("is no Prometheus");
    expect(server.asked).toHaveLength(1);
  });
});

describe("a long window", () => {
  it("is asked for in parts that the server gives, which join without gap or overlap", async () => {
    const server = await faultServer();
    server.on(RANGE, { type: "answer", body: ANSWER });
    const day = "start=2026-03-01T00:00:00Z&end=2026-03-02T00:00:00Z&step=5";
    await read(`prometheus:${server.origin}/?query=up&${day}`, layer());
    const parts = server.asked.map(({ query }) => [Number(query.get("start")), Number(query.get("end"))]);
    expect(parts).toEqual([
      [1_772_323_200, 1_772_373_195],
      [1_772_373_200, 1_772_409_600],
    ]);
  });

  it("is halved as long as the answers are too large", async () => {
    const server = await faultServer();
    const limit = 3;
    server.on(RANGE, ({ query }) => {
      const steps = (Number(query.get("end")) - Number(query.get("start"))) / 60 + 1;
      if (steps > limit) return { type: "status", status: 413 };
      return { type: "answer", body: matrix(series(String(steps))) };
    });
    const answers = (await read(address(server), layer())) as { data: { result: { values: [number, string][] }[] } }[];
    const steps = answers.map(({ data }) => Number(data.result[0]?.values[0]?.[1]));
    expect(steps.reduce((sum, count) => sum + count, 0)).toBe(11);
  });
});

describe("all metrics", () => {
  it("are read by their names, some at a time", async () => {
    const server = await faultServer();
    const names = Array.from({ length: 25 }, (_, index) => `metric_${index}`);
    server.on("/api/v1/label/__name__/values", {
      type: "answer",
      body: JSON.stringify({ status: "success", data: names }),
    });
    server.on(RANGE, { type: "answer", body: ANSWER });
    expect(await read(address(server, ""), layer())).toHaveLength(2);
    expect(server.asked[1]?.query.get("query")).toMatch(/^\{__name__=~"metric_0\|metric_1\|/u);
  });

  it("are read up to a number that is said", async () => {
    const server = await faultServer();
    const names = Array.from({ length: 620 }, (_, index) => `metric_${index}`);
    server.on("/api/v1/label/__name__/values", {
      type: "answer",
      body: JSON.stringify({ status: "success", data: names }),
    });
    server.on(RANGE, { type: "answer", body: ANSWER });
    const policies = layer();
    const context = contextOf(policies.run);
    const { opening } = await onlySource(address(server, ""), context);
    await policies.finish(bytesOf(opening.chunks(context)));
    expect(context.said).toEqual(["The server has 620 metrics; the first 500 are read. Name the others with query=."]);
  });
});
