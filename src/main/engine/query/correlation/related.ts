// Records of the same trace, request, id, host or pod, in whatever source and whether the id is a field or stands in text.
import type { CallInput, CallOutput } from "../../../../shared/contract.ts";
import type { Fields } from "../../../../shared/model/record.ts";
import { printTerm } from "../../../../shared/query/print.ts";
import { idsInText } from "../../correlation/ids-in-text.ts";
import { detailOf } from "../detail.ts";
import type { OpenCase } from "../open-case.ts";
import { noSuchRecord, ordinalOf } from "../record-ref.ts";
import { decodeAll, recordRow } from "../rows.ts";
import type { Selected } from "../selected.ts";
import { Selections, type IsLate } from "../selections.ts";
import { nearTraces } from "./near-traces.ts";

type Related = CallOutput<"related.find">;
type Link = Related["links"][number];

interface Wanted {
  readonly kind: Link["kind"];
  readonly value: string;
  readonly filter: string;
}

/** Each is a search of the whole text of the case. */
const MOST_LINKS = 6;
const LONGEST_VALUE = 128;

/** Its own: what the person's filters found must not be forgotten for these. */
const searches = new WeakMap<OpenCase, Selections>();

/** Fails with "not-found". Once `isLate`, tells what was found so far. */
export function relatedTo(
  open: OpenCase,
  { ref, limit }: CallInput<"related.find">,
  checkpoint: () => void,
  isLate?: IsLate,
): Related {
  const ordinal = ordinalOf(open.index, ref);
  if (ordinal === null) throw noSuchRecord(ref);
  const record = detailOf(open, ordinal);
  const links = wantedOf(record).map((wanted) => linkOf(open, wanted, { ordinal, limit }, checkpoint, isLate));
  const near = nearTraces(open, record, limit, checkpoint);
  return {
    searched: links.reduce((least, { searched }) => Math.min(least, searched), 1),
    links: [...links.map(({ link }) => link).filter(({ total }) => total > 0), ...near],
  };
}

export function recordsOfId(
  open: OpenCase,
  { value, limit }: CallInput<"related.ofId">,
  checkpoint: () => void,
  isLate?: IsLate,
): CallOutput<"related.ofId"> {
  const wanted = { kind: "text", value, filter: anyId(value) } as const;
  return linkOf(open, wanted, { ordinal: -1, limit }, checkpoint, isLate);
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, "\\$&")}"`;
/** Small letters are found in either case; a UUID also without its dashes, as traces write it. */
function inText(value: string): string {
  const lower = value.toLowerCase();
  const bare = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(lower)
    ? ` OR ${quoted(lower.replaceAll("-", ""))}`
    : "";
  return quoted(lower) + bare;
}
const byField = (field: string, value: string): string => `${printTerm(field, value)} OR ${inText(value)}`;
const anyId = (value: string): string =>
  [...["trace", "span", "request", "correlation"].map((field) => printTerm(field, value)), inText(value)].join(" OR ");

const HOST = /(?:^|\.)(?:host|hostname|host\.name|node|node\.?name|instance|server)$/iu;
const POD = /(?:^|\.)(?:pod|pod_?name|k8s\.pod\.name|kubernetes\.pod_?name|container_?id|container\.id)$/iu;

function wantedOf(record: ReturnType<typeof detailOf>): Wanted[] {
  const found = new Map<string, Wanted>();
  const add = (kind: Link["kind"], value: string | null, filter: (value: string) => string): void => {
    if (value === null || value.length < 4 || value.length > LONGEST_VALUE) return;
    const key = value.toLowerCase().replaceAll("-", "");
    if (!found.has(key)) found.set(key, { kind, value, filter: filter(value) });
  };
  add("trace", record.traceId, (value) => byField("trace", value));
  add("request", record.requestId, (value) => byField("request", value));
  add("correlation", record.correlationId, (value) => byField("correlation", value));
  add("span", record.kind === "span" ? null : record.spanId, (value) => byField("span", value));
  for (const value of [record.spanId, record.parentId]) if (value !== null) found.set(value.toLowerCase(), NONE);
  const texts = [record.message, ...record.fields.flatMap(([, value]) => (typeof value === "string" ? [value] : []))];
  for (const { id } of idsInText(texts.join("\n"))) add("text", id, inText);
  add("pod", fieldOf(record.fields, POD), (value) => quoted(value.toLowerCase()));
  add("host", fieldOf(record.fields, HOST), (value) => quoted(value.toLowerCase()));
  return [...found.values()].filter((wanted) => wanted !== NONE).slice(0, MOST_LINKS);
}

/** Holds the place of an id that is no link of its own. */
const NONE: Wanted = { kind: "span", value: "", filter: "" };

function fieldOf(fields: Fields, name: RegExp): string | null {
  const found = fields.find(([key, value]) => name.test(key) && typeof value === "string" && !value.includes("\n"));
  return found === undefined ? null : String(found[1]);
}

interface Asked {
  /** The record itself, which is not told as its own relative. */
  readonly ordinal: number;
  readonly limit: number;
}

function linkOf(
  open: OpenCase,
  { kind, value, filter }: Wanted,
  { ordinal, limit }: Asked,
  checkpoint: () => void,
  isLate: IsLate | undefined,
): { readonly link: Link; readonly searched: number } {
  let selections = searches.get(open);
  if (selections === undefined) searches.set(open, (selections = new Selections(open)));
  const selected = selections.select({ filter, from: null, to: null, samples: false }, checkpoint, isLate);
  const others = selected.ordinals.filter((one) => one !== ordinal);
  const shown = Array.from({ length: Math.min(limit, others.length) }, (_, at) => others.at(at) ?? 0);
  const decoded = decodeAll(open, shown, checkpoint);
  return {
    searched: selected.searched,
    link: {
      kind,
      value,
      filter,
      total: others.length,
      sources: sourcesOf(open, others),
      rows: shown.map((one) => recordRow(open, one, decoded.get(one)?.message ?? "")),
    },
  };
}

/** Most records first. */
function sourcesOf({ index }: OpenCase, ordinals: Selected["ordinals"]): Link["sources"] {
  const counts = new Map<number, number>();
  for (const part of ordinals.parts()) {
    for (const ordinal of part) {
      const source = index.sourceOf[index.segmentOf.at(ordinal)] ?? 0;
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([sourceId, count]) => ({ sourceId, count }))
    .sort((a, b) => b.count - a.count || a.sourceId - b.sourceId);
}
