/** What the failure says of itself, in words, concepts and numbers: what changes are held against. */
import { Level } from "../../../../shared/model/level.ts";
import type { Beginning } from "../onset.ts";
import type { CaseSignals, Place, Quote } from "../signals.ts";
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import { conceptsOf } from "./concepts.ts";
import { bareService } from "./paths.ts";
import { wordsOf } from "./words.ts";

/** One thing that is said, and how much it weighs. */
export interface Saying {
  readonly service: string | null;
  readonly text: string;
  readonly weight: number;
  readonly words: ReadonlySet<string>;
  readonly place: Place;
  readonly time: number;
  readonly series?: string;
}

export interface Symptoms {
  readonly sayings: readonly Saying[];
  /** Largest weight with which each word is said. */
  readonly words: ReadonlyMap<string, Saying>;
  /** Concepts of the failure with their weight, 0–1. */
  readonly concepts: ReadonlyMap<string, number>;
}

/** Records this long before the onset may belong to it: a metric is a minute late. */
const EARLY = 3 * MICROS_PER_MINUTE;
const METRIC_WEIGHT = 0.7;
const ALERT_WEIGHT = 0.9;
/** New, but nobody calls it an error. */
const NEWS_WEIGHT = 0.35;

export function symptomsOf(signals: CaseSignals, { onset, departures, hurt }: Beginning): Symptoms {
  const from = (onset?.time ?? Number.NEGATIVE_INFINITY) - EARLY;
  const usual = usualWords(signals.quotes, from);
  const sayings: Saying[] = [];
  for (const quote of signals.quotes) {
    const weight = weightOf(quote, from);
    if (weight === 0 || (quote.level < Level.warn && announces(quote, signals))) continue;
    for (const text of quote.texts)
      sayings.push({
        service: quote.service,
        text,
        weight,
        words: wordsOf(text),
        place: quote.place,
        time: quote.first,
      });
  }
  for (const { service, series, place, time, isSymptom } of departures) {
    if (service !== null && !hurt.has(service) && !isSymptom) continue;
    sayings.push({ service, text: series, weight: METRIC_WEIGHT, words: wordsOf(series), place, time, series });
  }
  for (const { service, message, fields, place, time } of signals.alerts) {
    const text = [
      message,
      ...fields
        .filter(([key]) => /metric|monitor|name|rule|summary|description/iu.test(key))
        .map(([, value]) => String(value)),
    ].join(" ");
    sayings.push({ service, text, weight: ALERT_WEIGHT, words: wordsOf(text), place, time });
  }
  const names = serviceWords(signals);
  const words = new Map<string, Saying>();
  for (const saying of sayings) {
    for (const word of saying.words) {
      if (names.has(word) || usual.has(word)) continue;
      const known = words.get(word);
      if (known === undefined || known.weight < saying.weight) words.set(word, saying);
    }
  }
  return { sayings, words, concepts: symptomConcepts(sayings) };
}

function weightOf({ level, first, of }: Quote, from: number): number {
  if (first < from) return 0;
  if (of === "span" || level >= Level.error) return 1;
  return level === Level.warn ? 0.9 : NEWS_WEIGHT;
}

/** A record that tells of a change itself ("flag … enabled") is no word of the failure. */
const announces = ({ texts, of }: Quote, { changes }: CaseSignals): boolean =>
  of === "log" &&
  changes.some(
    ({ kind, object }) => kind !== "commit" && object.length >= 6 && texts.some((text) => text.includes(object)),
  );

/** What records said all the while says nothing about the failure. */
function usualWords(quotes: readonly Quote[], from: number): Set<string> {
  const usual = new Set<string>();
  for (const { first, texts, level } of quotes) {
    if (first < from && level < Level.warn) for (const text of texts) for (const word of wordsOf(text)) usual.add(word);
  }
  return usual;
}

/** Where a change was made is weighed by itself: names of services are no words of the failure. */
export function serviceWords(signals: CaseSignals): Set<string> {
  const names = new Set<string>();
  const all = [...signals.metrics, ...signals.logs, ...signals.alerts, ...signals.changes].map(
    ({ service }) => service,
  );
  for (const service of new Set([...all, ...signals.spans.services])) {
    if (service === null) continue;
    for (const word of wordsOf(service)) names.add(word);
    names.add(bareService(service));
    names.add(service.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ""));
  }
  return names;
}

/** A concept weighs by the share of the sayings, by weight, that speak of it; few speak loudly where all do. */
function symptomConcepts(sayings: readonly Saying[]): Map<string, number> {
  const weights = new Map<string, number>();
  const byText = new Map<string, number>();
  for (const { text, weight } of sayings) byText.set(text, Math.max(byText.get(text) ?? 0, weight));
  let total = 0;
  for (const [text, weight] of byText) {
    total += weight;
    for (const id of conceptsOf(text, "symptom")) weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  return new Map([...weights].map(([id, weight]) => [id, Math.min(1, Math.sqrt(weight / Math.max(total, 1)))]));
}
