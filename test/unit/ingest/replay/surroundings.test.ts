import { describe, expect, it } from "vitest";
import type { RecordSink } from "../../../../src/main/engine/formats/format.ts";
import { formatById } from "../../../../src/main/engine/formats/registry.ts";
import { readLetter } from "../../../../src/main/engine/ingest/replay/read-letter.ts";
import { SURROUNDINGS_LIMIT, type DeadLetterInput } from "../../../../src/shared/model/dead-letter.ts";
import type { RecordInput } from "../../../../src/shared/model/record.ts";
import { micros } from "../../../../src/shared/units.ts";

const options = { zone: "UTC", now: micros(1_800_000_000_000_000) };

function formatOf(id: string) {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format;
}

function parse(id: string, text: string): { records: RecordInput[]; letters: DeadLetterInput[] } {
  const records: RecordInput[] = [];
  const letters: DeadLetterInput[] = [];
  const sink: RecordSink = {
    read() {},
    record: (input) => void records.push({ ...input }),
    deadLetter: (letter) => void letters.push({ ...letter, raw: letter.raw.slice() }),
    skip() {},
    warn() {},
    tests() {},
  };
  const parser = formatOf(id).parser(options, sink);
  parser.push(Buffer.from(text));
  parser.end();
  return { records, letters };
}

/** The letter's own text with the fault mended, read as a replay reads it where the source is gone. */
function replayed(id: string, letter: DeadLetterInput | undefined, bad: string, mended: string): RecordInput[] {
  const { raw = new Uint8Array(), reason = "", message = "", around = null } = letter ?? {};
  const text = Buffer.from(Buffer.from(raw).toString().replace(bad, mended));
  const head = new Uint8Array();
  return readLetter(formatOf(id), options, { text, reason, message, head, around }).records.map(({ input }) => input);
}

const at = "1772360000000000000";
const span = (id: string, more: object = {}) => ({
  traceID: "a1b2c3d4e5f60718",
  spanID: id,
  operationName: "GET /cart",
  startTime: 1_772_360_000_000_000,
  duration: 1_000,
  processID: "p2",
  ...more,
});
const processes = {
  p1: { serviceName: "front", tags: [] },
  p2: { serviceName: "cart", tags: [{ key: "hostname", type: "string", value: "node-7" }] },
};
const jaeger = (spans: readonly object[]) => ({ data: [{ traceID: "a1b2c3d4e5f60718", spans, processes }] });
const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const resource = { attributes: [attribute("service.name", "cart"), attribute("k8s.pod.name", "cart-7")] };
const scope = { name: "http", version: "1.2" };
const otlpSpan = (id: string) => ({
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: id,
  name: "GET /cart",
  startTimeUnixNano: at,
  endTimeUnixNano: at,
});
const pretty = (value: unknown): string => JSON.stringify(value, null, 1);

/** A document, and what in it is to be replaced by what so that one of its units is bad. */
const cases: readonly (readonly [what: string, format: string, document: string, good: string, bad: string])[] = [
  [
    "a span of Jaeger without an id, whose process stands behind it",
    "jaeger-json",
    JSON.stringify(jaeger([span("00000000000000a1"), span("00000000000000a2")])),
    '"00000000000000a2"',
    '""',
  ],
  [
    "a span of Jaeger that is no JSON, whose process stands behind it",
    "jaeger-json",
    pretty(jaeger([span("00000000000000a1"), span("00000000000000a2"), span("00000000000000a3")])),
    '"00000000000000a2",',
    '"00000000000000a2" ]',
  ],
  [
    "a span of OpenTelemetry without an id",
    "otlp-json",
    JSON.stringify({
      resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [otlpSpan("b7ad6b7169203331")] }] }],
    }),
    '"b7ad6b7169203331"',
    '""',
  ],
  [
    "a span of OpenTelemetry that is no JSON, with others on its lines",
    "otlp-json",
    pretty({
      resourceSpans: [
        { resource, scopeSpans: [{ scope, spans: [otlpSpan("b7ad6b7169203331"), otlpSpan("b7ad6b7169203332")] }] },
      ],
    }),
    '"b7ad6b7169203331",',
    '"b7ad6b7169203331" ]',
  ],
  [
    "a log of OpenTelemetry that is no object",
    "otlp-json",
    JSON.stringify({
      resourceLogs: [
        { resource, scopeLogs: [{ scope, logRecords: [{ timeUnixNano: at, body: { stringValue: "paid" } }] }] },
      ],
    }),
    `{"timeUnixNano":"${at}","body":{"stringValue":"paid"}}`,
    '"lost"',
  ],
  [
    "a data point of OpenTelemetry that is no object",
    "otlp-json",
    JSON.stringify({
      resourceMetrics: [
        {
          resource,
          scopeMetrics: [
            {
              scope,
              metrics: [{ name: "rss", unit: "By", gauge: { dataPoints: [{ timeUnixNano: at, asDouble: 4.5 }] } }],
            },
          ],
        },
      ],
    }),
    `{"timeUnixNano":"${at}","asDouble":4.5}`,
    "17",
  ],
  [
    "a sample of Prometheus",
    "prometheus-json",
    JSON.stringify({
      status: "success",
      data: {
        resultType: "matrix",
        result: [{ metric: { __name__: "up", job: "cart" }, values: [[1_772_360_000, "1"]] }],
      },
    }),
    '[1772360000,"1"]',
    '[1772360000,"one"]',
  ],
  [
    "the sample of a vector of Prometheus",
    "prometheus-json",
    JSON.stringify({
      data: { resultType: "vector", result: [{ metric: { job: "cart" }, value: [1_772_360_000, "1"] }] },
    }),
    '[1772360000,"1"]',
    '[1772360000,"one"]',
  ],
  [
    "a point of Datadog, whose tags stand behind it",
    "datadog-query",
    JSON.stringify({
      series: [{ metric: "rps", pointlist: [[1_772_360_000_000, 1]], scope: "service:cart", unit: null }],
    }),
    "[1772360000000,1]",
    '[1772360000000,"one"]',
  ],
  [
    "a point of Azure Monitor in its metric and its dimensions",
    "azure-metrics",
    JSON.stringify({
      value: [
        {
          name: { value: "cpu" },
          unit: "Percent",
          timeseries: [
            {
              metadatavalues: [{ name: { value: "host" }, value: "a" }],
              data: [{ timeStamp: "2026-03-01T10:00:00Z", average: 5 }],
            },
          ],
        },
      ],
    }),
    '"average":5',
    '"average":"five"',
  ],
  [
    "a statistic of CloudWatch, named before it",
    "cloudwatch-statistics",
    JSON.stringify({ Label: "cpu", Datapoints: [{ Timestamp: "2026-03-01T10:00:00Z", Average: 5, Unit: "Percent" }] }),
    '"Average":5',
    '"Average":"five"',
  ],
  [
    "a value of CloudWatch, at the time in its place",
    "cloudwatch-data",
    JSON.stringify({
      MetricDataResults: [
        { Id: "m1", Label: "cpu", Timestamps: ["2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z"], Values: [5, 71] },
      ],
    }),
    "71",
    '"x"',
  ],
  [
    "a value of a frame of Grafana, in its row",
    "grafana-frames",
    JSON.stringify([
      {
        schema: {
          fields: [
            { name: "Time", type: "time" },
            { name: "host", type: "string" },
            { name: "cpu", type: "number" },
          ],
        },
        data: {
          values: [
            [1_772_360_000_000, 1_772_360_060_000],
            ["a", "b"],
            [5, 71],
          ],
        },
      },
    ]),
    "71",
    '"x"',
  ],
  [
    "a line of Loki under the labels of its stream",
    "loki-streams",
    JSON.stringify({ data: { result: [{ stream: { app: "cart" }, values: [[at, "one"]] }] } }),
    `"${at}"`,
    '"soon"',
  ],
  [
    "a log in the array of an object that names the service",
    "json-array",
    pretty({
      service: "cart",
      logs: [
        { time: "2026-03-01T10:00:00Z", msg: "one", level: "info" },
        { time: "2026-03-01T10:00:01Z", msg: "two", level: "error" },
      ],
    }),
    '"msg": "two",',
    '"msg": "two"',
  ],
  [
    "an element of any JSON in an object that names the service",
    "json",
    pretty({
      service: "cart",
      things: [
        { at: "2026-03-01T10:00:00Z", name: "one" },
        { at: "2026-03-01T10:00:01Z", name: "two" },
      ],
    }),
    '"name": "two"',
    '"name": ]',
  ],
  [
    "a commit of a push",
    "github-webhook",
    pretty({
      ref: "refs/heads/main",
      before: "0".repeat(40),
      after: "1".repeat(40),
      repository: { name: "cart" },
      sender: { login: "ada" },
      commits: [
        { id: "1".repeat(40), message: "Lower the pool", timestamp: "2026-03-01T10:00:00Z", author: { name: "Ada" } },
        { id: "2".repeat(40), message: "Raise it", timestamp: "2026-03-01T10:01:00Z", author: { name: "Ada" } },
      ],
    }),
    '"message": "Raise it",',
    '"message": "Raise it"',
  ],
  [
    "a row of metrics, one a row",
    "csv-metrics-long",
    "timestamp;service;metric;value;zone\n2026-03-01T10:00:00Z;cart;rps;1;a\n2026-03-01T10:00:01Z;cart;rps;7;b\n",
    "rps;7",
    "rps;x",
  ],
  [
    "a cell of metrics, one a column",
    "csv-metrics-wide",
    "time,cpu,memory\n2026-03-01T10:00:00Z,1,2\n2026-03-01T10:00:01Z,71,4\n",
    "71",
    "x",
  ],
  [
    "a cell of metrics with labels, on a day before its month",
    "csv-metrics-wide",
    "time,host,cpu\n03/11/2025 10:00,a,1\n04/11/2025 10:00,b,71\n13/11/2025 10:00,a,2\n",
    "71",
    "x",
  ],
];

describe("a dead letter that is mended outside of its source", () => {
  it.each(cases)("gives the record that %s would have given: %s", (_, id, document, good, bad) => {
    const whole = parse(id, document);
    expect(whole.letters).toEqual([]);
    const damaged = parse(id, document.replace(good, bad));
    expect(damaged.letters).toHaveLength(1);
    const mended = replayed(id, damaged.letters[0], bad, good);
    expect(mended.length).toBeGreaterThan(0);
    // With all that stood around it: service, labels, resource, process.
    for (const record of mended) expect(whole.records).toContainEqual(record);
    const key = (record: RecordInput): string => JSON.stringify(record);
    expect([...damaged.records, ...mended].map(key).toSorted()).toEqual(whole.records.map(key).toSorted());
  });

  it("keeps the service where all that stands around is too long", () => {
    const many = Array.from({ length: 200 }, (_, index) => attribute(`label.${index}`, "x".repeat(200)));
    const long = { attributes: [...many, ...resource.attributes] };
    const document = { resourceSpans: [{ resource: long, scopeSpans: [{ spans: [otlpSpan("")] }] }] };
    const [letter] = parse("otlp-json", JSON.stringify(document)).letters;
    expect(letter?.around?.before.length).toBeLessThan(SURROUNDINGS_LIMIT);
    expect(replayed("otlp-json", letter, '""', '"b7ad6b7169203331"')).toMatchObject([{ service: "cart" }]);
    const tagged = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `p${index}`,
        { serviceName: `s${index}`, tags: [{ key: "k", type: "string", value: "x".repeat(1_000) }] },
      ]),
    );
    const trace = { traceID: "a1b2c3d4e5f60718", spans: [17], processes: tagged };
    const [lost] = parse("jaeger-json", JSON.stringify({ data: [trace] })).letters;
    const mended = JSON.stringify(span("00000000000000a2", { processID: "p40" }));
    expect(replayed("jaeger-json", lost, "17", mended)).toMatchObject([{ service: "s40" }]);
  });

  it("is a whole of its own by now where somebody made it one", () => {
    const [letter] = parse("jaeger-json", JSON.stringify(jaeger([{ ...span(""), spanID: "" }]))).letters;
    const raw = Buffer.from(letter?.raw ?? []).toString();
    expect(replayed("jaeger-json", letter, raw, JSON.stringify(jaeger([span("00000000000000a9")])))).toMatchObject([
      { spanId: "00000000000000a9", service: "cart" },
    ]);
  });
});
