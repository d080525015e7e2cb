/** What records say word for word: a few of each service, level and template, and the errors of spans that failed. */
import { Level, LEVELS } from "../../../shared/model/level.ts";
import { kindCode, kindTable, type DecodedRecord } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { micros } from "../../../shared/units.ts";
import { MOST_TEXTS, type Place, type Quote } from "../suspects/signals.ts";
import type { RecordTexts } from "./record-texts.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type StoredSegment } from "./stored-segments.ts";

const SPAN = kindCode("span");
const IS_GATHERED = kindTable(["log", "text", "span"]);
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
  readonly of: Quote["of"];
  readonly texts: string[];
  first: number;
  last: number;
  count: number;
  /** The number of the record that is looked at next. */
  next: number;
  readonly place: Place;
}

export class QuoteGathering {
  readonly #names: ServiceNames;
  readonly #texts: RecordTexts;
  readonly #gathered = new Map<string, Gathering>();
  #read = 0;

  constructor(names: ServiceNames, texts: RecordTexts) {
    this.#names = names;
    this.#texts = texts;
  }

  add(segment: StoredSegment): void {
    const { count, kind, time, level, service, name, template } = segment.columns;
    // Codes name a quote within its segment: one look-up by number a record. Null is one too many.
    const codes = new Map<number, Gathering | null>();
    const width = (service?.dictionary.length ?? 0) + 1;
    for (let row = 0; row < count; row++) {
      const code = kind[row] ?? 0;
      const at = time[row] ?? Number.NaN;
      const gravity = (level[row] ?? Level.none) as Level;
      if (IS_GATHERED[code] !== 1 || Number.isNaN(at) || (code === SPAN && gravity < Level.error)) continue;
      const of = code === SPAN ? "span" : "log";
      const words = of === "span" ? name : template;
      const quoteCode =
        (((words?.index[row] ?? 0) * width + (service?.index[row] ?? 0)) * LEVELS.length + gravity) * 2 +
        Number(of === "span");
      let quote = codes.get(quoteCode);
      if (quote === undefined) {
        quote = this.#quoteOf(segment, row, {
          of,
          level: gravity,
          owner: textAt(service, row),
          words: textAt(words, row),
        });
        codes.set(quoteCode, quote);
      }
      if (quote === null) continue;
      quote.count++;
      if (at < quote.first) quote.first = at;
      if (at > quote.last) quote.last = at;
      if (quote.count === quote.next) this.#lookAt(quote, segment, row);
    }
  }

  /** In the order in which each is first met. */
  quotes(): Quote[] {
    return [...this.#gathered.values()]
      .filter(({ texts }) => texts.length > 0)
      .map(({ service, level, of, texts, first, last, count, place }) => ({
        service,
        level,
        of,
        texts,
        first: micros(first),
        last: micros(last),
        count,
        place,
      }));
  }

  /** One a kind, level, service and template (of spans: operation). */
  #quoteOf(
    segment: StoredSegment,
    row: number,
    { of, level, owner, words }: Pick<Quote, "of" | "level"> & { owner: string | null; words: string | null },
  ): Gathering | null {
    const key = JSON.stringify([of, level, owner, words]);
    const known = this.#gathered.get(key);
    if (known !== undefined) return known;
    if (this.#gathered.size >= MOST_QUOTES) return null;
    const service = owner === null ? null : this.#names.of(owner);
    const place = placeOf(segment, row);
    const quote = { service, level, of, texts: [], first: Infinity, last: -Infinity, count: 0, next: 1, place };
    this.#gathered.set(key, quote);
    return quote;
  }

  /** The first ones, and after those ever fewer: every tenth, hundredth … record may say something else. */
  #lookAt(quote: Gathering, segment: StoredSegment, row: number): void {
    quote.next = quote.count < MOST_TEXTS ? quote.count + 1 : 10 ** (Math.floor(Math.log10(quote.count)) + 1);
    const wanted = quote.level >= Level.warn ? MOST_TEXTS : MOST_CALM_TEXTS;
    if (quote.texts.length >= wanted || this.#read >= MOST_READ) return;
    this.#read++;
    const record = this.#texts.of(segment, row);
    const text = quote.of === "span" ? errorOf(record) : saidBy(record);
    if (text !== "" && !quote.texts.includes(text)) quote.texts.push(text);
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
