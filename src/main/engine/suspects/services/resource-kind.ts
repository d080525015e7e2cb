/** What a series measures, told by the words of its name: kinds differ in what is a cause, and in which direction. */

export type ResourceKind =
  | "errors"
  | "availability"
  | "latency"
  | "cpu"
  | "memory"
  | "disk"
  | "network"
  | "saturation"
  | "load"
  | "other";

/** Order decides: "error_latency" is a latency, "network_errors" are errors. */
const WORDS: readonly (readonly [ResourceKind, RegExp])[] = [
  [
    "latency",
    /latenc|duration|response.?time|elapsed|(?:^|[^a-z])lat(?:[^a-z]|$)|(?:^|[^a-z0-9])p(?:50|9[059]|999)(?:[^0-9]|$)|rtt|delay/iu,
  ],
  ["availability", /availab|success|uptime|healthy/iu],
  ["errors", /error|err_|fail|fault|[45]xx|reject|exception|timeouts?(?:[^a-z]|$)|retr(?:y|ies|ans)|loss|drop/iu],
  [
    "saturation",
    /queue|pool|in_use|throttl|saturat|pressure|backlog|(?<!f)lag(?:[^a-z]|$)|threads|connections|sockets?(?:[^a-z]|$)|open.?files/iu,
  ],
  ["cpu", /cpu/iu],
  ["memory", /mem(?:ory|$|[^a-z])|heap|rss|swap|oom/iu],
  [
    "disk",
    /disk|(?:^|[^a-z])fs(?:[^a-z]|$)|inode|(?:^|[^a-z])io(?:[^a-z]|$)|diskio|blkio|iops|volume|syscall.?(?:read|write)/iu,
  ],
  ["network", /network|bytes|packets|receive|transmit|(?:^|[^a-z])(?:rx|tx)(?:[^a-z]|$)|bandwidth/iu],
  [
    "load",
    /load|workload|requests?(?:[^a-z]|$)|(?:^|[^a-z])(?:lod|ops|rps|qps|tps)(?:[^a-z]|$)|throughput|calls|count|total/iu,
  ],
];
/** Of the machine, and so of all that run on it. */
const OF_MACHINE = /^(?:node|host|machine|instance)/iu;

export function kindOf(name: string): ResourceKind {
  for (const [kind, words] of WORDS) if (words.test(name)) return kind;
  return "other";
}

/** Whether a word by itself is a measure and no service's name. */
export const isMeasureName = (word: string): boolean => kindOf(word) !== "other";

export const isOfMachine = (name: string): boolean => OF_MACHINE.test(name);

/** A cause shows in them; latency, queues, errors and load are also what it does to others. */
export const isOwn = (kind: ResourceKind): boolean =>
  kind === "cpu" || kind === "memory" || kind === "disk" || kind === "network";

/** How much a rise and a fall speak for trouble of one's own, 0–1. What falls with the work that comes in tells less. */
const WEIGHTS: Readonly<Record<ResourceKind, readonly [rise: number, fall: number]>> = {
  errors: [1, 0],
  availability: [0, 1],
  latency: [1, 0.1],
  cpu: [1, 0.35],
  memory: [1, 0.5],
  disk: [1, 0.35],
  network: [0.6, 0.5],
  saturation: [0.9, 0.3],
  load: [0.3, 0.4],
  other: [0.5, 0.3],
};

export const weightOf = (kind: ResourceKind, rises: boolean): number => WEIGHTS[kind][rises ? 0 : 1];
