/** Facts of an incident whose every text is hostile to the form it is written in. */
import type { ReportFacts } from "../../../../src/shared/report/facts.ts";
import { metadataOf } from "../../../../src/shared/report/decisions.ts";
import type { Note } from "../../../../src/shared/report/notes.ts";
import { manualEvent } from "../../../support/manual-event.ts";

export const T0 = Date.UTC(2026, 5, 20, 10, 30) * 1000;
export const MINUTE = 60_000_000;

const note = (id: number, change: Partial<Note>): Note => ({
  id,
  ...manualEvent({ fingerprint: String(id) }),
  time: T0,
  ...change,
});

const pinned = note(1, {
  time: T0 + MINUTE,
  severity: "HIGH",
  service: "pay",
  title: "a | b\nc",
  description: "pay.log:3",
  tags: ["pinned"],
  reference: { sourceId: 2, offset: 40, length: 9, record: "s2:3" },
});
const written = note(2, { time: T0 - MINUTE, title: "deployed by hand", description: "as agreed" });

export const facts: ReportFacts = {
  info: {
    file: "/c/shop.faultline",
    title: "shop <outage>",
    revision: 3,
    from: T0 - 90 * MINUTE,
    to: T0 + 30 * MINUTE,
    main: null,
    sources: 2,
    read: 101,
    records: 100,
    deadLetters: 1,
    skipped: 0,
    samples: 0,
    events: 1,
    anomalies: 0,
    traces: 0,
    reading: 0,
    analysing: false,
  },
  zone: "UTC",
  verdict: {
    revision: 3,
    onset: { time: T0, confidence: 0.92, reason: "errors of pay left their normal.", service: "pay", place: null },
    windows: { baseline: { from: T0 - 90 * MINUTE, to: T0 }, incident: { from: T0, to: T0 + 30 * MINUTE } },
    abstained: false,
    abstainedBecause: "",
    suspects: [
      {
        kind: "change",
        service: "pay",
        object: "47d8230a1b2c3d4e",
        title: "use *one* pool",
        score: 3,
        confidence: 0.84,
        since: T0 - MINUTE,
        evidence: [
          {
            for: true,
            text: "Deployed on pay",
            place: { sourceId: 1, offset: 7, record: "s1:7" },
            time: T0,
            weight: 1,
          },
          { for: false, text: "pay recovered by itself", place: null, time: null, weight: 0.2 },
        ],
        missing: ["Traces."],
      },
    ],
    services: [],
  },
  events: [pinned, written],
  places: new Map([
    ["s1:7", { path: "/dumps/changes/deploys.json", line: 4 }],
    ["s2:3", { path: "/dumps/logs/pay.log", line: 3 }],
  ]),
  folder: "/dumps/",
  unread: ["1 source stopped"],
};

/** The same, after people concluded: what the change did, that the service is innocent, and what is to be done. */
export function concluded(why = "It *halved* the pool.\nSeen in the diff."): ReportFacts {
  const { verdict, events } = facts;
  const [change] = verdict?.suspects ?? [];
  if (verdict === null || change === undefined) throw new Error("the facts have a suspect");
  const service = { ...change, kind: "service", object: null, title: null, confidence: 0.3 } as const;
  const others = ["db", "cache", "queue"].map((name) => Object.assign(structuredClone(service), { service: name }));
  return {
    ...facts,
    verdict: { ...verdict, suspects: [change, ...others] },
    events: [
      ...events,
      note(3, { title: "Cause: use *one* pool", description: why, metadata: metadataOf(change, "cause") }),
      ...others
        .slice(2)
        .map((one) =>
          note(4, { title: "Ruled out: queue", metadata: metadataOf(one, "ruled-out"), tags: ["ruled-out"] }),
        ),
      note(5, { title: "Orders failed for | 9 m", description: why, tags: ["summary"] }),
      note(6, { title: "Test the pool under load", description: why, tags: ["follow-up", "db"] }),
      note(7, { time: T0, title: "Cause: gone", metadata: { suspect: "another", decision: "cause" } }),
    ],
  };
}

/** Every text that comes from a file or a person says this. */
export function saying(text: string): ReportFacts {
  const { info, verdict, events } = facts;
  if (verdict === null || verdict.onset === null) throw new Error("the facts have an onset");
  const path = `/dumps/${text.replaceAll("/", "_")}.log`;
  return {
    ...facts,
    info: { ...info, title: text },
    verdict: {
      ...verdict,
      onset: { ...verdict.onset, service: text, reason: text },
      abstained: true,
      abstainedBecause: text,
      suspects: verdict.suspects.map(({ evidence, ...suspect }) =>
        Object.assign(suspect, {
          service: text,
          title: text,
          object: text,
          evidence: evidence.map(({ ...one }) => Object.assign(one, { text })),
          missing: [text],
        }),
      ),
    },
    events: events.map(({ ...event }) =>
      Object.assign(event, { service: text, title: text, description: `${text}, again` }),
    ),
    places: new Map([...facts.places.keys()].map((ref) => [ref, { path, line: 1 }])),
  };
}
