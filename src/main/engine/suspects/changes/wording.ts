/**
 * Whether a change speaks of what fails: rare words that both have (identifiers, fields, tables, settings), ways of
 * failing that both are about, and values of the diff that turn up in measurements or messages.
 */
import type { Departure } from "../onset/departure.ts";
import type { Beginning } from "../onset.ts";
import { figure, list } from "../text.ts";
import { conceptsOf, conceptTitle } from "./concepts.ts";
import type { Candidate } from "./candidate.ts";
import type { ChangedValue } from "./behaviour.ts";
import type { Factor } from "./factor.ts";
import type { Saying, Symptoms } from "./symptoms.ts";
import { type Rarity, spelled, WHOLE, wordsOf } from "./words.ts";

/** What a candidate says, cut into words once. */
export interface Spoken {
  /** Message, paths, and lines that changed. */
  readonly words: ReadonlySet<string>;
  /** Lines around them. */
  readonly around: ReadonlySet<string>;
  readonly concepts: ReadonlySet<string>;
}

export function spokenOf({ message, files, diff }: Candidate, usesDiff: boolean): Spoken {
  const lines = usesDiff ? (diff ?? "").split(/\r?\n/u) : [];
  const changed = lines.filter((line) => /^[+-]/u.test(line)).join("\n");
  const around = lines.filter((line) => !/^[+-]/u.test(line)).join("\n");
  const own = `${message}\n${files.join("\n")}\n${changed}`;
  return { words: wordsOf(own), around: wordsOf(around), concepts: conceptsOf(`${own}\n${around}`, "cause") };
}

/** A rare word that both say is worth so much; ten of them no more than the limit. */
const PER_WORD = 1.1;
const MOST_BY_WORDS = 3;
const AROUND = 0.4;
const SAYS_NOTHING = -0.8;
const BY_CONCEPT = 1.4;
const SHOWN = 4;

export function wordingOf(spoken: Spoken, symptoms: Symptoms, rarity: Rarity, conceptRarity: Rarity): Factor[] {
  const shared: { word: string; weight: number; saying: Saying }[] = [];
  for (const [word, saying] of symptoms.words) {
    const share = spoken.words.has(word) ? 1 : spoken.around.has(word) ? AROUND : 0;
    const weight = share * saying.weight * rarity.of(word);
    if (weight > 0.05) shared.push({ word, weight, saying });
  }
  shared.sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
  const [first] = shared;
  const sum = shared.reduce((total, { weight }) => total + weight, 0);
  const factors: Factor[] = [];
  if (first !== undefined) {
    const shown = shared.filter(({ word }) => !word.startsWith(WHOLE)).slice(0, SHOWN);
    const words = list(shown.map(({ word, saying }) => `“${spelled(word, saying.text)}”`));
    factors.push({
      logOdds: MOST_BY_WORDS * (1 - Math.exp((-PER_WORD * sum) / MOST_BY_WORDS)),
      text: `It speaks of ${words}, as the failure does: ${quoted(first.saying.text)}.`,
      ...placeOf(first.saying),
    });
  }
  const concept = bestConcept(spoken, symptoms, conceptRarity);
  if (concept !== null) factors.push(concept);
  else if (first === undefined || sum < 0.3)
    factors.push({
      logOdds: SAYS_NOTHING,
      text: "Nothing that it touches is spoken of in the failure.",
      place: null,
      time: null,
    });
  return factors;
}

const placeOf = ({ place, time, series }: Saying): Pick<Factor, "place" | "time" | "series"> => ({
  place,
  time: time as Factor["time"],
  ...(series === undefined ? {} : { series }),
});

const quoted = (text: string): string => {
  const line = text.split("\n", 1)[0] ?? "";
  return `“${line.length > 110 ? `${line.slice(0, 109)}…` : line}”`;
};

function bestConcept(spoken: Spoken, symptoms: Symptoms, rarity: Rarity): Factor | null {
  let sum = 0;
  const shared: { id: string; weight: number }[] = [];
  for (const [id, weight] of symptoms.concepts) {
    if (!spoken.concepts.has(id)) continue;
    const own = weight * rarity.of(id);
    sum += own;
    shared.push({ id, weight: own });
  }
  if (sum < 0.1) return null;
  shared.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const [{ id } = { id: "" }] = shared;
  const said = symptoms.sayings.find(({ text }) => conceptsOf(text, "symptom").has(id));
  return {
    logOdds: BY_CONCEPT * (1 - Math.exp(-1.5 * sum)),
    text: `Both the change and the failure are about ${list(shared.slice(0, 2).map((one) => conceptTitle(one.id)))}.`,
    place: said?.place ?? null,
    time: null,
  };
}

const SAME_VALUE = 0.03;
const BY_MEASURED_VALUE = 3;
const BY_NEW_LEVEL = 2;
const BY_SAID_VALUE = 1.2;

const TAKES_AWAY = 1.2;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]{3,}/gu;

/** Beyond these, a diff takes away too much to tell. */
const MOST_NAMES = 100;
const MOST_VALUES = 20;

/** A name that a diff takes away, and that the failure asks for as it is written. */
export function missedNames({ diff }: Candidate, { sayings }: Symptoms, services: ReadonlySet<string>): Factor[] {
  const namesOf = (sign: string): Set<string> =>
    new Set(
      (diff ?? "")
        .split(/\r?\n/u)
        .filter((line) => line.startsWith(sign))
        .flatMap((line) => line.match(IDENTIFIER) ?? []),
    );
  const added = namesOf("+");
  const gone = [...namesOf("-")]
    .slice(0, MOST_NAMES)
    .filter((name) => !added.has(name) && wordsOf(name).size > 0 && !services.has(name.toLowerCase()));
  for (const name of gone) {
    const asked = new RegExp(String.raw`["'\[(\x60=<{ :]${name.replaceAll("$", String.raw`\$`)}["'\])\x60>}]`, "u");
    const said = sayings.find(({ text, weight, series }) => series === undefined && weight >= 0.9 && asked.test(text));
    if (said !== undefined)
      return [
        {
          logOdds: TAKES_AWAY,
          text: `It takes away ${name}, which the failure names: ${quoted(said.text)}.`,
          ...placeOf(said),
        },
      ];
  }
  return [];
}

/** "50 → 10" in a diff, and a gauge that went from 50 to 10. */
export function valuesOf(values: readonly ChangedValue[], beginning: Beginning, { sayings }: Symptoms): Factor[] {
  for (const { before, after, line } of values.slice(0, MOST_VALUES)) {
    const exact = beginning.departures.find((one) => isNear(one.before, before) && isNear(one.after, after));
    if (exact !== undefined) return [measured(exact, BY_MEASURED_VALUE, before, after)];
    const level = beginning.departures.find(
      (one) => one.family === "saturation" && after >= 2 && isNear(one.after, after),
    );
    if (level !== undefined) return [measured(level, BY_NEW_LEVEL, before, after)];
    const forms = formsOf(after, line);
    const said = Math.abs(after) < 5 ? undefined : sayings.find(({ text }) => forms.some((form) => form.test(text)));
    if (said !== undefined)
      return [
        {
          logOdds: BY_SAID_VALUE,
          text: `Its new value ${figure(after)} stands in the failure: ${quoted(said.text)}.`,
          ...placeOf(said),
        },
      ];
  }
  return [];
}

const isNear = (one: number, other: number): boolean =>
  Math.abs(one - other) <= SAME_VALUE * Math.max(Math.abs(one), Math.abs(other));

function measured({ series, service, place, time }: Departure, logOdds: number, before: number, after: number): Factor {
  const who = service === null ? "" : ` of ${service}`;
  return {
    logOdds,
    text: `It changes ${figure(before)} to ${figure(after)}, and so did ${series}${who}.`,
    place,
    time,
    series,
  };
}

/** As it is, or as milliseconds of seconds. */
const formsOf = (value: number, line: string): RegExp[] =>
  (/second/iu.test(line) ? [value, value * 1000] : [value]).map(
    (form) => new RegExp(String.raw`(?<![\d.])${form}(?![\d.]|:)`, "u"),
  );
