/**
 * What `kubectl describe pod` prints, https://kubernetes.io/docs/reference/kubectl/generated/kubectl_describe/: how each
 * container is and how it ended before, and the events of the pod. Quirks: states have times and events have ages, which
 * are counted back from when the file was written; several pods may follow each other.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { ageSeconds, sayMoment, writtenAt } from "../support/console/moment.ts";
import { lineText } from "../support/lines.ts";
import { TimeReader } from "../support/time/reader.ts";
import { workloadOfPod } from "../support/workload.ts";

const NAME = /^Name:\s+(\S+)\s*$/;
const CONTAINERS = /^(?:Init )?Containers:\s*$/;
const CONTAINER = /^ {2}([\w.-]+):\s*$/;
const STATE = /^ {4}(State|Last State):\s+(\S.*)$/;
const PART = /^ {6}([A-Z][A-Za-z ]+):\s+(\S.*)$/;
const RESTARTS = /^ {4}Restart Count:\s+(\d+)\s*$/;
const EVENT =
  /^ {2}(Normal|Warning) +(\S+) +((?:\d+[ydhms])+|<unknown>|<invalid>)(?: \((x\d+)(?: over ((?:\d+[ydhms])+))?\))? +(\S+(?:, \S+)*) +(\S.*)$/;
const EVENTS = /^Events:/;

function detect(sample: Sample): Detection | null {
  const { lines } = sample;
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const has = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
  if (!NAME.test(first) || !has(/^Namespace:\s/) || !(has(CONTAINERS) || has(EVENTS))) return null;
  return { confidence: 0.96, reason: "what kubectl describe prints of an object" };
}

interface State {
  readonly input: Pick<RecordInput, "level" | "message">;
  readonly time: string | null;
  readonly fields: readonly (readonly [string, FieldValue])[];
}

/** `texts` are the lines of a state, the first of which names it. */
function stateOf(texts: readonly string[], container: string): State {
  const [, which = "State", state = ""] = STATE.exec(texts[0] ?? "") ?? [];
  const parts = new Map(
    texts.slice(1).flatMap((text) => {
      const [, name, value] = PART.exec(text) ?? [];
      return name === undefined ? [] : [[name, (value ?? "").trim()] as const];
    }),
  );
  const reason = parts.get("Reason");
  const code = parts.get("Exit Code");
  const isBad = state.startsWith("Terminated")
    ? code !== undefined && code !== "0"
    : reason?.includes("BackOff") === true;
  const isFailed = isBad || /Err|Invalid|Failed|CannotRun/.test(reason ?? "");
  const said = [reason, code === undefined ? undefined : `exit code ${code}`].filter((part) => part !== undefined);
  const what = which === "State" ? "is" : "was";
  return {
    input: {
      level: isFailed ? Level.error : state.startsWith("Waiting") ? Level.warn : Level.info,
      message: `container ${container} ${what} ${state.trim().toLowerCase()}${said.length === 0 ? "" : `: ${said.join(", ")}`}`,
    },
    time: parts.get("Finished") ?? parts.get("Started") ?? null,
    fields: [["container", container], [which, state.trim()], ...parts],
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let pod: string | null = null;
  let container = "";

  const written = (ago = 0): Timestamp | null => {
    sayMoment(options, sink, "States that are now, and ages of events,");
    return writtenAt(options, ago);
  };
  const service = (): string | null => (pod === null ? null : workloadOfPod(pod));

  const blocks: BlockReader = new BlockReader(sink, {
    noun: "state",
    line(text, offset, length, line) {
      if (blocks.open !== null && PART.test(text)) return blocks.add();
      blocks.close();
      if (text.trim() === "") return sink.skip("blank line");
      pod = NAME.exec(text)?.[1] ?? pod;
      container = CONTAINER.exec(text)?.[1] ?? container;
      if (STATE.test(text)) return blocks.begin();
      const event = EVENT.exec(text);
      if (event !== null) {
        const [, type = "", reason = "", age = "", , , , said = ""] = event;
        const time = age.startsWith("<") ? null : written(ageSeconds(age));
        const level = type === "Normal" ? Level.info : Level.warn;
        return sink.record(
          { kind: "log", time, level, service: service(), message: `${reason}: ${said}` },
          offset,
          length,
          line,
        );
      }
      const restarts = RESTARTS.exec(text)?.[1];
      if (restarts === undefined || restarts === "0") return sink.skip("description");
      const message = `container ${container} was restarted ${restarts} times`;
      const input = { kind: "log", time: written(), level: Level.warn, service: service(), message } as const;
      sink.record({ ...input, context: container }, offset, length, line);
    },
    block({ texts, offset, length, line }) {
      const state = stateOf(texts, container);
      const time = state.time !== null && times.whole(state.time) ? times.time : written();
      sink.record({ kind: "log", time, service: service(), context: container, ...state.input }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const [, type, reason = "", age, count, over, from, said = ""] = EVENT.exec(text) ?? [];
  if (type !== undefined) {
    const fields = Object.entries({ type, reason, age, count, over, from, message: said });
    return {
      message: `${reason}: ${said}`,
      fields: fields.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    };
  }
  const container = context ?? "";
  const restarts = RESTARTS.exec(text)?.[1];
  if (restarts !== undefined)
    return {
      message: `container ${container} was restarted ${restarts} times`,
      fields: [
        ["container", container],
        ["Restart Count", restarts],
      ],
    };
  const { input, fields } = stateOf(text.split(/\r?\n/), container);
  return { message: input.message, fields };
}

export default {
  id: "kubectl-describe",
  title: "Pods as kubectl describes them",
  version: 2,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
