// https://prometheus.io/docs/prometheus/latest/querying/api/
/** Samples of a Prometheus server over a window, as the answers of its `query_range`, in one JSON array. */
import { FailureError } from "../../../shared/failure.ts";
import type { AddressConnector, Chunk, ConnectorContext } from "./connector.ts";
import { askHttp, isHttp, urlOf } from "./support/http.ts";
import { HttpStatus } from "./support/http-failure.ts";
import { parsePrometheusAddress, SCHEME, type PrometheusAddress } from "./support/prometheus-address.ts";

/** The server refuses more than 11,000 points a series. */
const MOST_POINTS = 10_000;
const MOST_ANSWER_BYTES = 64 * 2 ** 20;
/** Names that are read when no query is given. */
const MOST_METRICS = 500;
/** Names that are asked for in one query, and so one call. */
const METRICS_AT_ONCE = 20;
const MOST_SAID = 300;
const MOST_WARNINGS = 10;
/** They stand last in an answer. */
const WARNING_BYTES = 8 * 1_024;

/** Credentials of addresses that were opened: a source is shown, remembered and read again without them. */
const credentials = new Map<string, string>();

const prometheus: AddressConnector = {
  id: "prometheus",
  title: "Prometheus",
  fallback: "last-good-answer",
  scheme: SCHEME,
  openAddress: (address) => {
    const parsed = parsePrometheusAddress(address, Date.now() / 1_000);
    const { shown, base, queries, start, end, stepSeconds } = parsed;
    if (parsed.authorization !== null) credentials.set(base.href, parsed.authorization);
    return Promise.resolve({
      path: shown,
      bytes: 0,
      identity: JSON.stringify({ queries, start, end, step: stepSeconds }),
      modified: Math.ceil(end * 1_000),
      format: "prometheus-json",
      chunks: (context) => new Reading(parsed, context).chunks(),
    });
  },
  probe: async (target, context) => {
    const base = urlOf(target);
    if (base === null || !isHttp(base)) throw new FailureError("bad-address", `${target} is no HTTP address.`);
    base.pathname = base.pathname.endsWith("/") ? base.pathname : `${base.pathname}/`;
    const authorization = credentials.get(base.href) ?? null;
    const url = new URL("api/v1/query?query=1", base);
    await askHttp(
      { connector: "prometheus", url, authorization, maxBytes: MOST_ANSWER_BYTES, reasonIn, check },
      context,
    );
    return "The server answered a query.";
  },
};

export default prometheus;

interface Window {
  readonly query: string;
  /** Seconds since the epoch of the first step. */
  readonly start: number;
  readonly steps: number;
}

class Reading {
  readonly #address: PrometheusAddress;
  readonly #context: ConnectorContext;
  /** What the server said beside its answers; the same for each part of a window. */
  readonly #warnings = new Set<string>();
  #bytesRead = 0;

  constructor(address: PrometheusAddress, context: ConnectorContext) {
    this.#address = address;
    this.#context = context;
  }

  async *chunks(): AsyncGenerator<Chunk> {
    const { queries } = this.#address;
    const asked = queries.length > 0 ? queries : await this.#allMetrics();
    if (asked.length === 0) {
      this.#context.say("The server has no metric in this window.");
      return;
    }
    const windows = asked.flatMap((query) => this.#windowsOf(query));
    let isFirst = true;
    for (let window = windows.shift(); window !== undefined; window = windows.shift()) {
      const answer = await this.#read(window);
      if (answer === null) {
        windows.unshift(...halvesOf(window, this.#address.stepSeconds));
        continue;
      }
      this.#bytesRead += answer.byteLength;
      for (const warning of warningsIn(answer)) this.#warnings.add(warning);
      // Nothing is begun before something came: a server that does not answer leaves no half of an array.
      yield this.#chunk(isFirst ? "[" : ",\n");
      isFirst = false;
      yield { bytes: answer, bytesRead: this.#bytesRead };
    }
    yield this.#chunk("]\n");
    for (const warning of [...this.#warnings].slice(0, MOST_WARNINGS))
      this.#context.say(`The server warns: ${warning}.`);
  }

  /** Queries for the names that the server has, up to so many. */
  async #allMetrics(): Promise<readonly string[]> {
    const { start, end } = this.#address;
    const answer = await this.#get("api/v1/label/__name__/values", { start: String(start), end: String(end) });
    const names = namesIn(answer);
    if (names.length > MOST_METRICS) {
      this.#context.say(
        `The server has ${names.length} metrics; the first ${MOST_METRICS} are read. Name the others with query=.`,
      );
    }
    const read = names.slice(0, MOST_METRICS);
    const queries: string[] = [];
    for (let at = 0; at < read.length; at += METRICS_AT_ONCE) {
      const pattern = read
        .slice(at, at + METRICS_AT_ONCE)
        .map(literal)
        .join("|");
      queries.push(`{__name__=~${JSON.stringify(pattern)}}`);
    }
    return queries;
  }

  #windowsOf(query: string): readonly Window[] {
    const { start, end, stepSeconds } = this.#address;
    // Of seconds with decimals the last step may miss the end by less than a thousandth.
    const steps = Math.floor((end - start) / stepSeconds + 1e-3) + 1;
    const windows: Window[] = [];
    for (let first = 0; first < steps; first += MOST_POINTS) {
      windows.push({ query, start: start + first * stepSeconds, steps: Math.min(MOST_POINTS, steps - first) });
    }
    return windows;
  }

  /** Null when the answer is too large and a shorter window may not be. */
  async #read({ query, start, steps }: Window): Promise<Uint8Array<ArrayBuffer> | null> {
    const step = this.#address.stepSeconds;
    const end = start + (steps - 1) * step;
    try {
      const window = { start: start.toFixed(3), end: end.toFixed(3), step: String(step) };
      return await this.#get("api/v1/query_range", { query, ...window });
    } catch (thrown) {
      const isTooLarge = thrown instanceof FailureError && thrown.failure.reason === "answer-too-large";
      if (isTooLarge && steps > 1) return null;
      throw thrown;
    }
  }

  #get(path: string, parameters: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> {
    const { base } = this.#address;
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const authorization = this.#address.authorization ?? credentials.get(base.href) ?? null;
    const get = { connector: "prometheus", url, authorization, maxBytes: MOST_ANSWER_BYTES, reasonIn, check };
    return askHttp(get, this.#context);
  }

  #chunk(text: string): Chunk {
    return { bytes: new TextEncoder().encode(text), bytesRead: this.#bytesRead };
  }
}

function halvesOf({ query, start, steps }: Window, stepSeconds: number): readonly Window[] {
  const half = Math.ceil(steps / 2);
  return [
    { query, start, steps: half },
    { query, start: start + half * stepSeconds, steps: steps - half },
  ];
}

/** A name as a regular expression that matches it alone (RE2). */
const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");

function namesIn(answer: Uint8Array): readonly string[] {
  return textsOf(memberOf(valueOf(text(answer)), "data"));
}

/** Whoever answers may answer anything: null for what is no JSON. */
function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

const WARNINGS = /"warnings":(?<list>\[(?:"(?:[^"\\]|\\.)*",?)*\])/u;

function warningsIn(answer: Uint8Array): readonly string[] {
  const list = WARNINGS.exec(text(answer.subarray(-WARNING_BYTES)))?.groups?.["list"];
  return textsOf(list === undefined ? null : valueOf(list)).map(sentence);
}

/** Without control characters, and no longer than a person reads. */
const sentence = (said: string): string => said.replace(/\p{Cc}+/gu, " ").slice(0, MOST_SAID);

/** What the server says: `{"status": "error", "error": "…"}`. */
function reasonIn(body: Uint8Array): string | null {
  const error = memberOf(valueOf(text(body)), "error");
  return typeof error === "string" ? sentence(error) : null;
}

const START = /^\s*\{\s*"status"\s*:\s*"success"/u;
const END = /\}\s*$/u;

/** Whole answers begin and end as they must; what lies between is for the format to read. */
function check(body: Uint8Array): Error | null {
  if (!START.test(text(body.subarray(0, 64)))) {
    return new FailureError(
      "parse-answer",
      "What answered is no Prometheus: its answer does not begin as one. Check the address.",
    );
  }
  if (END.test(text(body.subarray(-16)))) return null;
  return new FailureError("cut-off", "The answer ended before it was whole.", {
    cause: new HttpStatus(502, null),
  });
}

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
