/** Gathers what the report of the incident tells, and saves or copies it. */
import type { CallOutput } from "../../shared/contract.ts";
import type { VerdictInfo } from "../../shared/contract/suspects.ts";
import { call } from "../bridge.ts";
import { DURATION } from "../../shared/text/duration.ts";
import { fileName } from "../../shared/text/path.ts";
import { useCase } from "../state/case.ts";
import { attempt, notify } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { useSuspects } from "../suspects/store.ts";
import { readNotes } from "./list.ts";
import { reportOf } from "./report.ts";

type Event = CallOutput<"events.list">["items"][number];

/** Kinds that a report tells without being asked: what people did, and what called them. */
const TOLD_KINDS = ["deploy", "flag", "alert"] as const;
const MOST_OF_A_KIND = 30;
/** Changes that long before the incident are told. */
const BEFORE = 2 * DURATION.hour;

async function eventsAround(windows: VerdictInfo["windows"]): Promise<readonly Event[]> {
  if (windows === null) return [];
  const from = Math.max(windows.baseline.from, windows.incident.from - BEFORE);
  const filter = { from, to: windows.incident.to };
  const pages = TOLD_KINDS.map((kind) =>
    call("events.list", { filter: { ...filter, kind }, limit: MOST_OF_A_KIND, after: null }),
  );
  return (await Promise.all(pages)).flatMap(({ items }) => items);
}

async function placesOf(verdict: VerdictInfo | null): Promise<ReadonlyMap<string, string>> {
  const refs = new Set(
    (verdict?.suspects ?? []).flatMap(({ evidence }) => evidence.flatMap(({ place }) => place?.record ?? [])),
  );
  const places = [...refs].map(async (ref) => {
    const { path, line } = await call("records.detail", { ref });
    return [ref, `${fileName(path)}:${line}`] as const;
  });
  return new Map(await Promise.all(places));
}

async function makeReport(): Promise<{ readonly name: string; readonly text: string } | null> {
  const { info } = useCase.getState();
  if (info === null) return null;
  const { verdict } = useSuspects.getState();
  const [notes, around, places] = await Promise.all([
    readNotes((input) => call("events.list", input)),
    eventsAround(verdict?.windows ?? null),
    placesOf(verdict),
  ]);
  const { zone } = useZone.getState();
  const text = reportOf({ info, zone, verdict, events: [...notes, ...around], places });
  return { name: `${info.title} report`, text };
}

export function saveReport(): void {
  attempt(async () => {
    const report = await makeReport();
    const file = report === null ? null : await call("app.saveReport", report);
    if (file !== null) notify("info", `The report was written to ${file}.`);
  });
}

export function copyReport(): void {
  attempt(async () => {
    const report = await makeReport();
    if (report === null) return;
    await navigator.clipboard.writeText(report.text);
    notify("info", "The report was copied as Markdown.");
  });
}
