/** What records say word for word: a few of each service, level and template, and the errors of spans that failed. */
import { Level } from "../../../shared/model/level.ts";
import { kindCode, type DecodedRecord } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { micros } from "../../../shared/units.ts";
import { MOST_TEXTS, type Place, type Quote } from "../suspects/signals.ts";
import type { RecordTexts } from "./record-texts.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type SignalSegment, type SignalSegments } from "./signal-segments.ts";

const SPAN = kindCode("span");
const KINDS = ["log", "text", "span"] as const;
const KIND_CODES: ReadonlySet<number> = new Set(KINDS.map(kindCode));
const COLUMNS = ["kind", "time", "level", "service", "name", "template", "offset", "length", "context"] as const;
/** Texts of records that say nothing bad tell what is usual: fewer of them do. */
const MOST_CALM_TEXTS = 1;
/** Texts that are read back in all. */
const MOST_READ = 3_000;
/** A stack trace says what it says in its first lines. */
const LONGEST_TEXT = 2_000;
/** Beyond these, templates are those of a format that no miner understands. */
const MOST_QUOTES = 20_000;

interface Gathering {
  readonly service: string | null;
  readonly level: Level;
  readonly of: "log" | "span";
  readonly texts: string[];
  first: number;
  last: number;
  count: number;
  readonly place: Place;
}

/** In the order in which each is first met. */
export function gatherQuotes(segments: SignalSegments, names: ServiceNames, texts: RecordTexts): Quote[] {
  const gathered = new Map<string, Gathering>();
  let read = 0;
  for (const segment of segments.of(KINDS, COLUMNS)) {
    const keys = new SegmentKeys(segment);
    const { count, kind, time, level, service, offset } = segment.columns;
    for (let row = 0; row < count; row++) {
      const code = kind[row] ?? 0;
      const at = time[row] ?? Number.NaN;
      const gravity = (level[row] ?? Level.none) as Level;
      if (!KIND_CODES.has(code) || Number.isNaN(at) || (code === SPAN && gravity < Level.error)) continue;
      const key = keys.of(row);
      let quote = gathered.get(key);
      if (quote === undefined) {
        if (gathered.size >= MOST_QUOTES) continue;
        const owner = textAt(service, row);
        quote = {
          service: owner === null ? null : names.of(owner),
          level: gravity,
          of: code === SPAN ? "span" : "log",
          texts: [],
          first: at,
          last: at,
          count: 0,
          place: placeOf(segment, row, offset[row] ?? 0),
        };
        gathered.set(key, quote);
      }
      quote.count++;
      quote.first = Math.min(quote.first, at);
      quote.last = Math.max(quote.last, at);
      const wanted = gravity >= Level.warn ? MOST_TEXTS : MOST_CALM_TEXTS;
      // The first ones, and after those ever fewer: every tenth, hundredth … record may say something else.
      if (quote.texts.length < wanted && read < MOST_READ && isLookedAt(quote.count)) {
        read++;
        const text = code === SPAN ? errorOf(texts.of(segment, row)) : saidBy(texts.of(segment, row));
        if (text !== "" && !quote.texts.includes(text)) quote.texts.push(text);
      }
    }
  }
  return [...gathered.values()]
    .filter(({ texts: found }) => found.length > 0)
    .map(({ service, level, of, texts: said, first, last, count, place }) => ({
      service,
      level,
      of,
      texts: said,
      first: micros(first),
      last: micros(last),
      count,
      place,
    }));
}

const isLookedAt = (count: number): boolean => count <= MOST_TEXTS || /^10*$/u.test(String(count));

/** One key a kind, level, service and template (of spans: operation), made once a combination of a segment. */
class SegmentKeys {
  readonly #segment: SignalSegment;
  readonly #known = new Map<number, string>();

  constructor(segment: SignalSegment) {
    this.#segment = segment;
  }

  of(row: number): string {
    const { kind, level, service, template, name } = this.#segment.columns;
    const isSpan = kind[row] === SPAN;
    const words = isSpan ? name : template;
    const services = (service?.dictionary.length ?? 0) + 1;
    const code =
      (((words?.index[row] ?? 0) * services + (service?.index[row] ?? 0)) * 8 + (level[row] ?? 0)) * 2 +
      (isSpan ? 1 : 0);
    let key = this.#known.get(code);
    if (key === undefined) {
      key = JSON.stringify([isSpan, level[row] ?? 0, textAt(service, row), textAt(words, row)]);
      this.#known.set(code, key);
    }
    return key;
  }
}

/** Message and the fields that are words: "query.field=title". Ids and times say nothing of a cause. */
function saidBy({ message, fields }: DecodedRecord): string {
  const extra = fields
    .filter(
      ([key, value]) =>
        typeof value === "string" &&
        value.length < 200 &&
        !value.includes(message) &&
        !message.includes(value) &&
        !NO_WORDS.test(key),
    )
    .map(([key, value]) => `${key}=${String(value)}`);
  return [message, ...extra].join(" ").slice(0, LONGEST_TEXT);
}

const NO_WORDS =
  /time|date|(?:^|[._])(?:ts|id|level|severity\w*|service|host|hostname|pod|node|version|thread|pid|environment|env|region)$|trace|span|_id$|Id$/u;
const ERROR_FIELD = /error|exception|status.?(?:message|description|code)|fault|reason|cause|stack|^event/iu;

/** What a span says went wrong, or its name where it says nothing. */
function errorOf({ message, fields }: DecodedRecord): string {
  const said = fields
    .filter(([key, value]) => ERROR_FIELD.test(key) && value !== true && value !== null)
    .map(([key, value]) => `${key}=${String(value)}`);
  return [message, ...said].join(" ").slice(0, LONGEST_TEXT);
}
