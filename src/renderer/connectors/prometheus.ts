/** What a person fills in to read a Prometheus server, as the address that the engine opens. */

export interface PrometheusForm {
  readonly url: string;
  /** One a line; none reads all metrics. */
  readonly queries: string;
  readonly start: string;
  readonly end: string;
  readonly step: string;
}

export type PrometheusField = keyof PrometheusForm;
export type Problems = Partial<Record<PrometheusField, string | undefined>>;

export type ReadForm =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problems: Problems };

const DURATION = /^(?:\d+(?:ms|[smhdwy]))+$/u;
const SECONDS = /^\d+(?:\.\d+)?$/u;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/iu;

const isTime = (text: string): boolean =>
  text === "now" ||
  SECONDS.test(text) ||
  (text.startsWith("-") && DURATION.test(text.slice(1))) ||
  (ISO.test(text) && !Number.isNaN(Date.parse(text.replace(" ", "T"))));

const isLongEnough = (step: string): boolean => (DURATION.test(step) || SECONDS.test(step)) && /[1-9]/u.test(step);

function urlOf(text: string): URL | null {
  const written = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  return url !== null && /^https?:$/u.test(url.protocol) && url.hostname !== "" ? url : null;
}

const TIME_WANTED = "Write 2026-03-01T14:00:00Z, -1h or now.";

export function readPrometheusForm(form: PrometheusForm): ReadForm {
  const start = form.start.trim();
  const end = form.end.trim();
  const step = form.step.trim();
  const url = form.url.trim() === "" ? null : urlOf(form.url.trim());
  const problems: Problems = {
    ...(url === null ? { url: "Write its address, like http://prometheus.example:9090." } : {}),
    ...(start === "" || isTime(start) ? {} : { start: TIME_WANTED }),
    ...(end === "" || isTime(end) ? {} : { end: TIME_WANTED }),
    ...(step === "" || isLongEnough(step) ? {} : { step: "Write 15s or 1m." }),
    ...(isBackwards(start, end) ? { end: "This is not after the beginning." } : {}),
  };
  if (url === null || Object.keys(problems).length > 0) return { ok: false, problems };
  url.search = "";
  url.hash = "";
  const queries = form.queries.split("\n").map((query) => query.trim());
  for (const query of queries) if (query !== "") url.searchParams.append("query", query);
  if (start !== "") url.searchParams.set("start", start);
  if (end !== "") url.searchParams.set("end", end);
  if (step !== "") url.searchParams.set("step", step);
  return { ok: true, path: `prometheus:${url.href}` };
}

/** Of two moments that are both written out; the engine judges the others. */
const isBackwards = (start: string, end: string): boolean =>
  ISO.test(start) && ISO.test(end) && Date.parse(start) >= Date.parse(end);
