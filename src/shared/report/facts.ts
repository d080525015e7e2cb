/** What the report of an incident is made from, gathered from the case by the window and the command line alike. */
import type { CallInput, CallOutput, CaseInfo } from "../contract.ts";
import type { VerdictInfo } from "../contract/suspects.ts";
import { FailureError } from "../failure.ts";
import { DURATION } from "../text/duration.ts";
import { commonFolder, isAddress } from "../text/path.ts";
import { unreadTexts } from "../text/unread.ts";
import { readNotes, type Note } from "./notes.ts";

/** Where in a file something is written. */
export interface Place {
  readonly path: string;
  /** 1 upward. */
  readonly line: number;
}

export interface ReportFacts {
  readonly info: CaseInfo;
  /** IANA name of the zone that times are written in. */
  readonly zone: string;
  /** Null where the search for causes has not ended. */
  readonly verdict: VerdictInfo | null;
  /** Notes, and what was changed or alerted around the incident. */
  readonly events: readonly Note[];
  /** By the ref of a record. */
  readonly places: ReadonlyMap<string, Place>;
  /** That all sources lie in, with its last separator; empty when there is none. */
  readonly folder: string;
  /** "1 source failed", of sources of which not all was read. */
  readonly unread: readonly string[];
}

type ReportedSource = Pick<CallOutput<"sources.list">[number], "connector" | "path" | "state">;

/** The case, as far as a report asks it. */
export interface ReportedCase {
  events(input: CallInput<"events.list">): Promise<CallOutput<"events.list">>;
  place(ref: string): Promise<Place>;
  sources(): Promise<readonly ReportedSource[]>;
}

/** Kinds that a report tells without being asked: what people did, and what called them. */
const TOLD_KINDS = ["deploy", "flag", "alert"] as const;
const MOST_OF_A_KIND = 30;
/** Changes that long before the incident are told. */
const BEFORE = 2 * DURATION.hour;

export async function gatherFacts(
  reported: ReportedCase,
  { info, zone, verdict }: Pick<ReportFacts, "info" | "zone" | "verdict">,
): Promise<ReportFacts> {
  const [notes, around, sources] = await Promise.all([
    readNotes((input) => reported.events(input)),
    eventsAround(reported, verdict?.windows ?? null),
    reported.sources(),
  ]);
  const events = [...notes, ...around];
  const files = sources.filter(({ connector, path }) => connector !== "folder" && !isAddress(path));
  return {
    info,
    zone,
    verdict,
    events,
    places: await placesOf(reported, verdict, events),
    folder: commonFolder(files.map(({ path }) => path)),
    unread: unreadTexts(sources),
  };
}

async function eventsAround(reported: ReportedCase, windows: VerdictInfo["windows"]): Promise<readonly Note[]> {
  if (windows === null) return [];
  const from = Math.max(windows.baseline.from, windows.incident.from - BEFORE);
  const filter = { from, to: windows.incident.to };
  const pages = TOLD_KINDS.map((kind) =>
    reported.events({ filter: { ...filter, kind }, limit: MOST_OF_A_KIND, after: null }),
  );
  return (await Promise.all(pages)).flatMap(({ items }) => items);
}

async function placesOf(
  reported: ReportedCase,
  verdict: VerdictInfo | null,
  events: readonly Note[],
): Promise<ReadonlyMap<string, Place>> {
  const refs = new Set([
    ...(verdict?.onset?.place ? [verdict.onset.place.record] : []),
    ...(verdict?.suspects ?? []).flatMap(({ evidence }) => evidence.flatMap(({ place }) => place?.record ?? [])),
    ...events.flatMap(({ reference }) => reference?.record ?? []),
  ]);
  const places = new Map<string, Place>();
  for (const ref of refs) {
    try {
      places.set(ref, await reported.place(ref));
    } catch (thrown) {
      // Its source was read again since it was pinned: what was pinned is told without its place.
      if (!(thrown instanceof FailureError)) throw thrown;
    }
  }
  return places;
}
