/**
 * Spans as two tracing back ends export them: a Jaeger API answer and the Collector's OTLP file export. Each service
 * reports to one of them, so most traces are split over both files and only meet by trace id.
 * https://www.jaegertracing.io/docs/latest/apis/  https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */

/** @typedef {import('./requests.mjs').Span} Span */

/** @param {number} t milliseconds */
const micros = (t) => Math.round(t * 1000);

export class Traces {
  #jaeger;
  #otlp;
  #first = true;
  counts = { traces: 0, jaegerSpans: 0, otlpSpans: 0, otlpLines: 0 };

  /** @param {{ jaeger: { write(text: string): void, close(): Promise<void> }, otlp: { write(text: string): void, close(): Promise<void> } }} files */
  constructor({ jaeger, otlp }) {
    this.#jaeger = jaeger;
    this.#otlp = otlp;
    jaeger.write('{"data":[');
  }

  /** @param {Span[]} spans of one trace */
  add(spans) {
    this.counts.traces++;
    const ordered = spans.toSorted((a, b) => a.start - b.start);
    const jaeger = ordered.filter((s) => s.service.tracer === "jaeger");
    const otlp = ordered.filter((s) => s.service.tracer === "otlp");
    this.counts.jaegerSpans += jaeger.length;
    this.counts.otlpSpans += otlp.length;
    if (jaeger.length > 0) {
      this.#jaeger.write((this.#first ? "\n" : ",\n") + jaegerTrace(jaeger));
      this.#first = false;
    }
    if (otlp.length > 0) {
      this.#otlp.write(`${otlpLine(otlp)}\n`);
      this.counts.otlpLines++;
    }
  }

  async close() {
    this.#jaeger.write('\n],"total":0,"limit":0,"offset":0,"errors":null}\n');
    await Promise.all([this.#jaeger.close(), this.#otlp.close()]);
  }
}

/** @param {Span[]} spans */
function jaegerTrace(spans) {
  /** @type {Record<string, object>} */
  const processes = {};
  /** @type {Map<string, string>} */
  const ids = new Map();
  const processOf = (/** @type {Span} */ span) => {
    let id = ids.get(span.pod.name);
    if (id === undefined) {
      id = `p${ids.size + 1}`;
      ids.set(span.pod.name, id);
      processes[id] = {
        serviceName: span.service.name,
        tags: [
          { key: "hostname", type: "string", value: span.pod.name },
          { key: "ip", type: "string", value: span.pod.ip },
        ],
      };
    }
    return id;
  };
  const list = spans.map((span) => ({
    traceID: span.traceId,
    spanID: span.spanId,
    operationName: span.name,
    references: span.parentId === "" ? [] : [{ refType: "CHILD_OF", traceID: span.traceId, spanID: span.parentId }],
    startTime: micros(span.start),
    duration: Math.max(1, micros(span.end) - micros(span.start)),
    tags: [
      { key: "span.kind", type: "string", value: span.kind },
      ...attributes(span).map(([key, value]) => ({ key, type: typeof value === "number" ? "int64" : "string", value })),
      ...(span.failure === null ? [] : [{ key: "error", type: "bool", value: true }]),
    ],
    logs:
      span.failure === null
        ? []
        : [
            {
              timestamp: micros(span.end),
              fields: [
                { key: "event", type: "string", value: "error" },
                { key: "message", type: "string", value: `${span.failure.type}: ${span.failure.message}` },
              ],
            },
          ],
    processID: processOf(span),
  }));
  return JSON.stringify({ traceID: spans[0].traceId, spans: list, processes });
}

/** @param {Span[]} spans */
function otlpLine(spans) {
  const attribute = (/** @type {string} */ key, /** @type {string | number} */ value) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  });
  const nanos = (/** @type {number} */ t) => `${micros(t)}000`;
  const resourceSpans = [...new Set(spans.map((s) => s.pod))].map((pod) => {
    const own = spans.filter((s) => s.pod === pod);
    return {
      resource: { attributes: [attribute("service.name", own[0].service.name), attribute("k8s.pod.name", pod.name)] },
      scopeSpans: [
        {
          scope: { name: "shop-tracing", version: "2.4.0" },
          spans: own.map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            parentSpanId: span.parentId,
            name: span.name,
            kind: span.kind === "server" ? 2 : 3,
            startTimeUnixNano: nanos(span.start),
            endTimeUnixNano: nanos(span.end),
            attributes: attributes(span).map(([key, value]) => attribute(key, value)),
            status: span.failure === null ? {} : { code: 2, message: `${span.failure.type}: ${span.failure.message}` },
          })),
        },
      ],
    };
  });
  return JSON.stringify({ resourceSpans });
}

/** @param {Span} span @returns {[string, string | number][]} */
function attributes(span) {
  if (span.kind === "client") return [["peer.service", span.peer]];
  return [
    ["http.request.method", span.method],
    ["http.route", span.route],
    ["http.response.status_code", span.failure?.status ?? (span.method === "POST" ? 201 : 200)],
  ];
}
