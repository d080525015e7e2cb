/**
 * The address of a Prometheus query, as a person types it and as it is shown:
 * `prometheus:http://HOST:PORT/?query=PROMQL&start=TIME&end=TIME&step=DURATION`, documented in docs/connectors.md.
 */
import { FailureError } from "../../../../shared/failure.ts";
import { isHttp, urlOf } from "./http.ts";

export interface PrometheusAddress {
  /** As it is shown and remembered: without credentials. */
  readonly shown: string;
  /** Of the API, ending in a slash; without credentials. */
  readonly base: URL;
  /** Value of the Authorization header; null when the address has no credentials. */
  readonly authorization: string | null;
  /** None for all metrics. */
  readonly queries: readonly string[];
  /** Seconds since the epoch, on a multiple of the step. */
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

export const SCHEME = "prometheus";
const KNOWN: ReadonlySet<string> = new Set(["query", "start", "end", "step"]);
const DEFAULT_WINDOW_SECONDS = 3_600;
/** The usual scrape interval: a shorter step repeats samples. */
const SHORTEST_DEFAULT_STEP = 15;
const DEFAULT_POINTS = 1_000;
const MOST_POINTS = 1_000_000;

export function parsePrometheusAddress(address: string, nowSeconds: number): PrometheusAddress {
  const url = urlOf(address.slice(SCHEME.length + 1));
  if (url === null || !isHttp(url)) throw bad("it must go on with http:// or https:// and a host");
  const authorization = credentialsOf(url);
  const { searchParams } = url;
  for (const name of searchParams.keys()) {
    if (!KNOWN.has(name)) throw bad(`"${name}" is none of query, start, end and step`);
  }
  const asked = timeOf(searchParams.get("end") ?? "now", "end", nowSeconds);
  const start = timeOf(searchParams.get("start") ?? String(asked - DEFAULT_WINDOW_SECONDS), "start", nowSeconds);
  // What has not happened yet has no samples.
  const end = Math.min(asked, nowSeconds);
  if (start < 0) throw bad("the window begins before 1970");
  if (start >= end) throw bad("the window begins when it is over or in the future; start must be before end");
  const stepSeconds = stepOf(searchParams.get("step"), end - start);
  if ((end - start) / stepSeconds > MOST_POINTS) {
    throw bad(`the window has more than ${MOST_POINTS.toLocaleString("en-US")} steps; take a longer step`);
  }
  const base = new URL(url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`, url.origin);
  return {
    shown: `${SCHEME}:${url.href}`,
    base,
    authorization,
    queries: searchParams.getAll("query").filter((query) => query.trim() !== ""),
    start,
    end,
    stepSeconds,
  };
}

const bad = (why: string): FailureError =>
  new FailureError(
    "bad-address",
    `This is no address of a Prometheus query: ${why}. Write prometheus:http://HOST:9090/?query=up&start=-1h&end=now&step=15s.`,
  );

/** Takes them out of the URL. */
function credentialsOf(url: URL): string | null {
  const { username, password } = url;
  url.username = "";
  url.password = "";
  if (username === "" && password === "") return null;
  const pair = `${decoded(username)}:${decoded(password)}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not repeated: it may be the password.
    throw bad("the name or the password has a % that stands for no character; write %25 for it");
  }
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** "90", "15s", "1h30m", as Prometheus writes durations; null for anything else. */
function secondsOf(text: string): number | null {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/u.test(text)) return null;
  let seconds = 0;
  for (const [, amount = "0", unit = "s"] of text.matchAll(/(\d+)(ms|[smhdwy])/gu)) {
    seconds += Number(amount) * (UNITS[unit] ?? Number.NaN);
  }
  return seconds;
}

/** Seconds since the epoch, ISO 8601 with a zone or in UTC, "now", or a duration before now: "-1h". */
function timeOf(text: string, name: string, now: number): number {
  if (text === "now") return now;
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  if (text.startsWith("-")) {
    const ago = secondsOf(text.slice(1));
    if (ago !== null) return now - ago;
  }
  if (/^\d{4}-\d\d-\d\d/u.test(text)) {
    // A plus stands for a space in a query.
    const iso = text.replace(/ (?=\d\d:?\d\d$)/u, "+");
    const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/iu.test(iso) ? iso : iso.length > 10 ? `${iso}Z` : iso);
    if (!Number.isNaN(at)) return at / 1_000;
  }
  throw bad(`${name}=${text} is no time; write 2026-03-01T14:00:00Z, seconds since the epoch, -1h or now`);
}

function stepOf(text: string | null, windowSeconds: number): number {
  if (text === null) return Math.max(SHORTEST_DEFAULT_STEP, Math.ceil(windowSeconds / DEFAULT_POINTS));
  const seconds = secondsOf(text);
  if (seconds === null || seconds < 0.001) throw bad(`step=${text} is no duration; write 15s or 1m`);
  return seconds;
}
