/**
 * Incidents as a few lines of data, made into the signals of a case: minutes from the start, the onset at minute 90 of
 * 120, a shared history of everyday commits around what matters.
 */
import { Level } from "../../../../src/shared/model/level.ts";
import { micros, MICROS_PER_MINUTE } from "../../../../src/shared/units.ts";
import type {
  CaseSignals,
  ChangeKind,
  ChangeSignal,
  LogSignal,
  MetricSignal,
  Place,
  Quote,
  SpanSignals,
} from "../../../../src/main/engine/suspects/signals.ts";

export interface Incident {
  readonly title: string;
  /** "frontend>cart" */
  readonly calls: readonly string[];
  readonly metrics: readonly MetricSpec[];
  readonly logs: readonly LogSpec[];
  readonly commits: readonly CommitSpec[];
  readonly deploys: readonly DeploySpec[];
  readonly flags?: readonly { readonly at: number; readonly flag: string; readonly service: string }[];
  readonly alert: { readonly at: number; readonly service: string; readonly metric: string; readonly summary: string };
  readonly reports?: readonly {
    readonly at: number;
    readonly component: string;
    readonly status: string;
    readonly says: string;
  }[];
  /** Id of the commit that did it; null when no change did. */
  readonly culprit: string | null;
}

/** A level that becomes another at a minute, over some minutes. */
export interface MetricSpec {
  readonly service: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly at?: number;
  readonly over?: number;
}
export interface LogSpec {
  readonly service: string;
  readonly level: "info" | "warn" | "error";
  readonly says: string;
  readonly at: number;
  readonly every?: number;
}
export interface CommitSpec {
  readonly id: string;
  readonly at: number;
  readonly says: string;
  readonly files: readonly string[];
  readonly diff: string | null;
}
export interface DeploySpec {
  readonly at: number;
  readonly service: string;
  readonly commit: string;
}

export const START = Date.UTC(2026, 2, 3, 9) * 1_000;
export const MINUTES = 120;
export const minute = (at: number): ReturnType<typeof micros> => micros(START + Math.round(at * MICROS_PER_MINUTE));

/** A commit id that looks like one. */
export const shaOf = (id: string): string =>
  Array.from(id.padEnd(10, id), (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0"))
    .join("")
    .padEnd(40, "a7")
    .slice(0, 40);

/** Deterministic, between −1 and 1. */
const noise = (seed: number): number => {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
};

let offset = 0;
const placeIn = (sourceId: number): Place => ({ sourceId, offset: (offset += 100), record: `s${sourceId}:${offset}` });

export function signalsOf(incident: Incident): CaseSignals {
  offset = 0;
  const logs = [...incident.logs, ...calm(incident)];
  return {
    metrics: incident.metrics.map(metricOf),
    logs: logs.map(logOf),
    quotes: logs.map(quoteOf),
    spans: NO_SPANS,
    changes: changesOf(incident).toSorted((a, b) => a.time - b.time),
    alerts: [
      {
        time: minute(incident.alert.at),
        service: incident.alert.service,
        message: incident.alert.summary,
        fields: [
          ["metric", incident.alert.metric],
          ["summary", incident.alert.summary],
        ],
        place: placeIn(9),
      },
    ],
    dependencies: incident.calls.map((call) => {
      const [caller = "", callee = ""] = call.split(">");
      return { caller, callee, calls: 100 };
    }),
    reports: (incident.reports ?? []).map(({ at, component, status, says }) => ({
      time: minute(at),
      component,
      status,
      message: says,
      place: placeIn(8),
    })),
  };
}

function metricOf({ service, name, from, to, at = 90, over = 2 }: MetricSpec, index: number): MetricSignal {
  const times = Float64Array.from({ length: MINUTES }, (_, step) => minute(step));
  const values = Float64Array.from({ length: MINUTES }, (_, step) => {
    const share = Math.min(1, Math.max(0, (step - at + 1) / over));
    const level = from + (to - from) * share;
    return from === to || (Number.isInteger(level) && Math.abs(level) < 3)
      ? level
      : level * (1 + 0.08 * noise(index * 1_000 + step));
  });
  return { service, name, times, values, place: placeIn(1) };
}

function timesOf({ at, every = 0.6 }: LogSpec): number[] {
  const times: number[] = [];
  for (let time = at; time < MINUTES; time += every) times.push(minute(time));
  return times;
}

const levelOf = { info: Level.info, warn: Level.warn, error: Level.error };

function logOf(spec: LogSpec): LogSignal {
  const { service, level, says } = spec;
  const template = says.replaceAll(/\d+/gu, "<*>");
  return {
    service,
    level: levelOf[level],
    templateId: template,
    template,
    times: Float64Array.from(timesOf(spec)),
    place: placeIn(2),
  };
}

function quoteOf(spec: LogSpec): Quote {
  const times = timesOf(spec);
  return {
    service: spec.service,
    level: levelOf[spec.level],
    of: "log",
    texts: [spec.says],
    first: micros(times[0] ?? START),
    last: micros(times.at(-1) ?? START),
    count: times.length,
    place: placeIn(2),
  };
}

/** What every service says all the while. */
function calm({ calls }: Incident): LogSpec[] {
  const services = new Set(calls.flatMap((call) => call.split(">")));
  return [...services].map((service) => ({
    service,
    level: "info",
    says: "handled request status=200",
    at: 0,
    every: 4,
  }));
}

function changesOf({ commits, deploys, flags = [] }: Incident): ChangeSignal[] {
  return [
    ...[...commits, ...EVERYDAY].map(({ id, at, says, files, diff }) =>
      change("commit", at, null, shaOf(id), says, [
        ["sha", shaOf(id)],
        ["message", says],
        ["files_changed", JSON.stringify(files)],
        ["diff", diff],
      ]),
    ),
    ...deploys.map(({ at, service, commit }) =>
      change("deploy", at, service, shaOf(commit), `deploy ${service}`, [["commit_sha", shaOf(commit)]]),
    ),
    ...flags.map(({ at, flag, service }) =>
      change("flag", at, service, flag, `flag ${flag} off->on`, [["flag", flag]]),
    ),
  ];
}

function change(
  kind: ChangeKind,
  at: number,
  service: string | null,
  object: string,
  message: string,
  fields: ChangeSignal["fields"],
): ChangeSignal {
  return { kind, time: minute(at), service, object, message, fields, place: placeIn(3) };
}

const NO_SPANS: SpanSignals = {
  count: 0,
  services: [],
  operations: [],
  start: new Float64Array(),
  duration: new Float64Array(),
  self: new Float64Array(),
  service: new Uint32Array(),
  operation: new Uint32Array(),
  parent: new Uint32Array(),
  failed: new Uint8Array(),
  place: () => placeIn(4),
  spanId: () => null,
};

/** What a repository of many services sees on any morning. */
const EVERYDAY: readonly CommitSpec[] = [
  { id: "e01", at: 4, says: "docs: explain how to run the stack locally", files: ["docs/local.md"], diff: null },
  { id: "e02", at: 11, says: "test: cover the empty basket", files: ["services/basket/basket_test.go"], diff: null },
  {
    id: "e03",
    at: 17,
    says: "fix: trim spaces of coupon codes",
    files: ["pkg/coupon/coupon.go"],
    diff: "@@ pkg/coupon/coupon.go @@\n-\treturn lookup(code)\n+\treturn lookup(strings.TrimSpace(code))",
  },
  {
    id: "e04",
    at: 25,
    says: "perf: reuse encoders",
    files: ["pkg/codec/encoder.go"],
    diff: "@@ pkg/codec/encoder.go @@\n-\tenc := NewEncoder()\n+\tenc := encoders.Get().(*Encoder)\n+\tdefer encoders.Put(enc)",
  },
  { id: "e05", at: 33, says: "ci: split the build into two jobs", files: [".github/workflows/ci.yml"], diff: null },
  {
    id: "e06",
    at: 40,
    says: "feat: expose build information",
    files: ["internal/version/version.go"],
    diff: "@@ internal/version/version.go @@\n+func Info() string { return commit }",
  },
  { id: "e07", at: 52, says: "style: sort imports", files: ["pkg/basket/basket.go"], diff: null },
  {
    id: "e08",
    at: 61,
    says: "fix: handle empty page tokens",
    files: ["pkg/paging/token.go"],
    diff: '@@ pkg/paging/token.go @@\n+\tif token == "" { return first, nil }',
  },
  {
    id: "e09",
    at: 70,
    says: "chore: bump linters",
    files: ["go.mod", "go.sum"],
    diff: "@@ go.mod @@\n-\texample.org/lint v1.4.0\n+\texample.org/lint v1.4.1",
  },
  {
    id: "e10",
    at: 78,
    says: "refactor: move money helpers",
    files: ["pkg/money/money.go"],
    diff: "@@ pkg/money/money.go @@\n-func cents(v float64) int { return int(v * 100) }\n+func Cents(v float64) int { return int(v * 100) }",
  },
  { id: "e11", at: 99, says: "docs: fix links", files: ["README.md"], diff: null },
  {
    id: "e12",
    at: 108,
    says: "fix: off-by-one in the pager",
    files: ["pkg/paging/pager.go"],
    diff: "@@ pkg/paging/pager.go @@\n-\treturn total / size\n+\treturn (total + size - 1) / size",
  },
];
